package org.rltune.nn;

import java.util.List;

/**
 * The hidden layers of a network: y = f(x W + b) for each, on parameters that lie in one flat array.
 *
 * <p>Activations and their gradients are rows of {@link #stride} floats; what is beyond the width of the layer is never used.
 */
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

    /**
     * Floats from one row of activations to the next. Rows of 128 floats and more are set apart by 16 others, since rows
     * that lie a large power of two apart share a few sets of the cache.
     */
    static int stride(int width) {
        return width >= 128 ? width + 16 : width;
    }

    /** {@link #stride} of what the heads see. */
    int outputStride() {
        return layers() > 0 ? stride(outputs()) : outputs();
    }

    /** Arrays for the activations of each layer. */
    float[][] activations(int maxRows) {
        float[][] y = new float[layers()][];
        for (int l = 0; l < layers(); l++) {
            y[l] = new float[maxRows * stride(widths[l + 1])];
        }
        return y;
    }

    /** Memory for copies of the weights of each layer. */
    LayerWeights[] weights() {
        LayerWeights[] all = new LayerWeights[layers()];
        for (int l = 0; l < layers(); l++) {
            all[l] = new LayerWeights(widths[l], widths[l + 1], weights[l]);
        }
        return all;
    }

    /** Computes the activations {@code y} of each layer. */
    void forward(
            Kernels k,
            float[] params,
            long version,
            float[] observations,
            int offset,
            int rows,
            float[][] y,
            LayerWeights[] copies) {
        float[] x = observations;
        int xOff = offset;
        int xStride = widths[0];
        for (int l = 0; l < layers(); l++) {
            int stride = stride(widths[l + 1]);
            copies[l].multiply(k, params, version, rows, x, xOff, xStride, biases[l], y[l], stride);
            activation.apply(k, rows * stride, y[l]);
            x = y[l];
            xOff = 0;
            xStride = stride;
        }
    }

    /**
     * Adds the gradient of the parameters.
     *
     * @param delta holds dLoss / dOutput of the last layer as its last, in rows of {@link #stride}; overwritten
     */
    void backward(
            Kernels k,
            float[] params,
            long version,
            float[] observations,
            int offset,
            int rows,
            float[][] y,
            LayerWeights[] copies,
            Branch.Delta delta,
            float[] gradient) {
        float[] d = delta.last;
        float[] spare = delta.spare;
        for (int l = layers() - 1; l >= 0; l--) {
            int in = widths[l];
            int out = widths[l + 1];
            int dStride = stride(out);
            float[] x = l > 0 ? y[l - 1] : observations;
            int xOff = l > 0 ? 0 : offset;
            int xStride = l > 0 ? stride(in) : in;
            activation.gradient(k, rows * dStride, y[l], d);
            k.multiplyTransposed(in, rows, out, x, xOff, xStride, d, 0, dStride, gradient, weights[l], out);
            k.columnSums(rows, out, d, 0, dStride, gradient, biases[l]);
            if (l > 0) {
                copies[l].multiplyByTransposed(k, params, version, rows, d, dStride, delta.zeros, spare, xStride);
                float[] next = spare;
                spare = d;
                d = next;
            }
        }
    }
}
