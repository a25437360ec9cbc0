package org.rltune.nn;

/**
 * A B^T for small matrices, row by row and without turning one: each output is a chain of multiply-adds, and several
 * chains side by side hide the latency of one.
 */
final class DotProducts {
    private DotProducts() {}

    /** C[m x n] += A B^T, where A is [m x k] and B is [n x k]. */
    static void add(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aStride,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        int full = n - n % 8;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < full; j += 8) {
                eightDots(k, a, aOff + i * aStride, b, bOff + j * bStride, bStride, c, cOff + i * cStride + j);
            }
        }
        for (int j = full; j < n; j++) {
            for (int i = 0; i < m; i += 2) {
                int second = Math.min(i + 1, m - 1); // the same row twice where there is no other
                twoDots(
                        k,
                        a,
                        aOff + i * aStride,
                        aOff + second * aStride,
                        b,
                        bOff + j * bStride,
                        c,
                        cOff + i * cStride + j,
                        cOff + second * cStride + j);
            }
        }
    }

    private static void twoDots(int k, float[] a, int a0, int a1, float[] b, int bOff, float[] c, int c0, int c1) {
        float s0 = c[c0];
        float s1 = c[c1];
        for (int q = 0; q < k; q++) {
            float x = b[bOff + q];
            s0 = Math.fma(a[a0 + q], x, s0);
            s1 = Math.fma(a[a1 + q], x, s1);
        }
        c[c0] = s0;
        c[c1] = s1;
    }

    private static void eightDots(int k, float[] a, int aOff, float[] b, int b0, int bStride, float[] c, int cOff) {
        int b1 = b0 + bStride;
        int b2 = b1 + bStride;
        int b3 = b2 + bStride;
        int b4 = b3 + bStride;
        int b5 = b4 + bStride;
        int b6 = b5 + bStride;
        int b7 = b6 + bStride;
        float s0 = c[cOff];
        float s1 = c[cOff + 1];
        float s2 = c[cOff + 2];
        float s3 = c[cOff + 3];
        float s4 = c[cOff + 4];
        float s5 = c[cOff + 5];
        float s6 = c[cOff + 6];
        float s7 = c[cOff + 7];
        for (int q = 0; q < k; q++) {
            float x = a[aOff + q];
            s0 = Math.fma(x, b[b0 + q], s0);
            s1 = Math.fma(x, b[b1 + q], s1);
            s2 = Math.fma(x, b[b2 + q], s2);
            s3 = Math.fma(x, b[b3 + q], s3);
            s4 = Math.fma(x, b[b4 + q], s4);
            s5 = Math.fma(x, b[b5 + q], s5);
            s6 = Math.fma(x, b[b6 + q], s6);
            s7 = Math.fma(x, b[b7 + q], s7);
        }
        c[cOff] = s0;
        c[cOff + 1] = s1;
        c[cOff + 2] = s2;
        c[cOff + 3] = s3;
        c[cOff + 4] = s4;
        c[cOff + 5] = s5;
        c[cOff + 6] = s6;
        c[cOff + 7] = s7;
    }
}
