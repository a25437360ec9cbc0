package org.rltune.nn;

import java.util.Arrays;
import java.util.List;

/**
 * Linear output layers on the same features, computed as one: out = W x + b, with W output-major, from rows of x to columns
 * of out.
 *
 * <p>Heads have few outputs, and the kernels take sixteen columns in the time of one. So the heads of shared layers go
 * through one product together, on weights that are turned and padded to {@value #PADDING} columns.
 */
final class Heads {
    /** From so many rows on, one product for all heads is faster than one for each, for all the copying around it. */
    private static final int MANY_ROWS = 8;

    private static final int PADDING = 16;

    private final int inputs;
    private final int outputs;
    private final List<Head> heads;

    /** One output layer: its parameters, and the row that it begins at among all outputs. */
    private record Head(int outputs, int weights, int biases, int first) {}

    /** Heads whose parameters come one after the other in {@code layout}. */
    Heads(int inputs, List<String> names, List<Integer> outputs, ParameterLayout layout) {
        this.inputs = inputs;
        Head[] all = new Head[names.size()];
        int first = 0;
        for (int h = 0; h < all.length; h++) {
            int weights = layout.add(names.get(h) + ".head.weight", outputs.get(h), inputs);
            int biases = layout.add(names.get(h) + ".head.bias", 1, outputs.get(h));
            all[h] = new Head(outputs.get(h), weights, biases, first);
            first += outputs.get(h);
        }
        this.heads = List.of(all);
        this.outputs = first;
    }

    /** Copies of the weights of all heads, and room for all outputs (then the gradients of these), for one workspace. */
    final class Memory {
        /** Columns of the padded product. */
        private final int width = (outputs + PADDING - 1) / PADDING * PADDING;

        private final float[] weights = new float[outputs * inputs];
        private final float[] turned = new float[inputs * width];
        private final float[] biases = new float[width];
        private final float[] rows;
        private final float[] columns;
        private final int capacity;
        /** What version of the parameters the copies were made of; 0 for none. */
        private long version;

        Memory(int capacity) {
            this.capacity = capacity;
            rows = new float[width * capacity];
            columns = new float[outputs * capacity];
        }

        private void copyWeights(float[] params, long version) {
            if (version != 0 && version == this.version) {
                return;
            }
            this.version = version;
            for (int h = 0; h < heads.size(); h++) {
                Head head = heads.get(h);
                System.arraycopy(params, head.weights, weights, head.first * inputs, head.outputs * inputs);
                System.arraycopy(params, head.biases, biases, head.first, head.outputs);
            }
            for (int j = 0; j < outputs; j++) {
                turn(weights, j * inputs, turned, j, inputs, width);
            }
        }
    }

