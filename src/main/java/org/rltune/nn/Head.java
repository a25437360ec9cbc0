package org.rltune.nn;

import java.util.Arrays;

/** A linear output layer: out = W x + b, with W output-major, from rows of x to columns of out. */
final class Head {
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

    void forward(Kernels k, float[] params, float[] x, int xOff, int rows, float[] out, int capacity) {
        for (int j = 0; j < outputs; j++) {
            Arrays.fill(out, j * capacity, j * capacity + rows, params[biases + j]);
        }
        k.multiplyByTransposed(outputs, inputs, rows, params, weights, inputs, x, xOff, inputs, out, 0, capacity);
    }

    /** Adds the gradient of the parameters. */
    void backward(Kernels k, float[] x, int xOff, int rows, float[] dOut, int capacity, float[] gradient) {
        k.multiply(outputs, rows, inputs, dOut, 0, capacity, x, xOff, inputs, gradient, weights, inputs);
        k.rowSums(outputs, rows, dOut, 0, capacity, gradient, biases);
    }

    /** Adds the gradient of the inputs. */
    void inputGradient(Kernels k, float[] params, int rows, float[] dOut, int capacity, float[] d) {
        k.multiplyTransposed(rows, outputs, inputs, dOut, 0, capacity, params, weights, inputs, d, 0, inputs);
    }
}
