package org.rltune.tune.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a file, it is an experiment or gets one sentence with the file's name. */
@Timeout(120)
final class ExperimentFileFuzzTest {
    private static final int FILES = 2000;
    private static final List<String> TOKENS = List.of(
            "null",
            "~",
            "{}",
            "[]",
            "-1",
            "0",
            "1e999",
            "9223372036854775807",
            "99999999999999999999",
            ".nan",
            ".inf",
            "true",
            "''",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "#",
            "%",
            "\t",
            "\n",
            "\u0000",
            "\ud83d\ude00",
            "{uniform: [0, 1]}",
            "{grid: []}",
            "{choice: []}",
            "{conditional: {}}",
            "type",
            "config",
            "../x",
            "<<: 1",
            "? ",
            "---",
            "...",
            "@",
            "`");

    @TempDir
    Path folder;

    @Test
    void neverFailsOtherwise() throws IOException {
        String text = ExperimentFileTest.allKeys();
        int valid = 0;
        for (int seed = 0; seed < FILES; seed++) {
            String mutated = mutated(text, new SplittableRandom(seed));
            Path file = Files.writeString(folder.resolve("fuzz.yaml"), mutated);
            try {
                ExperimentFile.read(file);
                valid++;
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed %d:%n%s", seed, mutated).hasMessageStartingWith(file.toString());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ":\n" + mutated, e);
            }
        }
        // Neither all refused nor all accepted: the mutations reach what is behind the parser.
        assertThat(valid).isBetween(FILES / 20, FILES * 19 / 20);
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            int from = random.nextInt(line.length() + 1);
            String token = TOKENS.get(random.nextInt(TOKENS.size()));
            switch (random.nextInt(6)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.set(at, line.substring(0, from) + token + line.substring(from));
                case 3 -> lines.set(at, line.replaceFirst(": .*", ": " + Matcher.quoteReplacement(token)));
                case 4 -> lines.set(at, line.substring(0, from) + line.substring(Math.min(line.length(), from + 1)));
                default -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
            }
        }
        return String.join("\n", lines);
    }
}
