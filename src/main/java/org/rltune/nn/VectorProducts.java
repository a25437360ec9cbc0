package org.rltune.nn;

import static org.rltune.nn.VectorTiles.LANES;
import static org.rltune.nn.VectorTiles.PANEL;
import static org.rltune.nn.VectorTiles.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products on vector registers, for one thread. Splits the output into tiles ({@link VectorTiles}); an element
 * still gets its terms in ascending order, since blocks of terms follow one another and continue from the output.
 */
final class VectorProducts {
    /** Terms of one block: a panel of B of that height and one tile's width takes 16 kB of the first-level cache. */
    static final int TERMS = 64;
    /** With fewer rows than this, B is not read often enough for packing to pay. */
    private static final int FEW = 4;

    /** Rows that are worked on together where one vector holds a row. */
    private static final int ROWS = 16;

    private final float[] packed = new float[TERMS * PANEL];
    private final float[] narrowRows = new float[8 * LANES];
    private float[] turned = new float[64 * 64];

    /**
     * C[m x n] = S + A B, where A(i, p) stands at {@code a[aOff + i * aRow + p * aTerm]}. S may be C, or one row for all if
     * {@code sStride} is 0.
     */
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
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        float[] start = s;
        int startOff = sOff;
        int startStride = sStride;
        int p = 0;
        do {
            int terms = Math.min(TERMS, k - p);
            int aBlock = aOff + p * aTerm;
            int bBlock = bOff + p * bStride;
            block(
                    m,
                    terms,
                    n,
                    a,
                    aBlock,
                    aRow,
                    aTerm,
                    b,
                    bBlock,
                    bStride,
                    start,
                    startOff,
                    startStride,
                    c,
                    cOff,
                    cStride);
            start = c;
            startOff = cOff;
            startStride = cStride;
            p += TERMS;
        } while (p < k);
    }

    private void block(
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
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        int j = 0;
        if (m < FEW) {
            j = fewRows(m, k, n, a, aOff, aRow, aTerm, b, bOff, bStride, s, sOff, sStride, c, cOff, cStride);
        } else {
            while (n - j >= 2 * LANES) {
                int width = Math.min(PANEL, (n - j) / (2 * LANES) * (2 * LANES));
                float[] panel = b;
                int first = bOff + j;
                if (bStride != PANEL) {
                    pack(k, width, b, first, bStride);
                    panel = packed;
                    first = 0;
                }
                panel(m, k, width, a, aOff, aRow, aTerm, panel, first, s, sOff + j, sStride, c, cOff + j, cStride);
                j += width;
            }
        }
        for (; j + LANES <= n; j += LANES) {
            column(m, k, a, aOff, aRow, aTerm, b, bOff + j, bStride, s, sOff + j, sStride, c, cOff + j, cStride);
        }
        if (j < n) {
            narrow(m, k, n - j, a, aOff, aRow, aTerm, b, bOff + j, bStride, s, sOff + j, sStride, c, cOff + j, cStride);
        }
    }

    /** Copies {@code width} columns of B, a multiple of two vectors, to rows that are a panel apart. */
    private void pack(int terms, int width, float[] b, int bOff, int bStride) {
        for (int p = 0; p < terms; p++) {
            int from = bOff + p * bStride;
            int to = p * PANEL;
            for (int j = 0; j < width; j += 2 * LANES) {
                FloatVector.fromArray(SPECIES, b, from + j).intoArray(packed, to + j);
                FloatVector.fromArray(SPECIES, b, from + j + LANES).intoArray(packed, to + j + LANES);
            }
        }
    }

    /** Some columns of a panel of B, a multiple of two vectors. */
    private static void panel(
            int m,
            int k,
            int width,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        if (LANES == 16 && width == PANEL && k > 0 && k <= VectorFewTerms.FEW) {
            VectorFewTerms.multiply(m, k, a, aOff, aRow, aTerm, b, bOff, PANEL, s, sOff, sStride, c, cOff, cStride);
            return;
        }
        int whole = m / FEW * FEW;
        if (LANES == 16 && width == PANEL) {
            wholePanel(whole, k, a, aOff, aRow, aTerm, b, bOff, s, sOff, sStride, c, cOff, cStride);
        } else {
            for (int j = 0; j < width; j += 2 * LANES) {
                halfPanel(whole, k, a, aOff, aRow, aTerm, b, bOff + j, s, sOff + j, sStride, c, cOff + j, cStride);
            }
        }
        if (whole == m) {
            return;
        }
        int left = m - whole;
        int a0 = aOff + whole * aRow;
        int s0 = sOff + whole * sStride;
        int c0 = cOff + whole * cStride;
        int j = fewRows(left, k, width, a, a0, aRow, aTerm, b, bOff, PANEL, s, s0, sStride, c, c0, cStride);
        for (; j < width; j += LANES) {
            column(left, k, a, a0, aRow, aTerm, b, bOff + j, PANEL, s, s0 + j, sStride, c, c0 + j, cStride);
        }
    }

    /** Fewer rows than {@link #FEW}; four vectors at a time. Returns the columns that it did. */
    private static int fewRows(
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
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        int j = 0;
        for (; j + 4 * LANES <= n; j += 4 * LANES) {
            int i = 0;
            for (; i + 2 <= m; i += 2) {
                int s0 = sOff + j + i * sStride;
                int c0 = cOff + j + i * cStride;
                VectorEdges.tile2x4(
                        k, a, aOff + i * aRow, aRow, aTerm, b, bOff + j, bStride, s, s0, sStride, c, c0, cStride);
            }
            if (i < m) {
                int s0 = sOff + j + i * sStride;
                int c0 = cOff + j + i * cStride;
                VectorEdges.tile1x4(k, a, aOff + i * aRow, aTerm, b, bOff + j, bStride, s, s0, c, c0);
            }
        }
        return j;
    }

    /**
     * Four vectors wide, for 32 registers; m is a multiple of four. Either {@code aRow} or {@code aTerm} is 1. Tiles of panels
     * where A lies in one, and C starts from one row or from itself; else those for any strides.
     */
    private static void wholePanel(
            int m,
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        if (aTerm == 1 && aRow == PANEL && cStride == PANEL) {
            if (sStride == 0) {
                VectorPanelRows.fromRow(m, k, a, aOff, b, bOff, s, sOff, c, cOff);
                return;
            }
            if (s == c && sOff == cOff && sStride == PANEL) {
                VectorPanelRows.onto(m, k, a, aOff, b, bOff, c, cOff);
                return;
            }
        }
        if (aTerm == PANEL) {
            if (sStride == 0 && s != c && m >= 6) {
                VectorPanelRows.turnedFromRow(m, k, a, aOff, b, bOff, s, sOff, c, cOff, cStride);
                return;
            }
            if (sStride == cStride) {
                VectorPanelRows.turned(m, k, a, aOff, b, bOff, s, sOff, c, cOff, cStride);
                return;
            }
        }
        for (int i = 0; i < m; i += 4) {
            int s0 = sOff + i * sStride;
            int c0 = cOff + i * cStride;
            if (aTerm == 1) {
                VectorTiles.tile4x4(k, a, aOff + i * aRow, aRow, b, bOff, s, s0, sStride, c, c0, cStride);
            } else {
                VectorTiles.tile4x4Turned(k, a, aOff + i, aTerm, b, bOff, s, s0, sStride, c, c0, cStride);
            }
        }
    }

    /** Two vectors wide, for 16 registers; m is a multiple of four. */
    private static void halfPanel(
            int m,
            int k,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] b,
            int bOff,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        int bySixes = VectorPanelRows.bySixes(m);
        int i = 0;
        for (; i < bySixes; i += 6) {
            int s0 = sOff + i * sStride;
            int c0 = cOff + i * cStride;
            if (aTerm == 1) {
                VectorHalfTiles.tile6x2(k, a, aOff + i * aRow, aRow, b, bOff, s, s0, sStride, c, c0, cStride);
            } else {
                VectorHalfTiles.tile6x2Turned(k, a, aOff + i, aTerm, b, bOff, s, s0, sStride, c, c0, cStride);
            }
        }
        for (; i < m; i += 4) {
            int s0 = sOff + i * sStride;
            int c0 = cOff + i * cStride;
            if (aTerm == 1) {
                VectorHalfTiles.tile4x2(k, a, aOff + i * aRow, aRow, b, bOff, s, s0, sStride, c, c0, cStride);
            } else {
                VectorHalfTiles.tile4x2Turned(k, a, aOff + i, aTerm, b, bOff, s, s0, sStride, c, c0, cStride);
            }
        }
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
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        int i = 0;
        if (LANES == ROWS && aTerm == 1 && aRow == PANEL && bStride == LANES) {
            for (; i + ROWS <= m; i += ROWS) {
                int s0 = sOff + i * sStride;
                VectorEdges.tile16x1Panel(
                        k, a, aOff + i * PANEL, b, bOff, s, s0, sStride, c, cOff + i * cStride, cStride);
            }
        }
        for (; i + 8 <= m; i += 8) {
            VectorEdges.tile8x1(
                    k,
                    a,
                    aOff + i * aRow,
                    aRow,
                    aTerm,
                    b,
                    bOff,
                    bStride,
                    s,
                    sOff + i * sStride,
                    sStride,
                    c,
                    cOff + i * cStride,
                    cStride);
        }
        for (; i < m; i++) {
            VectorEdges.tile1x1(
                    k, a, aOff + i * aRow, aTerm, b, bOff, bStride, s, sOff + i * sStride, c, cOff + i * cStride);
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
            float[] s,
            int sOff,
            int sStride,
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
                System.arraycopy(s, sOff + (i + r) * sStride, narrowRows, r * LANES, n);
            }
            column(
                    rows,
                    k,
                    a,
                    aOff + i * aRow,
                    aRow,
                    aTerm,
                    packed,
                    0,
                    LANES,
                    narrowRows,
                    0,
                    LANES,
                    narrowRows,
                    0,
                    LANES);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(narrowRows, r * LANES, c, cOff + (i + r) * cStride, n);
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
        if (n < 8) {
            DotProducts.add(m, k, n, a, aOff, aStride, b, bOff, bStride, c, cOff, cStride);
        } else {
            turned = atLeast(k * n, turned);
            Transposition.of(n, k, b, bOff, bStride, turned, 0, n);
            multiply(m, k, n, a, aOff, aStride, 1, turned, 0, n, c, cOff, cStride, c, cOff, cStride);
        }
    }

    private static float[] atLeast(int length, float[] x) {
        return x.length < length ? new float[length] : x;
    }
}
