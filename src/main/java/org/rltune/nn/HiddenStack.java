package org.rltune.nn;

import java.util.Arrays;
import java.util.List;

/** The hidden layers of a network: y = f(x W + b) for each, on parameters that lie in one flat array. */
final class HiddenStack {
    /** Width of the input, then of each layer. */
    private final int[] widths;

    private final int[] weights;
    private final int[] biases;
    private final Activation activation;

    /** Layers whose parameters come one after the other in {@code layout}. */
    HiddenStack(String name, int inputs, List<Integer> hiddens, Activation activation, ParameterLayout layout) {
        this.activation = activation;
        widths = new int[hiddens.size() + 1];
        weights = new int[hiddens.size()];
        biases = new int[hiddens.size()];
        widths[0] = inputs;
        for (int l = 0; l < hiddens.size(); l++) {
            widths[l + 1] = hiddens.get(l);
            weights[l] = layout.add(name + ".hidden." + l + ".weight", widths[l], widths[l + 1]);
            biases[l] = layout.add(name + ".hidden." + l + ".bias", 1, widths[l + 1]);
        }
    }

    int layers() {
        return weights.length;
    }

    /** Width of what the heads see. */
    int outputs() {
        return widths[widths.length - 1];
    }

    /** Arrays for the activations of each layer. */
    float[][] activations(int maxRows) {
        float[][] y = new float[layers()][];
        for (int l = 0; l < layers(); l++) {
            y[l] = new float[maxRows * widths[l + 1]];
        }
        return y;
    }

    void forward(Kernels k, float[] params, float[] observations, int offset, int rows, float[][] y) {
        float[] x = observations;
        int xOff = offset;
        for (int l = 0; l < layers(); l++) {
            int in = widths[l];
            int out = widths[l + 1];
            for (int i = 0; i < rows; i++) {
                System.arraycopy(params, biases[l], y[l], i * out, out);
            }
            k.multiply(rows, in, out, x, xOff, in, params, weights[l], out, y[l], 0, out);
            activation.apply(k, rows * out, y[l]);
            x = y[l];
            xOff = 0;
        }
    }

    /**
     * Adds the gradient of the parameters.
     *
     * @param d dLoss / dOutput of the last layer, row-major; overwritten
     * @param spare as long as {@code d}; overwritten
     */
    void backward(
            Kernels k,
            float[] params,
            float[] observations,
            int offset,
            int rows,
            float[][] y,
            float[] d,
            float[] spare,
            float[] gradient) {
        for (int l = layers() - 1; l >= 0; l--) {
            int in = widths[l];
            int out = widths[l + 1];
            float[] x = l > 0 ? y[l - 1] : observations;
            int xOff = l > 0 ? 0 : offset;
            activation.gradient(k, rows * out, y[l], d);
            k.multiplyTransposed(in, rows, out, x, xOff, in, d, 0, out, gradient, weights[l], out);
            k.columnSums(rows, out, d, 0, out, gradient, biases[l]);
            if (l > 0) {
                Arrays.fill(spare, 0, rows * in, 0f);
                k.multiplyByTransposed(rows, out, in, d, 0, out, params, weights[l], out, spare, 0, in);
                float[] next = spare;
                spare = d;
                d = next;
            }
        }
    }
}
