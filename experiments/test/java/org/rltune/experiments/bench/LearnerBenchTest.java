package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class LearnerBenchTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine line = new CommandLine(new LearnerBench());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @Test
    void printsALineForEveryShapeAndTheInference() {
        assertThat(run("--seconds=0.01", "--hidden=8", "--samples=16,24")).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("2x8 shared")))
                .hasSize(2 + 4);
        assertThat(out.toString().lines().filter(line -> line.startsWith("2x8 separate")))
                .hasSize(2 + 4);
        assertThat(out.toString()).contains("P = ", "% of P");
    }

    @Test
    void refusesSizesThatItCannotRun() {
        assertThat(run("--samples=4")).isEqualTo(2);
        assertThat(err.toString()).contains("--samples at least 8");
    }

    /** Counted product by product: forward, gradient of the weights, gradient of the inputs; times two operations. */
    @Test
    void countsTheOperationsOfTheProducts() {
        double stack = (4 * 64 + 64 * 64) + (4 * 64 + 64 * 64) + 64 * 64;
        double policyHead = 3 * 64 * 2;
        double valueHead = 3 * 64;
        assertThat(new LearnerStep(64, true, 128).mflop())
                .isCloseTo(2e-6 * 128 * (stack + policyHead + valueHead), within(1e-9));
        assertThat(new LearnerStep(64, false, 128).mflop())
                .isCloseTo(2e-6 * 128 * (2 * stack + policyHead + valueHead), within(1e-9));
    }
}
