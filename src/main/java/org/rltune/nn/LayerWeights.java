package org.rltune.nn;

import java.util.Arrays;

/**
 * Products with the weights of one layer, on copies that suit the kernels better than the parameters themselves: transposed
 * for the way back, and cut into panels of {@link Kernels#panelColumns} columns if the layer is wider.
 *
 * <p>Copies are kept from one chunk of a minibatch to the next: turning 64 x 64 weights takes half as long as a product of
 * 64 rows with them. The parameters are an open array that anybody may write. Unless the caller numbers its versions
 * ({@link Workspace#parametersVersion}), whether they have changed is found by comparing them with a copy, bit by bit, at
 * each call.
 */
final class LayerWeights {
    private final int rows;
    private final int columns;
    private final int offset;

    // All empty until the first use: a workspace that never goes backward, as in a rollout, does not pay for them.
    private float[] panels = {};
    private float[] transposed = {};
    private float[] compared = {};
    /** What version the copies were made of; 0 for none. */
    private long panelsVersion;

    private long transposedVersion;

    /** For weights of that many rows (inputs) and columns (outputs), at {@code offset} of the parameters. */
    LayerWeights(int rows, int columns, int offset) {
        this.rows = rows;
        this.columns = columns;
        this.offset = offset;
    }

    /** y = bias + x W, for n rows of x. */
    void multiply(
            Kernels k,
            float[] params,
            long version,
            int n,
            float[] x,
            int xOff,
            Panels xPanels,
            int bias,
            float[] y,
            Panels yPanels) {
        int width = k.panelColumns();
        boolean copied = version != 0 && columns > width;
        if (copied && version != panelsVersion) {
            cutIntoPanels(params, width);
            panelsVersion = version;
        }
        float[] w = copied ? panels : params;
        for (int j = 0; j < yPanels.count(); j++) {
            int part = yPanels.part(j);
            int first = j * yPanels.columns();
            int w0 = copied ? first * rows : offset + first;
            int wStride = copied ? part : columns;
            multiply(
                    k,
                    n,
                    x,
                    xOff,
                    xPanels,
                    w,
                    w0,
                    wStride,
                    params,
                    bias + first,
                    y,
                    yPanels.at(j),
                    yPanels.stride(),
                    part);
        }
    }

    /** y[n x m] = r + x W for panels of x and one of y; W lies in rows. */
    private static void multiply(
            Kernels k,
            int n,
            float[] x,
            int xOff,
            Panels xPanels,
            float[] w,
            int wOff,
            int wStride,
            float[] r,
            int rOff,
            float[] y,
            int yOff,
            int yStride,
            int m) {
        int xStride = xPanels.stride();
        k.multiplyFromRow(n, xPanels.part(0), m, x, xOff, xStride, w, wOff, wStride, r, rOff, y, yOff, yStride);
        for (int p = 1; p < xPanels.count(); p++) {
            int row = p * xPanels.columns();
            k.multiply(
                    n,
                    xPanels.part(p),
                    m,
                    x,
                    xOff + xPanels.at(p),
                    xStride,
                    w,
                    wOff + row * wStride,
                    wStride,
                    y,
                    yOff,
                    yStride);
        }
    }

    private void cutIntoPanels(float[] params, int width) {
        panels = panels.length == 0 ? new float[rows * columns] : panels;
        int to = 0;
        for (int j = 0; j < columns; j += width) {
            int part = Math.min(width, columns - j);
            for (int i = 0; i < rows; i++, to += part) {
                System.arraycopy(params, offset + i * columns + j, panels, to, part);
            }
        }
    }

    /** dx = dy W^T, for n rows of dy. */
    void multiplyByTransposed(
            Kernels k,
            float[] params,
            long version,
            int n,
            float[] dy,
            Panels dyPanels,
            float[] zeros,
            float[] dx,
            Panels dxPanels) {
        if (version == 0 ? changed(params) : version != transposedVersion) {
            turn(params, k.panelColumns());
            transposedVersion = version;
        }
        for (int i = 0; i < dxPanels.count(); i++) {
            int part = dxPanels.part(i);
            int first = i * dxPanels.columns() * columns;
            multiply(
                    k,
                    n,
                    dy,
                    0,
                    dyPanels,
                    transposed,
                    first,
                    part,
                    zeros,
                    0,
                    dx,
                    dxPanels.at(i),
                    dxPanels.stride(),
                    part);
        }
    }

    private void turn(float[] params, int width) {
        transposed = transposed.length == 0 ? new float[rows * columns] : transposed;
        for (int i = 0; i < rows; i += width) {
            int part = Math.min(width, rows - i);
            Transposition.of(part, columns, params, offset + i * columns, columns, transposed, i * columns, part);
        }
    }

    /** Whether the parameters may differ from those that were transposed; keeps a copy of them. */
    private boolean changed(float[] params) {
        int size = rows * columns;
        if (compared.length == 0) {
            compared = new float[size];
        } else if (transposedVersion == 0 && Arrays.equals(params, offset, offset + size, compared, 0, size)) {
            return false;
        }
        System.arraycopy(params, offset, compared, 0, size);
        return true;
    }
}
