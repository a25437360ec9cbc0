package org.rltune.nn;

/**
 * How a matrix of activations lies in memory: cut into panels of {@link Kernels#panelColumns} columns, one after the other.
 * A row of a panel is as long as the kernels take at a time, so products need not copy it; and rows of a wide layer do not
 * lie a large power of two apart, where they would share a few sets of the cache.
 *
 * <p>Element (i, j) stands at {@code at(p) + i * stride + j - p * columns} from the first one, with p = j / columns.
 *
 * @param width columns of the matrix, at least 1
 * @param columns columns of each panel but the last one, at most {@code width}
 * @param step floats from one panel to the next
 * @param stride floats from one row of a panel to the next; what lies beyond the columns of a panel is never used
 */
record Panels(int width, int columns, int step, int stride) {
    /** From this many floats on, rows of a matrix in one piece are set apart by {@link #GAP} others. */
    private static final int WIDE = 128;

    private static final int GAP = 16;

    /** A matrix of up to {@code rows} rows that is made for these kernels. */
    static Panels of(Kernels kernels, int width, int rows) {
        int columns = Math.min(width, kernels.panelColumns());
        int stride = columns == width && width >= WIDE ? width + GAP : columns;
        return new Panels(width, columns, rows * stride, stride);
    }

    /** A matrix that lies row after row, without gaps. */
    static Panels inRows(Kernels kernels, int width) {
        int columns = Math.min(width, kernels.panelColumns());
        return new Panels(width, columns, columns, width);
    }

    int count() {
        return (width + columns - 1) / columns;
    }

    /** Floats of all panels. */
    int size() {
        return count() * step;
    }

    /** Where panel {@code p} begins. */
    int at(int p) {
        return p * step;
    }

    /** Columns of panel {@code p}. */
    int part(int p) {
        return Math.min(columns, width - p * columns);
    }
}
