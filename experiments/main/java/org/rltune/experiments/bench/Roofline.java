package org.rltune.experiments.bench;

import org.rltune.nn.Kernels;

/** The best speeds of our own matrix product on one thread: of small matrices, and of the size that P is measured at. */
final class Roofline {
    private static final int[] SMALL = {64, 128, 256};

    /** Rows and columns of a block of A, and columns of a block of B: together they fit into the second cache. */
    private static final int BLOCK = 256;

    private static final int PANEL = 64;

    private final Kernels kernels = Kernels.best();
    private double small;
    private double large;

    /** Measures each size once more, for about that long in all; the best ever seen counts. */
    void measure(int rows, double seconds) {
        measureSmall(seconds / 2);
        float[] a = filled(rows * rows);
        float[] b = filled(rows * rows);
        float[] c = new float[rows * rows];
        float[] blockOfA = new float[BLOCK * BLOCK];
        float[] rowsOfB = new float[BLOCK * rows];
        long end = System.nanoTime() + (long) (seconds / 2 * 1e9);
        do {
            long start = System.nanoTime();
            multiply(rows, a, b, c, blockOfA, rowsOfB);
            large = Math.max(large, 2.0 * rows * rows * rows / (System.nanoTime() - start));
        } while (System.nanoTime() < end);
    }

    /** Measures small matrices once more, for about that long in all, and returns the best of this time. */
    double measureSmall(double seconds) {
        double best = 0;
        for (int n : SMALL) {
            float[] a = filled(n * n);
            float[] b = filled(n * n);
            float[] c = new float[n * n];
            Samples times =
                    Samples.measure(seconds / SMALL.length, () -> kernels.multiply(n, n, n, a, 0, n, b, 0, n, c, 0, n));
            best = Math.max(best, 2e-3 * n * n * n / times.undisturbed());
        }
        small = Math.max(small, best);
        return best;
    }

    /** C += A B of {@code n} rows and columns, block by block; {@code n} is a multiple of a block. */
    void multiply(int n, float[] a, float[] b, float[] c, float[] blockOfA, float[] rowsOfB) {
        for (int k = 0; k < n; k += BLOCK) {
            for (int j = 0; j < n; j += PANEL) {
                for (int row = 0; row < BLOCK; row++) {
                    System.arraycopy(b, (k + row) * n + j, rowsOfB, j * BLOCK + row * PANEL, PANEL);
                }
            }
            for (int i = 0; i < n; i += BLOCK) {
                for (int row = 0; row < BLOCK; row++) {
                    System.arraycopy(a, (i + row) * n + k, blockOfA, row * BLOCK, BLOCK);
                }
                for (int j = 0; j < n; j += PANEL) {
                    kernels.multiply(
                            BLOCK, BLOCK, PANEL, blockOfA, 0, BLOCK, rowsOfB, j * BLOCK, PANEL, c, i * n + j, n);
                }
            }
        }
    }

    private static float[] filled(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i % 7 - 3) * 1e-3f;
        }
        return x;
    }

    /** Of matrices that stay in the cache, in GFLOP/s: no product from memory reaches it. */
    double small() {
        return small;
    }

    /** Of the size that P is measured at, in GFLOP/s. */
    double large() {
        return large;
    }
}
