import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Measures OpenBLAS's sgemm, in GFLOP/s, each time that it is asked. LearnerBench starts it from its source, on the jars of
 * OpenBLAS, with OPENBLAS_NUM_THREADS=1 and without OPENBLAS_CORETYPE. Argument: rows and columns. Each line of the
 * standard input is a time in seconds; the answer is the best speed in that time. The end of the input ends it.
 */
public final class SgemmPeak {
    public static void main(String[] args) throws IOException {
        int n = Integer.parseInt(args[0]);
        FloatPointer a = filled(n * n);
        FloatPointer b = filled(n * n);
        FloatPointer c = filled(n * n);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println("sgemm-gflops " + best(n, a, b, c, Double.parseDouble(line)));
        }
    }

    private static double best(int n, FloatPointer a, FloatPointer b, FloatPointer c, double seconds) {
        double best = Double.POSITIVE_INFINITY;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int calls = 0;
        // The first call finds the pages and the clock of the core; at least two.
        while (System.nanoTime() < end || calls < 2) {
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
        return 2.0 * n * n * n / best;
    }

    private static FloatPointer filled(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i % 7 - 3) * 1e-3f;
        }
        return new FloatPointer(x);
    }
}
