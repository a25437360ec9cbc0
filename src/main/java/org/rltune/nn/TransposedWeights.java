package org.rltune.nn;

import java.util.Arrays;

/**
 * The transposition of one layer's weights, made anew when they have changed since the last call.
 *
 * <p>It is kept from one chunk of a minibatch to the next, because turning the matrix costs half as much as a product of
 * 64 rows with it. The parameters are an open array that anybody may write, so whether they have changed is found by
 * comparing them with a copy, bit by bit, at each call: a tenth of the cost of turning, and never out of date.
 */
final class TransposedWeights {
    private final int rows;
    private final int columns;
    private final float[] copy;
    private final float[] transposed;
    private boolean filled;

    /** For weights of that many rows and columns. */
    TransposedWeights(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.copy = new float[rows * columns];
        this.transposed = new float[rows * columns];
    }

    /** The weights at {@code offset} with rows and columns exchanged, without gaps; valid until the next call. */
    float[] of(float[] parameters, int offset) {
        if (!filled || !Arrays.equals(parameters, offset, offset + copy.length, copy, 0, copy.length)) {
            System.arraycopy(parameters, offset, copy, 0, copy.length);
            Transposition.of(rows, columns, copy, 0, columns, transposed, 0, rows);
            filled = true;
        }
        return transposed;
    }
}
