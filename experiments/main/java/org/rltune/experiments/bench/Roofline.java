package org.rltune.experiments.bench;

import org.rltune.nn.Kernels;

/** The best speed that our own matrix product reaches on one thread, whatever the shape. */
final class Roofline {
    private static final int[] SIZES = {64, 128, 256};

    private double best;

    /** Measures each size once more; the best ever seen counts. */
    void measure(double secondsPerSize) {
        Kernels kernels = Kernels.best();
        for (int n : SIZES) {
            float[] a = filled(n * n);
            float[] b = filled(n * n);
            float[] c = new float[n * n];
            Samples times = Samples.measure(secondsPerSize, () -> kernels.multiply(n, n, n, a, 0, n, b, 0, n, c, 0, n));
            best = Math.max(best, 2e-3 * n * n * n / times.undisturbed());
        }
    }

    private static float[] filled(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i % 7 - 3) * 1e-3f;
        }
        return x;
    }

    /** In GFLOP/s. */
    double gflops() {
        return best;
    }
}
