package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products on vector registers, for one thread. Splits the output into tiles ({@link VectorTiles}); an element
 * still gets its terms in ascending order, since blocks of terms follow one another and continue from the output.
 */
final class VectorProducts {
    /**
     * Terms of one block: a panel of B of that height and one tile's width takes 16 kB of the first-level cache, often 32 kB
     * in all. Blocks of 96 and more were 8 % slower on 256 x 256 weights (Zen 4).
     */
    private static final int TERMS = 64;
    /** Columns that are worked on together; wider matrices are packed panel by panel. */
    private static final int PANEL = 4 * LANES;

    private final float[] packed = new float[TERMS * PANEL];
    private final float[] rowsOfC = new float[8 * LANES];
    private float[] transposed = new float[64 * 64];

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
                // Rows that lie a power of two apart fall into the same few cache sets.
                if (bStride > PANEL && m > 4) {
                    pack(terms, b, bBlock + j, bStride);
                    panel(m, terms, a, aBlock, aRow, aTerm, packed, 0, PANEL, c, cOff + j, cStride);
                } else {
                    panel(m, terms, a, aBlock, aRow, aTerm, b, bBlock + j, bStride, c, cOff + j, cStride);
                }
            }
            for (; j + LANES <= n; j += LANES) {
                column(m, terms, a, aBlock, aRow, aTerm, b, bBlock + j, bStride, c, cOff + j, cStride);
            }
            if (j < n) {
                narrow(m, terms, n - j, a, aBlock, aRow, aTerm, b, bBlock + j, bStride, c, cOff + j, cStride);
            }
        }
    }

    private void pack(int terms, float[] b, int bOff, int bStride) {
        for (int p = 0; p < terms; p++) {
            int from = bOff + p * bStride;
            int to = p * PANEL;
            FloatVector.fromArray(SPECIES, b, from).intoArray(packed, to);
            FloatVector.fromArray(SPECIES, b, from + LANES).intoArray(packed, to + LANES);
            FloatVector.fromArray(SPECIES, b, from + 2 * LANES).intoArray(packed, to + 2 * LANES);
            FloatVector.fromArray(SPECIES, b, from + 3 * LANES).intoArray(packed, to + 3 * LANES);
        }
    }

    /** Columns of four vectors. */
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
        } else {
            int half = 2 * LANES;
            i = halfPanel(m, k, a, aOff, aRow, aTerm, b, bOff, bStride, c, cOff, cStride);
            halfPanel(m, k, a, aOff, aRow, aTerm, b, bOff + half, bStride, c, cOff + half, cStride);
        }
        if (i < m) {
            VectorEdges.rows(
                    m - i, k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
        }
    }

    /** Two vectors wide for 16 registers: twelve sums, two vectors of B and one of A. Returns the rows that it did. */
    private static int halfPanel(
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
        for (; i + 6 <= m; i += 6) {
            VectorTiles.tile6x2(k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
        }
        for (; i + 4 <= m; i += 4) {
            VectorTiles.tile4x2(k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
        }
        return i;
    }

    /** Columns of one vector. */
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
            VectorEdges.tile8x1(k, a, aOff + i * aRow, aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride, cStride);
        }
        for (; i < m; i++) {
            VectorEdges.tile1x1(k, a, aOff + i * aRow, aTerm, b, bOff, bStride, c, cOff + i * cStride);
        }
    }

    /** Fewer columns than a vector has lanes: B is padded with columns of zeros. */
    private void narrow(
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
        Arrays.fill(packed, 0, k * LANES, 0f);
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                packed[p * LANES + j] = b[bOff + p * bStride + j];
            }
        }
        for (int i = 0; i < m; i += 8) {
            int rows = Math.min(8, m - i);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(c, cOff + (i + r) * cStride, rowsOfC, r * LANES, n);
            }
            column(rows, k, a, aOff + i * aRow, aRow, aTerm, packed, 0, LANES, rowsOfC, 0, LANES);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(rowsOfC, r * LANES, c, cOff + (i + r) * cStride, n);
            }
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
        if (n < LANES) {
            DotProducts.add(m, k, n, a, aOff, aStride, b, bOff, bStride, c, cOff, cStride);
            return;
        }
        if (transposed.length < k * n) {
            transposed = new float[k * n];
        }
        Transposition.of(n, k, b, bOff, bStride, transposed, 0, n);
        multiply(m, k, n, a, aOff, aStride, 1, transposed, 0, n, c, cOff, cStride);
    }
}
