package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LearnerBenchTest {
    private static final String[] TINY = {"--seconds=0.01", "--hidden=8", "--samples=16,24"};

    @TempDir
    Path folder;

    private static BenchRun tiny(String... more) {
        String[] all = Stream.of(TINY, more).flatMap(Arrays::stream).toArray(String[]::new);
        return BenchRun.of(new LearnerBench(), all);
    }

    @Test
    void printsALineForEveryShapeTheInferenceAndTheOtherKernels() {
        BenchRun run = tiny("--own-peak");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("2x8 shared")))
                .hasSize(2 + 4 + 1);
        assertThat(run.out().lines().filter(line -> line.startsWith("2x8 separate")))
                .hasSize(2 + 4);
        assertThat(run.out())
                .contains(
                        "OF OUR OWN in this run, of matrices in the cache: not OpenBLAS",
                        "% of P",
                        "% beside",
                        "plain Java");
    }

    @Test
    void refusesAPeakThatOurOwnProductIsAbove() {
        BenchRun run = tiny("--peak-gflops=0.001");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("GIVEN on the command line", "INVALID: P is below our own product");
    }

    @Test
    void namesTheCommandThatGetsMissingJars() {
        BenchRun run = tiny("--openblas=" + folder.resolve("none"));
        run.assertRefused("There are no jars in " + folder.resolve("none") + ". Get them with mvn -Pbench compile");
        BenchRun djl = tiny("--own-peak", "--djl", "--djl-jars=" + folder);
        assertThat(djl.exitCode()).isEqualTo(2);
        assertThat(djl.err()).contains("Get them with mvn -Pbench-djl compile").hasLineCount(1);
    }

    @Test
    void multipliesLargeMatricesBlockByBlock() {
        int n = 512;
        float[] a = new float[n * n];
        float[] b = new float[n * n];
        float[] c = new float[n * n];
        for (int i = 0; i < n; i++) {
            a[i * n + (i + 300) % n] = 2; // row i of the product is twice row i + 300 of B
        }
        for (int i = 0; i < n * n; i++) {
            b[i] = i;
        }
        new Roofline().multiply(n, a, b, c, new float[256 * 256], new float[256 * n]);
        for (int i = 0; i < n * n; i++) {
            assertThat(c[i]).isEqualTo(2 * b[(i + 300 * n) % (n * n)]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--samples=4, '--samples must be at least 8, but is 4'",
        "--hidden=0, --hidden must be at least 1",
        "--seconds=-1, --seconds must be above 0",
        "--peak-gflops=0, --peak-gflops must be above 0"
    })
    void answersBadInputWithOneLine(String option, String part) {
        BenchRun.of(new LearnerBench(), option).assertRefused(part);
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
