package org.rltune.nn;

import java.util.Arrays;

/**
 * Matrix products on vector registers, for one thread. Splits the output into tiles ({@link VectorTiles}); an element
 * still gets its terms in ascending order, since blocks of terms follow one another and continue from the output.
 */
final class VectorProducts {
    /** Terms of one block: a panel of B of that height and one tile's width stays in the first-level cache. */
    private static final int TERMS = 128;
    /** Columns that are worked on together; wider matrices are packed panel by panel. */
    private static final int PANEL = 4 * VectorTiles.LANES;

    private static final int LANES = VectorTiles.LANES;

    private final float[] packed = new float[TERMS * PANEL];
    private float[] transposed = new float[64 * 64];
    private final float[] few = new float[TERMS * LANES];
    private final float[] fewOut = new float[8 * LANES];

    /** C[m x n] += A B, where A(i, p) stands at {@code a[aOff + i * aRow + p * aTerm]}. */
    void multiply(
            int m,
            int k,
            int n,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        for (int p = 0; p < k; p += TERMS) {
            int terms = Math.min(TERMS, k - p);
            int aBlock = aOff + p * aTerm;
            int bBlock = bOff + p * bStride;
            int j = 0;
            for (; j + PANEL <= n; j += PANEL) {
                float[] panel = b;
                int panelOff = bBlock + j;
                int panelStride = bStride;
                // Rows that lie a power of two apart fall into the same few cache sets.
                if (bStride > PANEL && m > 4) {
                    for (int i = 0; i < terms; i++) {
                        System.arraycopy(b, bBlock + i * bStride + j, packed, i * PANEL, PANEL);
                    }
                    panel = packed;
                    panelOff = 0;
                    panelStride = PANEL;
                }
                panel(m, terms, a, aBlock, aRow, aTerm, panel, panelOff, panelStride, c, cOff + j, cStride);
            }
            for (; j + LANES <= n; j += LANES) {
                column(m, terms, a, aBlock, aRow, aTerm, b, bBlock + j, bStride, c, cOff + j, cStride);
            }
            for (; j < n; j++) {
                for (int i = 0; i < m; i++) {
                    float sum = c[cOff + i * cStride + j];
                    for (int q = 0; q < terms; q++) {
                        sum = Math.fma(a[aBlock + i * aRow + q * aTerm], b[bBlock + q * bStride + j], sum);
                    }
                    c[cOff + i * cStride + j] = sum;
                }
            }
        }
    }

    private static void panel(
            int m,
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        int i = 0;
        if (LANES == 16) { // 32 registers: sixteen sums, four vectors of B and one of A
            for (; i + 4 <= m; i += 4) {
                VectorTiles.tile4x4(
                        k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
            }
        } else { // 16 registers: eight sums
            for (; i + 4 <= m; i += 4) {
                VectorTiles.tile4x2(
                        k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
                VectorTiles.tile4x2(
                        k,
                        a,
                        aOff + i * aRow,
                        aRow,
                        aTerm,
                        b,
                        bOff + 2 * LANES,
                        bStride,
                        c,
                        cOff + i * cStride + 2 * LANES,
                        cStride);
            }
        }
        for (; i < m; i++) {
            VectorTiles.tile1x4(k, a, aOff + i * aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride);
        }
    }

    private static void column(
            int m,
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            int bStride,
            float[] c,
            int cOff,
            int cStride) {
        int i = 0;
        for (; i + 8 <= m; i += 8) {
            VectorTiles.tile8x1(k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
        }
        for (; i < m; i++) {
            VectorTiles.tile1x1(k, a, aOff + i * aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride);
        }
    }

    /** C[m x n] += A B^T, where A is [m x k] and B is [n x k]. */
    void multiplyByTransposed(
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
        if (m <= LANES && n >= 8) {
            fewRows(m, k, n, a, aOff, aStride, b, bOff, bStride, c, cOff, cStride);
            return;
        }
        if (transposed.length < k * n) {
            transposed = new float[k * n];
        }
        transpose(n, k, b, bOff, bStride, transposed);
        multiply(m, k, n, a, aOff, aStride, 1, transposed, 0, n, c, cOff, cStride);
    }

    /**
     * The same for a head, which has few outputs and many samples: lanes run over the rows of A, padded to one vector, so
     * that only the small matrix has to be turned.
     */
    private void fewRows(
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
        for (int p = 0; p < k; p += TERMS) {
            int terms = Math.min(TERMS, k - p);
            Arrays.fill(few, 0, terms * LANES, 0f);
            for (int i = 0; i < m; i++) {
                for (int q = 0; q < terms; q++) {
                    few[q * LANES + i] = a[aOff + i * aStride + p + q];
                }
            }
            for (int j = 0; j < n; j += 8) {
                int count = Math.min(8, n - j);
                for (int r = 0; r < count; r++) {
                    for (int i = 0; i < m; i++) {
                        fewOut[r * LANES + i] = c[cOff + i * cStride + j + r];
                    }
                }
                column(count, terms, b, bOff + j * bStride + p, bStride, 1, few, 0, LANES, fewOut, 0, LANES);
                for (int r = 0; r < count; r++) {
                    for (int i = 0; i < m; i++) {
                        c[cOff + i * cStride + j + r] = fewOut[r * LANES + i];
                    }
                }
            }
        }
    }

    /** out[j * rows + i] = x[i][j], in blocks of eight so that both sides stay in the cache. */
    private static void transpose(int rows, int columns, float[] x, int xOff, int xStride, float[] out) {
        for (int j0 = 0; j0 < columns; j0 += 8) {
            int jEnd = Math.min(columns, j0 + 8);
            for (int i = 0; i < rows; i++) {
                int from = xOff + i * xStride;
                for (int j = j0; j < jEnd; j++) {
                    out[j * rows + i] = x[from + j];
                }
            }
        }
    }
}
