package org.rltune.nn;

import java.util.Arrays;
import java.util.List;

/**
 * Linear output layers on the same features, computed as one: out = W x + b, with W output-major, from rows of x to columns
 * of out.
 *
 * <p>Heads have few outputs. Those of shared layers go through one product together, since three columns take no longer
 * than one where vectors have sixteen lanes.
 */
final class Heads {
    /** From so many rows on, one product for all heads is faster than one for each, for all the copying around it. */
    private static final int MANY_ROWS = 8;

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

    /** The weights of all heads in one piece, and their outputs (then the gradients of these), for one workspace. */
    final class Memory {
        private final float[] weights = new float[outputs * inputs];
        private final float[] columns;
        private final int capacity;

        Memory(int capacity) {
            this.capacity = capacity;
            columns = new float[outputs * capacity];
        }

        private void gatherWeights(float[] params) {
            for (int h = 0; h < heads.size(); h++) {
                Head head = heads.get(h);
                System.arraycopy(params, head.weights, weights, head.first * inputs, head.outputs * inputs);
            }
        }
    }

    /**
     * Computes the outputs.
     *
     * @param out the columns of each head, {@code capacity} apart
     */
    void forward(
            Kernels k, float[] params, float[] x, int xOff, Panels panels, int rows, Memory memory, float[][] out) {
        int capacity = memory.capacity;
        boolean together = heads.size() > 1 && rows >= MANY_ROWS;
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            float[] columns = together ? memory.columns : out[h];
            int first = together ? head.first : 0;
            for (int j = 0; j < head.outputs; j++) {
                int column = (first + j) * capacity;
                Arrays.fill(columns, column, column + rows, params[head.biases + j]);
            }
            if (!together) {
                multiply(k, head.outputs, rows, params, head.weights, x, xOff, panels, columns, capacity);
            }
        }
        if (together) {
            memory.gatherWeights(params);
            multiply(k, outputs, rows, memory.weights, 0, x, xOff, panels, memory.columns, capacity);
            for (int h = 0; h < heads.size(); h++) {
                Head head = heads.get(h);
                for (int j = 0; j < head.outputs; j++) {
                    System.arraycopy(memory.columns, (head.first + j) * capacity, out[h], j * capacity, rows);
                }
            }
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
     * Adds the gradient of the parameters.
     *
     * @param dOut dLoss / dOutput: the columns of each head, {@code capacity} apart
     */
    void backward(
            Kernels k, float[] x, int xOff, Panels panels, int rows, float[][] dOut, Memory memory, float[] gradient) {
        int capacity = memory.capacity;
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
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
            int rows,
            float[][] dOut,
            Memory memory,
            float[] zeros,
            float[] d,
            Panels panels) {
        memory.gatherWeights(params);
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
