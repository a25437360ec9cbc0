package org.rltune.nn;

import java.util.Arrays;

/**
 * A linear output layer: out = W x + b, with W output-major, from rows of x to columns of out.
 *
 * <p>A head has few outputs, so vectors run over the rows. For that x is turned first; both heads of shared layers use the
 * same turned x ({@link #turn}).
 */
final class Head {
    /** Rows that are turned together; what is left of them is computed row by row. */
    private static final int BLOCK = 16;

    private final int inputs;
    private final int outputs;
    private final int weights;
    private final int biases;

    Head(String name, int inputs, int outputs, ParameterLayout layout) {
        this.inputs = inputs;
        this.outputs = outputs;
        weights = layout.add(name + ".head.weight", outputs, inputs);
        biases = layout.add(name + ".head.bias", 1, outputs);
    }

    /** Turns the rows of x that come in whole blocks. */
    void turn(float[] x, int xOff, int xStride, int rows, float[] turned) {
        int whole = rows - rows % BLOCK;
        Transposition.of(whole, inputs, x, xOff, xStride, turned, 0, whole);
    }

    /** Computes the outputs; {@code turned} is what {@link #turn} made of the same rows. */
    void forward(
            Kernels k,
            float[] params,
            float[] x,
            int xOff,
            int xStride,
            int rows,
            float[] turned,
            float[] out,
            int capacity) {
        for (int j = 0; j < outputs; j++) {
            Arrays.fill(out, j * capacity, j * capacity + rows, params[biases + j]);
        }
        int whole = rows - rows % BLOCK;
        if (whole > 0) {
            k.multiply(outputs, inputs, whole, params, weights, inputs, turned, 0, whole, out, 0, capacity);
        }
        if (whole < rows) {
            int from = xOff + whole * xStride;
            k.multiplyByTransposed(
                    outputs, inputs, rows - whole, params, weights, inputs, x, from, xStride, out, whole, capacity);
        }
    }

    /** Adds the gradient of the parameters. */
    void backward(Kernels k, float[] x, int xOff, int xStride, int rows, float[] dOut, int capacity, float[] gradient) {
        k.multiply(outputs, rows, inputs, dOut, 0, capacity, x, xOff, xStride, gradient, weights, inputs);
        k.rowSums(outputs, rows, dOut, 0, capacity, gradient, biases);
    }

    /** Adds the gradient of the inputs. */
    void inputGradient(Kernels k, float[] params, int rows, float[] dOut, int capacity, float[] d, int dStride) {
        k.multiplyTransposed(rows, outputs, inputs, dOut, 0, capacity, params, weights, inputs, d, 0, dStride);
    }
}
