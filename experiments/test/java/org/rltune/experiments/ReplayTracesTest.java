package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ReplayTracesTest {
    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Path resource(String name) {
        URL url = ReplayTracesTest.class.getResource("/" + name);
        assertThat(url).as(name).isNotNull();
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Outcome run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[args.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = args[i].toString();
        }
        int code = new CommandLine(new ReplayTraces())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
        return new Outcome(code, out.toString(), err.toString());
    }

    /** A copy of the CartPole trace with one line changed; {@code line} counts from 1. */
    private Path changed(int line, String from, String to) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(resource("golden/CartPole-v1.trace")));
        String before = lines.get(line - 1);
        assertThat(before).contains(from);
        lines.set(line - 1, before.replace(from, to));
        return Files.write(folder.resolve("changed.trace"), lines);
    }

    private Path trace(String... lines) throws IOException {
        return Files.write(folder.resolve("small.trace"), List.of(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"golden", "recorded"})
    void everyRowOfTheRecordingsAgreesBitForBit(String name) {
        Outcome outcome = run("--exact", resource(name));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines().skip(1))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches(".*\\.trace +[1-9]\\d+ +0 +100\\.000 +0\\.0 +ok"));
    }

    @Test
    void printsALineForEachFileWithItsRows() {
        Outcome outcome = run(resource("golden"));
        assertThat(outcome.out().lines())
                .anySatisfy(line ->
                        assertThat(line).startsWith("CartPole-v1.trace ").contains(" 1272 "))
                .anySatisfy(line ->
                        assertThat(line).startsWith("Pendulum-v1_g-9.81.trace ").contains(" 1209 "));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3c6065e5, 3c606600, true", // within 1e-6, and one row of 1272 is within 0.1 %
        "3, 3c6065e5, 3d6065e5, false", // 0.04 away
        "3, 3c6065e5, 7fc00000, false", // NaN
        "5, 3ff0000000000000, 3ff0000000000001, true", // the reward within 1e-9
        "5, 3ff0000000000000, 3ff0000010000000, false",
        "5, 3ff0000000000000, 7ff8000000000000, false",
    })
    void toleratesOnlyWhatTheLimitsAllow(int line, String from, String to, boolean allowed) throws IOException {
        Outcome outcome = run(changed(line, from, to));
        assertThat(outcome.code()).isEqualTo(allowed ? 0 : 1);
        assertThat(outcome.out()).contains(allowed ? " ok" : "FAILED: line " + line);
    }

    @ParameterizedTest
    @ValueSource(strings = {" 0 0", " 1 1", " 0 1"})
    void flagsMustAgreeExactly(String flags) throws IOException {
        int end = firstEnd();
        Outcome outcome = run(changed(end, " 1 0", flags));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("FAILED: line " + end + ": terminated, truncated are true, false, but");
    }

    /** The line that ends the first episode of the CartPole trace. */
    private static int firstEnd() throws IOException {
        List<String> lines = Files.readAllLines(resource("golden/CartPole-v1.trace"));
        int line = 1;
        while (!lines.get(line - 1).endsWith(" 1 0")) {
            line++;
        }
        return line;
    }

    @Test
    void failsBelowTheShareOfRowsEvenIfEachIsNear() throws IOException {
        Path first = changed(3, "3c6065e5", "3c606600");
        assertThat(run(first).code()).isZero();
        assertThat(run("--exact", first).code()).isEqualTo(1);
        List<String> lines = new ArrayList<>(Files.readAllLines(first));
        lines.set(3, lines.get(3).replace("3c58daba", "3c58dac0"));
        Outcome outcome = run(Files.write(first, lines));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("99.843 % of the rows agree").contains(" 2 ");
    }

    @Test
    void failsWhereOurEpisodeEndsAndTheRecordedOneGoesOn() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(resource("golden/CartPole-v1.trace")));
        int end = firstEnd() - 1;
        String last = lines.get(end).replaceAll("1 0$", "0 0");
        lines.set(end, last);
        lines.add(end + 1, last);
        Outcome outcome = run(Files.write(folder.resolve("long.trace"), lines));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).contains("FAILED: line " + (end + 1) + ": terminated");
    }

    @ParameterizedTest
    @CsvSource({
        "2, env, enf",
        "2, {}, {",
        "2, {}, []",
        "3, reset 0, reset zero",
        "3, reset 0, reset -1",
        "3, 3c6065e5, 3c6065",
        "3, 3c6065e5, 3c6065eg",
        "3, '3c6065e5,', ''",
        "4, step 1, step",
        "4, step 1, step one",
        "4, 3ff0000000000000, 3ff",
        "4, 0 0, 0 2",
        "4, 0 0, 0",
        "4, step, jump",
    })
    void namesTheLineOfAMalformedFile(int line, String from, String to) throws IOException {
        Outcome outcome = run(changed(line, from, to));
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("changed.trace, line " + line + ": ");
        assertThat(outcome.out()).contains("MALFORMED");
    }

    @Test
    void refusesStepsOutsideAnEpisodeAndEmptyFiles() throws IOException {
        String env = "env CartPole-v1 {}";
        String reset = "reset 0 3c6065e5,bcbc973a,bd3c046a,bd4607c0";
        String end = "step 1 3c58daba,3e30df8b,bd3ffa54,beb5d682 3ff0000000000000 1 0";
        assertThat(run(trace(env, end)).err()).contains("line 2: a step where no episode runs");
        assertThat(run(trace(env, reset, end, end)).err()).contains("line 4: a step where no episode runs");
        assertThat(run(trace(env, env, reset)).err()).contains("line 2: a second env line");
        assertThat(run(trace(reset)).err()).contains("line 1: expected 'env");
        assertThat(run(trace(env)).err()).contains("ends without rows");
        assertThat(run(trace("# nothing")).err()).contains("ends without an env line");
    }

    @Test
    void refusesFoldersWithoutTracesAndMissingFiles() {
        Outcome empty = run(folder);
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("holds no .trace file");
        assertThat(run(folder.resolve("none")).code()).isEqualTo(2);
        assertThat(run().code()).isEqualTo(2);
    }

    @Test
    void passesOverEnvironmentsThatAreNotRegisteredButNotOverAllOfThem() throws IOException {
        Path other = trace("env NoSuchEnv-v0 {}", "reset 0 3");
        Outcome alone = run(other);
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.out()).contains("not available");
        assertThat(alone.err()).contains("nothing was replayed");
        assertThat(run(other, resource("golden/CartPole-v1.trace")).code()).isZero();
    }

    @Test
    void failsForAConfigThatTheEnvironmentRefuses() throws IOException {
        Outcome outcome = run(trace("env Pendulum-v1 {\"gravity\": 3}", "reset 0 00000000,00000000,00000000"));
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("Pendulum-v1 refuses its config").contains("gravity");
    }
}
