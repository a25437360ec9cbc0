package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/gymnasium-tests.md names tests of ours that exist, and says of each of Gymnasium's what became of it. */
final class GymnasiumTestsPageTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "src")).toAbsolutePath().getParent();
    private static final Pattern OURS = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");
    private static final Pattern THEIRS = Pattern.compile("\\btest_\\w+");

    /** The source of every test class by its name. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("src", "envs", "experiments")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("test/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/gymnasium-tests.md"));
    }

    private static boolean isTest(String source, String method) {
        return Pattern.compile(
                        "@(Test|TestFactory|ParameterizedTest)\\b[^;{}]*?(\\{[^{}]*\\}[^;{}]*?)*\\b" + method + "\\(",
                        Pattern.DOTALL)
                .matcher(source)
                .find();
    }

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = OURS.matcher(page())
                .results()
                .filter(match -> !isTest(sources.getOrDefault(match.group(1), ""), match.group(2)))
                .map(match -> match.group(1) + "." + match.group(2))
                .distinct()
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowNamesATestOfOursOrSaysWhyThereIsNone() throws IOException {
        List<String> bare = new ArrayList<>();
        List<String> named = new ArrayList<>();
        String folder = "";
        String file = "";
        for (String line : page().lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("## ")) {
                folder = line.substring(3);
                file = "";
            }
            if (!line.startsWith("| ") || cells[1].strip().matches("file|test")) {
                continue;
            }
            String ours = cells[cells.length - 2];
            String theirs = cells[cells.length - 3];
            if (cells.length == 5 && !cells[1].isBlank()) {
                file = cells[1].strip();
            }
            boolean reason = ours.strip().matches("left out: .{5,}");
            if (!OURS.matcher(ours).find() && !reason) {
                bare.add(line);
            }
            String where = folder + "/" + file + " ";
            THEIRS.matcher(theirs).results().forEach(match -> named.add(where + match.group()));
        }
        assertThat(bare).isEmpty();
        assertThat(named).doesNotHaveDuplicates().hasSizeGreaterThan(200);
    }
}
