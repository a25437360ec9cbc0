package org.rltune.nn;

import java.util.Arrays;

/**
 * exp, log, tanh, and sums in plain Java, in blocks that are copied to arrays of their own, as in {@link PlainProducts}.
 * Each loop holds either arithmetic, which the compiler vectorises, or casts between the bits of floats and integers,
 * which would keep it from doing so. One instance per thread.
 */
final class PlainFunctions {
    private static final int BLOCK = 512;

    private final float[] x = new float[BLOCK];
    private final float[] y = new float[BLOCK];
    private final float[] z = new float[BLOCK];
    private final float[] w = new float[BLOCK];
    private final float[] partial = new float[Kernels.PARTIAL_SUMS];

    void exp(int n, float[] in, int inOff, float[] out, int outOff) {
        for (int i = 0; i < n; i += BLOCK) {
            int count = Math.min(BLOCK, n - i);
            System.arraycopy(in, inOff + i, x, 0, count);
            clamp(count, -Approximations.EXP_LIMIT, Approximations.EXP_LIMIT, x);
            expRounded(count, x, y);
            expReduced(count, x, y, z);
            expScale(count, z, y);
            System.arraycopy(z, 0, out, outOff + i, count);
        }
    }

    void log(int n, float[] in, int inOff, float[] out, int outOff) {
        for (int i = 0; i < n; i += BLOCK) {
            int count = Math.min(BLOCK, n - i);
            System.arraycopy(in, inOff + i, x, 0, count);
            clamp(count, Float.MIN_NORMAL, Float.MAX_VALUE, x);
            logSplit(count, x, y);
            logReduced(count, x, y, z);
            System.arraycopy(z, 0, out, outOff + i, count);
        }
    }

    void tanh(int n, float[] in, int inOff, float[] out, int outOff) {
        for (int i = 0; i < n; i += BLOCK) {
            int count = Math.min(BLOCK, n - i);
            System.arraycopy(in, inOff + i, x, 0, count);
            clamp(count, -Approximations.TANH_LIMIT, Approximations.TANH_LIMIT, x);
            tanhNumerator(count, x, y);
            tanhQuotient(count, x, y, z);
            System.arraycopy(z, 0, out, outOff + i, count);
        }
    }

    float sum(int n, float[] in, int inOff) {
        Arrays.fill(partial, 0f);
        for (int i = 0; i < n; i += Kernels.PARTIAL_SUMS) {
            int count = Math.min(Kernels.PARTIAL_SUMS, n - i);
            System.arraycopy(in, inOff + i, x, 0, count);
            addTo(count, x, partial);
        }
        return halve();
    }

    float sumOfSquares(int n, float[] in, int inOff) {
        Arrays.fill(partial, 0f);
        for (int i = 0; i < n; i += Kernels.PARTIAL_SUMS) {
            int count = Math.min(Kernels.PARTIAL_SUMS, n - i);
            System.arraycopy(in, inOff + i, x, 0, count);
            addSquaresTo(count, x, partial);
        }
        return halve();
    }

    void columnSums(int rows, int columns, float[] in, int inOff, int inStride, float[] c, int cOff) {
        for (int j = 0; j < columns; j += BLOCK) {
            int count = Math.min(BLOCK, columns - j);
            System.arraycopy(c, cOff + j, w, 0, count);
            int i = 0;
            for (int from = inOff + j; i < rows; from += 3 * inStride, i += 3) {
                System.arraycopy(in, from, x, 0, count);
                if (i + 3 <= rows) {
                    System.arraycopy(in, from + inStride, y, 0, count);
                    System.arraycopy(in, from + 2 * inStride, z, 0, count);
                    addThreeTo(count, x, y, z, w);
                } else {
                    addTo(count, x, w);
                    if (i + 1 < rows) {
                        System.arraycopy(in, from + inStride, x, 0, count);
                        addTo(count, x, w);
                    }
                }
            }
            System.arraycopy(w, 0, c, cOff + j, count);
        }
    }

    private float halve() {
        for (int width = Kernels.PARTIAL_SUMS / 2; width > 0; width /= 2) {
            for (int i = 0; i < width; i++) {
                partial[i] = partial[i] + partial[i + width];
            }
        }
        return partial[0];
    }

    private static void clamp(int n, float low, float high, float[] x) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(low, Math.min(high, x[i]));
        }
    }

    private static void expRounded(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Approximations.expRounded(x[i]);
        }
    }

    private static void expReduced(int n, float[] x, float[] y, float[] z) {
        for (int i = 0; i < n; i++) {
            z[i] = Approximations.expReduced(x[i], y[i]);
        }
    }

    private static void expScale(int n, float[] z, float[] y) {
        for (int i = 0; i < n; i++) {
            z[i] = Approximations.expScale(z[i], y[i]);
        }
    }

    private static void logSplit(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            float v = x[i];
            y[i] = Approximations.logExponent(v);
            x[i] = Approximations.logMantissa(v);
        }
    }

    private static void logReduced(int n, float[] x, float[] y, float[] z) {
        for (int i = 0; i < n; i++) {
            z[i] = Approximations.logReduced(x[i], y[i]);
        }
    }

    private static void tanhNumerator(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Approximations.tanhNumerator(x[i]);
        }
    }

    private static void tanhQuotient(int n, float[] x, float[] y, float[] z) {
        for (int i = 0; i < n; i++) {
            z[i] = y[i] / Approximations.tanhDenominator(x[i]);
        }
    }

    private static void addTo(int n, float[] x, float[] sum) {
        for (int i = 0; i < n; i++) {
            sum[i] = sum[i] + x[i];
        }
    }

    private static void addThreeTo(int n, float[] x, float[] y, float[] z, float[] sum) {
        for (int i = 0; i < n; i++) {
            sum[i] = ((sum[i] + x[i]) + y[i]) + z[i];
        }
    }

    private static void addSquaresTo(int n, float[] x, float[] sum) {
        for (int i = 0; i < n; i++) {
            sum[i] = Math.fma(x[i], x[i], sum[i]);
        }
    }
}
