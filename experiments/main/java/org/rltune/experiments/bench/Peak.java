package org.rltune.experiments.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * P, the speed of one core's multiply-adds that everything is compared with: the best product of two 2048 x 2048 matrices
 * that OpenBLAS computes on one thread. The clock of a core moves, and on a shared host so does what it gets of it: so P is
 * measured again and again. The best reading of all is P; single readings stand beside what was measured at their moment.
 */
final class Peak implements AutoCloseable {
    /** Rows and columns of the product that P is measured with. */
    private static final int ROWS = 2048;

    /** Where P comes from. */
    enum Source {
        OPENBLAS,
        GIVEN,
        OURS
    }

    private final Source source;
    private final SourceJvm sgemm;
    private final Roofline ours = new Roofline();
    private SourceJvm.@Nullable Running running;
    private double gflops;

    private Peak(Source source, double gflops, Path jars) {
        this.source = source;
        this.gflops = gflops;
        this.sgemm = new SourceJvm(
                "SgemmPeak.java",
                jars,
                "bench",
                List.of("-Dorg.bytedeco.javacpp.cachedir=" + jars.resolveSibling("openblas-natives")));
    }

    /** P by OpenBLAS, whose jars lie in that folder. */
    static Peak ofOpenBlas(Path jars) {
        return new Peak(Source.OPENBLAS, 0, jars);
    }

    /** P as somebody else measured it. */
    static Peak given(double gflops) {
        return new Peak(Source.GIVEN, gflops, Path.of(""));
    }

    /** The best of our own products in place of P. */
    static Peak ofOurs() {
        return new Peak(Source.OURS, 0, Path.of(""));
    }

    /** Measures P and our own products once more, for about that long each. */
    void measure(double seconds) throws IOException {
        ours.measure(ROWS, seconds / 2);
        reading(seconds);
    }

    /** Measures P alone once more, for about that long, and returns what it is now, in GFLOP/s. */
    double reading(double seconds) throws IOException {
        return switch (source) {
            case OPENBLAS -> {
                double now = Double.parseDouble(child().answer("sgemm-gflops", Double.toString(seconds)));
                gflops = Math.max(gflops, now);
                yield now;
            }
            case GIVEN -> gflops;
            case OURS -> ours.measureSmall(seconds);
        };
    }

    private SourceJvm.Running child() throws IOException {
        if (running == null) {
            // A preset core type may halve the speed; more threads than one are not the roof of one thread.
            running = sgemm.start(
                    Map.of("OPENBLAS_NUM_THREADS", "1"),
                    List.of("OPENBLAS_CORETYPE", "OMP_NUM_THREADS"),
                    Integer.toString(ROWS));
        }
        return running;
    }

    /** Ends the JVM of OpenBLAS, if there is one. */
    @Override
    public void close() throws IOException {
        if (running != null) {
            running.close();
        }
    }

    /** In GFLOP/s. */
    double gflops() {
        return source == Source.OURS ? ours.small() : gflops;
    }

    /** Whether P can be a roof: our own product of the same size is not above it. */
    boolean valid() {
        return ours.large() <= gflops();
    }

    String text() {
        String from = switch (source) {
            case OPENBLAS -> "the best 2048x2048x2048 sgemm of OpenBLAS on one thread, in this run";
            case GIVEN -> "GIVEN on the command line, not measured";
            case OURS -> "the best product OF OUR OWN in this run, of matrices in the cache: not OpenBLAS";
        };
        return String.format(
                Locale.ROOT,
                "P = %.1f GFLOP/s, %s%nOur own product of that size: %.1f; of matrices in the cache: %.1f",
                gflops(),
                from,
                ours.large(),
                ours.small());
    }
}
