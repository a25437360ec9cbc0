package org.rltune.nn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Activations and copies of weights, for one workspace. */
    final class Memory {
        /** How the observations lie, then the activations of each layer. */
        private final Panels[] panels = new Panels[layers() + 1];

        private final float[][] activations = new float[layers()][];
        private final LayerWeights[] copies = new LayerWeights[layers()];

        Memory(Kernels k, int maxRows) {
            panels[0] = Panels.inRows(k, widths[0]);
            for (int l = 0; l < layers(); l++) {
                panels[l + 1] = Panels.of(k, widths[l + 1], maxRows);
                activations[l] = new float[panels[l + 1].size()];
                copies[l] = new LayerWeights(widths[l], widths[l + 1], weights[l]);
            }
        }

        /** What the heads see: the last layer, or the observations if there is none. */
        float[] features(float[] observations) {
            return layers() > 0 ? activations[layers() - 1] : observations;
        }

        /** How the features lie. */
        Panels featurePanels() {
            return panels[layers()];
        }
    }

    /** Computes the activations of each layer. */
    void forward(Kernels k, float[] params, long version, float[] observations, int offset, int rows, Memory memory) {
        float[] x = observations;
        int xOff = offset;
        for (int l = 0; l < layers(); l++) {
            float[] y = memory.activations[l];
            Panels panels = memory.panels[l + 1];
            memory.copies[l].multiply(k, params, version, rows, x, xOff, memory.panels[l], biases[l], y, panels);
            for (int p = 0; p < panels.count(); p++) {
                activation.apply(k, rows * panels.stride(), y, panels.at(p));
            }
            x = y;
            xOff = 0;
        }
    }

    /**
     * Adds the gradient of the parameters, or begins with it.
     *
     * @param delta holds dLoss / dOutput of the last layer as its last, laid out as the features; overwritten
     * @param begins whether what {@code gradient} holds counts as 0
     */
    void backward(
            Kernels k,
            float[] params,
            long version,
            float[] observations,
            int offset,
            int rows,
            Memory memory,
            Branch.Delta delta,
            boolean begins,
            float[] gradient) {
        float[] d = delta.last;
        float[] spare = delta.spare;
        for (int l = layers() - 1; l >= 0; l--) {
            float[] x = l > 0 ? memory.activations[l - 1] : observations;
            int xOff = l > 0 ? 0 : offset;
            Panels panels = memory.panels[l + 1];
            if (begins) {
                Arrays.fill(gradient, biases[l], biases[l] + widths[l + 1], 0f);
            }
            for (int p = 0; p < panels.count(); p++) {
                activation.gradient(
                        k,
                        rows,
                        panels.part(p),
                        memory.activations[l],
                        d,
                        panels.at(p),
                        panels.stride(),
                        gradient,
                        biases[l] + p * panels.columns());
            }
            weightGradient(k, l, rows, x, xOff, memory.panels[l], d, panels, begins ? delta.zeros : null, gradient);
            if (l > 0) {
                memory.copies[l].multiplyByTransposed(
                        k, params, version, rows, d, panels, delta.zeros, spare, memory.panels[l]);
                float[] next = spare;
                spare = d;
                d = next;
            }
        }
    }

    /** With zeros to start from the product is written, otherwise added. */
    private void weightGradient(
            Kernels k,
            int layer,
            int rows,
            float[] x,
            int xOff,
            Panels inputs,
            float[] d,
            Panels outputs,
            float @Nullable [] zeros,
            float[] gradient) {
        int columns = widths[layer + 1];
        for (int i = 0; i < inputs.count(); i++) {
            int first = weights[layer] + i * inputs.columns() * columns;
            for (int j = 0; j < outputs.count(); j++) {
                if (zeros != null) {
                    k.multiplyTransposedFromRow(
                            inputs.part(i),
                            rows,
                            outputs.part(j),
                            x,
                            xOff + inputs.at(i),
                            inputs.stride(),
                            d,
                            outputs.at(j),
                            outputs.stride(),
                            zeros,
                            0,
                            gradient,
                            first + j * outputs.columns(),
                            columns);
                    continue;
                }
                k.multiplyTransposed(
                        inputs.part(i),
                        rows,
                        outputs.part(j),
                        x,
                        xOff + inputs.at(i),
                        inputs.stride(),
                        d,
                        outputs.at(j),
                        outputs.stride(),
                        gradient,
                        first + j * outputs.columns(),
                        columns);
            }
        }
    }
}
