package org.rltune.nn;

/** Turns a matrix. */
final class Transposition {
    private Transposition() {}

    /**
     * out[j][i] = x[i][j]. Eight columns at once, so that both sides stay in the cache and a row of x is read in one go.
     *
     * @param rows of x
     * @param columns of x
     */
    static void of(int rows, int columns, float[] x, int xOff, int xStride, float[] out, int outOff, int outStride) {
        int j = 0;
        for (; j + 8 <= columns; j += 8) {
            eight(rows, x, xOff + j, xStride, out, outOff + j * outStride, outStride);
        }
        for (; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                out[outOff + j * outStride + i] = x[xOff + i * xStride + j];
            }
        }
    }

    private static void eight(int rows, float[] x, int xOff, int xStride, float[] out, int o0, int outStride) {
        int o1 = o0 + outStride;
        int o2 = o1 + outStride;
        int o3 = o2 + outStride;
        int o4 = o3 + outStride;
        int o5 = o4 + outStride;
        int o6 = o5 + outStride;
        int o7 = o6 + outStride;
        for (int i = 0, at = xOff; i < rows; i++, at += xStride) {
            out[o0 + i] = x[at];
            out[o1 + i] = x[at + 1];
            out[o2 + i] = x[at + 2];
            out[o3 + i] = x[at + 3];
            out[o4 + i] = x[at + 4];
            out[o5 + i] = x[at + 5];
            out[o6 + i] = x[at + 6];
            out[o7 + i] = x[at + 7];
        }
    }
}
