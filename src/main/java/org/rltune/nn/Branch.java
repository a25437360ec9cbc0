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
        private final float[][] activations;
        private final LayerWeights[] weights;
        private final Heads.Memory columns;

        Memory(int maxRows) {
            activations = hidden.activations(maxRows);
            weights = hidden.weights();
            columns = heads.new Memory(maxRows);
        }

        /** What the heads see: the last layer, or the observations if there is none. */
        private float[] features(float[] observations) {
            return activations.length > 0 ? activations[activations.length - 1] : observations;
        }
    }

    private int featuresOffset(int offset) {
        return hidden.layers() > 0 ? 0 : offset;
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
        hidden.forward(k, params, version, observations, offset, rows, memory.activations, memory.weights);
        float[] features = memory.features(observations);
        heads.forward(k, params, features, featuresOffset(offset), hidden.outputStride(), rows, memory.columns, out);
    }

    /**
     * Adds the gradient of the parameters.
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
            float[] gradient) {
        float[] features = memory.features(observations);
        int stride = hidden.outputStride();
        heads.backward(k, features, featuresOffset(offset), stride, rows, dOut, memory.columns, gradient);
        if (hidden.layers() > 0) {
            heads.inputGradient(k, params, rows, dOut, memory.columns, delta.zeros, delta.last, stride);
            hidden.backward(
                    k,
                    params,
                    version,
                    observations,
                    offset,
                    rows,
                    memory.activations,
                    memory.weights,
                    delta,
                    gradient);
        }
    }

    /** Gradients of two layers at a time, which branches may share, and zeros to start from. */
    static final class Delta {
        final float[] last;
        final float[] spare;
        final float[] zeros;

        Delta(int maxRows, List<Integer> hiddens) {
            int widest = hiddens.stream().mapToInt(width -> width).max().orElse(0);
            last = new float[maxRows * HiddenStack.stride(widest)];
            spare = new float[maxRows * HiddenStack.stride(widest)];
            zeros = new float[widest];
        }
    }
}
