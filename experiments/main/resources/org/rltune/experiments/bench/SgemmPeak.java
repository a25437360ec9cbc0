import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Prints the best speed of OpenBLAS's sgemm, in GFLOP/s. LearnerBench starts it from its source, on the jars of OpenBLAS,
 * with OPENBLAS_NUM_THREADS=1 and without OPENBLAS_CORETYPE. Arguments: rows and columns, seconds.
 */
public final class SgemmPeak {
    public static void main(String[] args) {
        int n = Integer.parseInt(args[0]);
        double seconds = Double.parseDouble(args[1]);
        FloatPointer a = filled(n * n);
        FloatPointer b = filled(n * n);
        FloatPointer c = filled(n * n);
        double best = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int calls = 0;
        // The first calls find the pages and the clock of the core; at least three.
        while (System.nanoTime() < end || calls < 3) {
            long start = System.nanoTime();
            openblas.cblas_sgemm(
                    openblas.CblasRowMajor,
                    openblas.CblasNoTrans,
                    openblas.CblasNoTrans,
                    n,
                    n,
                    n,
                    1f,
                    a,
                    n,
                    b,
                    n,
                    0f,
                    c,
                    n);
            best = Math.min(best, System.nanoTime() - start);
            calls++;
        }
        System.out.println("sgemm-gflops " + 2.0 * n * n * n / best);
    }

    private static FloatPointer filled(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i % 7 - 3) * 1e-3f;
        }
        return new FloatPointer(x);
    }
}