    /**
     * Computes the outputs.
     *
     * @param version that of the parameters, as {@link Workspace#parametersVersion}
     * @param out the columns of each head, {@code capacity} apart
     */
    void forward(
            Kernels k,
            float[] params,
            long version,
            float[] x,
            int xOff,
            Panels panels,
            int rows,
            Memory memory,
            float[][] out) {
        int capacity = memory.capacity;
        if (rows >= MANY_ROWS) {
            memory.copyWeights(params, version);
            multiplyTogether(k, x, xOff, panels, rows, memory);
        }
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            for (int j = 0; j < head.outputs; j++) {
                if (rows >= MANY_ROWS) {
                    takeColumn(memory, head.first + j, rows, out[h], j * capacity);
                } else {
                    Arrays.fill(out[h], j * capacity, j * capacity + rows, params[head.biases + j]);
                }
            }
            if (rows < MANY_ROWS) {
                multiply(k, head.outputs, rows, params, head.weights, x, xOff, panels, out[h], capacity);
            }
        }
    }

    /** The outputs of all heads, and columns that nobody reads, row by row. */
    private static void multiplyTogether(Kernels k, float[] x, int xOff, Panels panels, int rows, Memory memory) {
        int n = memory.width;
        int stride = panels.stride();
        k.multiplyFromRow(
                rows, panels.part(0), n, x, xOff, stride, memory.turned, 0, n, memory.biases, 0, memory.rows, 0, n);
        for (int p = 1; p < panels.count(); p++) {
            int first = p * panels.columns() * n;
            k.multiply(
                    rows,
                    panels.part(p),
                    n,
                    x,
                    xOff + panels.at(p),
                    stride,
                    memory.turned,
                    first,
                    n,
                    memory.rows,
                    0,
                    n);
        }
    }

    private static void turn(float[] row, int rowOff, float[] out, int outOff, int n, int stride) {
        for (int i = 0; i < n; i++) {
            out[outOff + i * stride] = row[rowOff + i];
        }
    }

    private static void takeColumn(Memory memory, int column, int rows, float[] out, int outOff) {
        float[] from = memory.rows;
        int width = memory.width;
        for (int i = 0; i < rows; i++) {
            out[outOff + i] = from[column + i * width];
        }
    }

    /** out[n x rows] += W x^T. */
    private void multiply(
            Kernels k,
            int n,
            int rows,
            float[] w,
            int wOff,
            float[] x,
            int xOff,
            Panels panels,
            float[] out,
            int capacity) {
        for (int p = 0; p < panels.count(); p++) {
            k.multiplyByTransposed(
                    n,
                    panels.part(p),
                    rows,
                    w,
                    wOff + p * panels.columns(),
                    inputs,
                    x,
                    xOff + panels.at(p),
                    panels.stride(),
                    out,
                    0,
                    capacity);
        }
    }

    /**
     * Adds the gradient of the parameters, or begins with it.
     *
     * @param dOut dLoss / dOutput: the columns of each head, {@code capacity} apart
     * @param begins whether what {@code gradient} holds counts as 0
     */
    void backward(
            Kernels k,
            float[] x,
            int xOff,
            Panels panels,
            int rows,
            float[][] dOut,
            Memory memory,
            boolean begins,
            float[] gradient) {
        int capacity = memory.capacity;
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            if (begins) {
                // A few rows: clearing them costs less than products of another kind would in warming up.
                Arrays.fill(gradient, head.weights, head.weights + head.outputs * inputs, 0f);
                Arrays.fill(gradient, head.biases, head.biases + head.outputs, 0f);
            }
            for (int p = 0; p < panels.count(); p++) {
                k.multiply(
                        head.outputs,
                        rows,
                        panels.part(p),
                        dOut[h],
                        0,
                        capacity,
                        x,
                        xOff + panels.at(p),
                        panels.stride(),
                        gradient,
                        head.weights + p * panels.columns(),
                        inputs);
            }
            k.rowSums(head.outputs, rows, dOut[h], 0, capacity, gradient, head.biases);
        }
    }

    /**
     * Computes the gradient of the inputs into {@code d}.
     *
     * @param zeros at least {@code inputs} zeros
     * @param panels how {@code d} lies
     */
    void inputGradient(
            Kernels k,
            float[] params,
            long version,
            int rows,
            float[][] dOut,
            Memory memory,
            float[] zeros,
            float[] d,
            Panels panels) {
        memory.copyWeights(params, version);
        float[] columns = memory.columns;
        int capacity = memory.capacity;
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            for (int j = 0; j < head.outputs; j++) {
                System.arraycopy(dOut[h], j * capacity, columns, (head.first + j) * capacity, rows);
            }
        }
        for (int p = 0; p < panels.count(); p++) {
            k.multiplyTransposedFromRow(
                    rows,
                    outputs,
                    panels.part(p),
                    columns,
                    0,
                    capacity,
                    memory.weights,
                    p * panels.columns(),
                    inputs,
                    zeros,
                    0,
                    d,
                    panels.at(p),
                    panels.stride());
        }
    }
}
