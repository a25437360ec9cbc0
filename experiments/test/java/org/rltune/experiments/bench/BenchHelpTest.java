package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.experiments.Mains;

final class BenchHelpTest {
    static List<Callable<Integer>> benchmarks() {
        return List.of(
                new ActBench(),
                new DjlLeak(),
                new EnvBench(),
                new LearnerBench(),
                new PbtBench(),
                new PpoBench(),
                new RegretBench(),
                new TimeToSolve(),
                new TunerBench());
    }

    /** Descriptions are formats: a percent sign that is not doubled is reported, and the text shown as it is written. */
    @ParameterizedTest
    @MethodSource("benchmarks")
    void helpIsShownWithoutComplaint(Callable<Integer> benchmark) {
        StringWriter out = new StringWriter();
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
        try {
            PrintWriter writer = new PrintWriter(out);
            assertThat(Mains.execute(benchmark, writer, writer, "--help")).isZero();
        } finally {
            System.setErr(before);
        }
        assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString()).contains("Usage: ", "Exit code: 0").doesNotContain("%%");
    }
}
