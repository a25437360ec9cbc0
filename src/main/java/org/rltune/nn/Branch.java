package org.rltune.nn;

import java.util.List;

/** Hidden layers with the heads on them: all of a network, if policy and value share their layers, else one half of it. */
final class Branch {
    private final int observationSize;
    private final HiddenStack hidden;
    private final Heads heads;

    /** A branch whose parameters come one after the other in {@code layout}. */
    Branch(String name, MlpConfig config, List<String> heads, List<Integer> outputs, ParameterLayout layout) {
        observationSize = config.observationSize();
        hidden = new HiddenStack(name, observationSize, config.hiddens(), config.activation(), layout);
        this.heads = new Heads(hidden.outputs(), heads, outputs, layout);
    }

    /** Activations and copies of weights, for one workspace. */
    final class Memory {
        private final HiddenStack.Memory hiddenMemory;
        private final Heads.Memory headMemory;

        Memory(Kernels k, int maxRows) {
            hiddenMemory = hidden.new Memory(k, maxRows);
            headMemory = heads.new Memory(maxRows);
        }
    }

    /** Computes the outputs of the heads into {@code out}, columns that are the workspace's capacity apart. */
    void forward(
            Kernels k,
            float[] params,
            long version,
            float[] observations,
            int offset,
            int rows,
            Memory memory,
            float[][] out) {
        HiddenStack.Memory layers = memory.hiddenMemory;
        hidden.forward(k, params, version, observations, offset, rows, layers);
        float[] features = layers.features(observations);
        heads.forward(
                k, params, version, features, featuresAt(offset), layers.featurePanels(), rows, memory.headMemory, out);
    }

    /**
     * Adds the gradient of the parameters, or begins with it.
     *
     * @param dOut dLoss / dOutput, laid out as the outputs of {@link #forward}
     * @param delta room for the gradient of a layer; overwritten
     */
    void backward(
            Kernels k,
            float[] params,
            long version,
            float[] observations,
            int offset,
            int rows,
            Memory memory,
            float[][] dOut,
            Delta delta,
            boolean begins,
            float[] gradient) {
        HiddenStack.Memory layers = memory.hiddenMemory;
        Panels panels = layers.featurePanels();
        float[] features = layers.features(observations);
        heads.backward(k, features, featuresAt(offset), panels, rows, dOut, memory.headMemory, begins, gradient);
        if (hidden.layers() > 0) {
            heads.inputGradient(k, params, version, rows, dOut, memory.headMemory, delta.zeros, delta.last, panels);
            hidden.backward(k, params, version, observations, offset, rows, layers, delta, begins, gradient);
        }
    }

    /** What the heads see of a row after {@link #forward}: an array, where it begins, and how it lies. */
    float[] features(Memory memory, float[] observations) {
        return memory.hiddenMemory.features(observations);
    }

    int featuresAt(int offset) {
        return hidden.layers() > 0 ? 0 : offset;
    }

    Panels featurePanels(Memory memory) {
        return memory.hiddenMemory.featurePanels();
    }

    int latentSize() {
        return hidden.outputs();
    }

    /** Gradients of two layers at a time, which branches may share, and zeros to start from. */
    static final class Delta {
        final float[] last;
        final float[] spare;
        final float[] zeros;

        Delta(Kernels k, int maxRows, List<Integer> hiddens) {
            int widest = hiddens.stream().mapToInt(width -> width).max().orElse(0);
            int size = hiddens.isEmpty() ? 0 : Panels.of(k, widest, maxRows).size();
            last = new float[size];
            spare = new float[size];
            zeros = new float[widest];
        }
    }
}
