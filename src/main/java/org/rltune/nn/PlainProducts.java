package org.rltune.nn;

/**
 * Matrix products in plain Java, written so that the compiler vectorises them. It does so for loops in which every array
 * has the same index, and not for {@code c[i + x] += a * b[i + y]} with two unrelated offsets. Therefore rows of B and
 * of C are first copied to arrays of their own; the inner loop then works on four rows of C and two terms at once, which
 * is as much as the registers hold (longer loops were slower). One instance per thread.
 */
final class PlainProducts {
    /** Columns of C in one pass, and terms of the sum in one pass: the copied part of B stays in the second-level cache. */
    private static final int COLUMNS = 256;

    private static final int TERMS = 128;

    /** With fewer rows than this in B, A B^T is done by dot products, without copying B. */
    private static final int FEW_ROWS = 8;

    private final float[][] b = new float[TERMS][COLUMNS];
    private final float[] c0 = new float[COLUMNS];
    private final float[] c1 = new float[COLUMNS];
    private final float[] c2 = new float[COLUMNS];
    private final float[] c3 = new float[COLUMNS];

    /**
     * C = S + A B, where element (i, k) of A stands at {@code aOff + i * aRow + k * aTerm}. S may be C, or one row for all if
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
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            float[] start = s;
            int startOff = sOff + j;
            int startStride = sStride;
            int p = 0;
            do {
                int terms = Math.min(TERMS, k - p);
                for (int q = 0; q < terms; q++) {
                    System.arraycopy(b, bOff + (p + q) * bStride + j, this.b[q], 0, columns);
                }
                int aBlock = aOff + p * aTerm;
                addBlock(m, terms, columns, a, aBlock, aRow, aTerm, start, startOff, startStride, c, cOff + j, cStride);
                start = c;
                startOff = cOff + j;
                startStride = cStride;
                p += TERMS;
            } while (p < k);
        }
    }

    /** C += A B^T. */
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
        if (n < FEW_ROWS) {
            DotProducts.add(m, k, n, a, aOff, aStride, b, bOff, bStride, c, cOff, cStride);
            return;
        }
        for (int j = 0; j < n; j += COLUMNS) {
            int columns = Math.min(COLUMNS, n - j);
            for (int p = 0; p < k; p += TERMS) {
                int terms = Math.min(TERMS, k - p);
                copyTransposed(terms, columns, b, bOff + j * bStride + p, bStride);
                int cBlock = cOff + j;
                addBlock(m, terms, columns, a, aOff + p, aStride, 1, c, cBlock, cStride, c, cBlock, cStride);
            }
        }
    }

    /** this.b[q][r] = x[r][q]; eight rows are written side by side, for the sake of the cache. */
    private void copyTransposed(int terms, int columns, float[] x, int xOff, int xStride) {
        int q = 0;
        for (; q + 8 <= terms; q += 8) {
            float[] b0 = b[q];
            float[] b1 = b[q + 1];
            float[] b2 = b[q + 2];
            float[] b3 = b[q + 3];
            float[] b4 = b[q + 4];
            float[] b5 = b[q + 5];
            float[] b6 = b[q + 6];
            float[] b7 = b[q + 7];
            for (int r = 0, from = xOff + q; r < columns; r++, from += xStride) {
                b0[r] = x[from];
                b1[r] = x[from + 1];
                b2[r] = x[from + 2];
                b3[r] = x[from + 3];
                b4[r] = x[from + 4];
                b5[r] = x[from + 5];
                b6[r] = x[from + 6];
                b7[r] = x[from + 7];
            }
        }
        for (; q < terms; q++) {
            float[] row = b[q];
            for (int r = 0, from = xOff + q; r < columns; r++, from += xStride) {
                row[r] = x[from];
            }
        }
    }

    /** C = S + A B for a part of A and the copied part of B. */
    private void addBlock(
            int m,
            int terms,
            int n,
            float[] a,
            int aOff,
            int aRow,
            int aTerm,
            float[] s,
            int sOff,
            int sStride,
            float[] c,
            int cOff,
            int cStride) {
        int i = 0;
        for (; i + 4 <= m; i += 4) {
            int c0Off = cOff + i * cStride;
            int c1Off = c0Off + cStride;
            int c2Off = c1Off + cStride;
            int c3Off = c2Off + cStride;
            System.arraycopy(s, sOff + i * sStride, c0, 0, n);
            System.arraycopy(s, sOff + (i + 1) * sStride, c1, 0, n);
            System.arraycopy(s, sOff + (i + 2) * sStride, c2, 0, n);
            System.arraycopy(s, sOff + (i + 3) * sStride, c3, 0, n);
            addFourRows(terms, n, a, aOff + i * aRow, aRow, aTerm);
            System.arraycopy(c0, 0, c, c0Off, n);
            System.arraycopy(c1, 0, c, c1Off, n);
            System.arraycopy(c2, 0, c, c2Off, n);
            System.arraycopy(c3, 0, c, c3Off, n);
        }
        for (; i < m; i++) {
            System.arraycopy(s, sOff + i * sStride, c0, 0, n);
            addOneRow(terms, n, a, aOff + i * aRow, aTerm);
            System.arraycopy(c0, 0, c, cOff + i * cStride, n);
        }
    }

    private void addFourRows(int terms, int n, float[] a, int a0, int aRow, int aTerm) {
        int a1 = a0 + aRow;
        int a2 = a1 + aRow;
        int a3 = a2 + aRow;
        int q = 0;
        int s = 0;
        for (; q + 2 <= terms; q += 2, s += 2 * aTerm) {
            int t = s + aTerm;
            fourByTwo(
                    n, c0, c1, c2, c3, b[q], b[q + 1], a[a0 + s], a[a0 + t], a[a1 + s], a[a1 + t], a[a2 + s], a[a2 + t],
                    a[a3 + s], a[a3 + t]);
        }
        if (q < terms) {
            oneByOne(n, c0, b[q], a[a0 + s]);
            oneByOne(n, c1, b[q], a[a1 + s]);
            oneByOne(n, c2, b[q], a[a2 + s]);
            oneByOne(n, c3, b[q], a[a3 + s]);
        }
    }

    private void addOneRow(int terms, int n, float[] a, int aOff, int aTerm) {
        int q = 0;
        int s = aOff;
        for (; q + 4 <= terms; q += 4, s += 4 * aTerm) {
            oneByFour(
                    n, c0, b[q], b[q + 1], b[q + 2], b[q + 3], a[s], a[s + aTerm], a[s + 2 * aTerm], a[s + 3 * aTerm]);
        }
        for (; q < terms; q++, s += aTerm) {
            oneByOne(n, c0, b[q], a[s]);
        }
    }

    private static void fourByTwo(
            int n,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float[] b0,
            float[] b1,
            float a00,
            float a01,
            float a10,
            float a11,
            float a20,
            float a21,
            float a30,
            float a31) {
        for (int j = 0; j < n; j++) {
            float x = b0[j];
            float y = b1[j];
            c0[j] = Math.fma(a01, y, Math.fma(a00, x, c0[j]));
            c1[j] = Math.fma(a11, y, Math.fma(a10, x, c1[j]));
            c2[j] = Math.fma(a21, y, Math.fma(a20, x, c2[j]));
            c3[j] = Math.fma(a31, y, Math.fma(a30, x, c3[j]));
        }
    }

    private static void oneByFour(
            int n, float[] c, float[] b0, float[] b1, float[] b2, float[] b3, float a0, float a1, float a2, float a3) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
        }
    }

    private static void oneByOne(int n, float[] c, float[] b, float a) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(a, b[j], c[j]);
        }
    }
}
