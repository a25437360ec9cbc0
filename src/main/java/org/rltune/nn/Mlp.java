package org.rltune.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;

/**
 * A multilayer perceptron as actor-critic: hidden layers, a linear policy head and a linear value head.
 *
 * <p>Parameters stand in one array, in this order, as {@link #segments()} lists them. Hidden weights are input-major
 * (row i holds the weights of input i), head weights output-major.
 * <pre>
 *   shared:   trunk.hidden.0.weight, trunk.hidden.0.bias, ..., policy.head.weight, policy.head.bias,
 *             value.head.weight, value.head.bias [, log_std]
 *   separate: policy.hidden.0.weight, ..., policy.head.bias, value.hidden.0.weight, ..., value.head.bias [, log_std]
 * </pre>
 *
 * A state-independent log std, if there is one, is copied to every row of the second half of the policy output.
 */
public final class Mlp implements ActorCritic {
    /** Gain of the hidden layers, as in Stable-Baselines3; those of the heads are 0.01 and 1. */
    private static final double HIDDEN_GAIN = Math.sqrt(2);

    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;

    private final MlpConfig config;
    private final Kernels kernels;
    private final HiddenStack policyStack;
    /** The same object as {@link #policyStack} if the layers are shared. */
    private final HiddenStack valueStack;

    private final Head policyHead;
    private final Head valueHead;
    private final int logStd;
    private final List<ParameterSegment> segments;
    private final float[] parameters;

    /** A network of that shape on the best kernels; all parameters are 0. */
    public Mlp(MlpConfig config) {
        this(config, Kernels.best());
    }

    /** A network of that shape on the given kernels; all parameters are 0. */
    public Mlp(MlpConfig config, Kernels kernels) {
        this.config = config;
        this.kernels = kernels;
        ParameterLayout layout = new ParameterLayout();
        boolean shared = config.vfShareLayers();
        policyStack = stack(shared ? "trunk" : "policy", layout);
        policyHead = new Head("policy", policyStack.outputs(), config.headOutputs(), layout);
        valueStack = shared ? policyStack : stack("value", layout);
        valueHead = new Head("value", valueStack.outputs(), 1, layout);
        logStd = config.freeLogStd() ? layout.add("log_std", 1, config.headOutputs()) : -1;
        segments = layout.segments();
        parameters = new float[layout.size()];
    }

    private HiddenStack stack(String name, ParameterLayout layout) {
        return new HiddenStack(name, config.observationSize(), config.hiddens(), config.activation(), layout);
    }

    /**
     * Draws new parameters: orthogonal weights with gain sqrt(2) in hidden layers, 0.01 in the policy head and 1 in the
     * value head; biases 0; log std as given (the scheme of Stable-Baselines3).
     *
     * @param logStdInit initial log std; without effect if the network has none
     */
    public void initialize(Pcg64 random, double logStdInit) {
        Check.finite("log_std_init", logStdInit);
        for (ParameterSegment segment : segments) {
            int end = segment.offset() + segment.size();
            if (segment.name().endsWith(".weight")) {
                Orthogonal.fill(
                        parameters, segment.offset(), segment.rows(), segment.columns(), gain(segment.name()), random);
            } else {
                boolean isLogStd = segment.offset() == logStd;
                Arrays.fill(parameters, segment.offset(), end, isLogStd ? (float) logStdInit : 0f);
            }
        }
    }

    private static double gain(String name) {
        return switch (name) {
            case "policy.head.weight" -> POLICY_GAIN;
            case "value.head.weight" -> VALUE_GAIN;
            default -> HIDDEN_GAIN;
        };
    }

    /** The parts of the parameters, in order, without gaps. */
    public List<ParameterSegment> segments() {
        return segments;
    }

    /** The shape. */
    public MlpConfig config() {
        return config;
    }

    @Override
    public int observationSize() {
        return config.observationSize();
    }

    @Override
    public int policyOutputs() {
        return config.policyOutputs();
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public Map<String, Object> describe() {
        return config.toMap();
    }

    @Override
    public Workspace workspace(int maxRows) {
        return new MlpWorkspace(this, maxRows);
    }

    @Override
    public void forward(Workspace w, float[] observations, int offset, int rows) {
        MlpWorkspace work = own(w);
        if (rows < 1 || rows > w.capacity) {
            throw new IllegalArgumentException("rows is " + rows + ", but it must lie in [1, " + w.capacity
                    + "], the capacity of the workspace. Make a larger workspace, or several calls.");
        }
        policyStack.forward(kernels, parameters, observations, offset, rows, work.policyLayers);
        float[] headInput = work.headInput(work.policyLayers, observations);
        int headOffset = work.headOffset(offset);
        int stride = policyStack.outputStride();
        policyHead.turn(headInput, headOffset, stride, rows, work.turned);
        policyHead.forward(kernels, parameters, headInput, headOffset, stride, rows, work.turned, w.policy, w.capacity);
        if (!config.vfShareLayers()) {
            valueStack.forward(kernels, parameters, observations, offset, rows, work.valueLayers);
            headInput = work.headInput(work.valueLayers, observations);
            valueHead.turn(headInput, headOffset, stride, rows, work.turned);
        }
        valueHead.forward(kernels, parameters, headInput, headOffset, stride, rows, work.turned, w.value, w.capacity);
        if (config.freeLogStd()) {
            for (int j = 0; j < config.headOutputs(); j++) {
                int column = (config.headOutputs() + j) * w.capacity;
                Arrays.fill(w.policy, column, column + rows, parameters[logStd + j]);
            }
        }
        work.rows = rows;
    }

    @Override
    public void backward(Workspace w, float[] observations, int offset, int rows) {
        MlpWorkspace work = own(w);
        if (rows != work.rows) {
            throw new IllegalStateException("backward has " + rows + " rows, but the last forward had " + work.rows
                    + ". Call forward on the same rows first.");
        }
        boolean hidden = policyStack.layers() > 0;
        int stride = policyStack.outputStride();
        float[] policyInput = work.headInput(work.policyLayers, observations);
        float[] valueInput = work.headInput(work.valueLayers, observations);
        int headOffset = work.headOffset(offset);
        policyHead.backward(kernels, policyInput, headOffset, stride, rows, w.policyGradient, w.capacity, w.gradient);
        valueHead.backward(kernels, valueInput, headOffset, stride, rows, w.valueGradient, w.capacity, w.gradient);
        if (hidden) {
            Arrays.fill(work.delta, 0, rows * stride, 0f);
            policyHead.inputGradient(kernels, parameters, rows, w.policyGradient, w.capacity, work.delta, stride);
            if (!config.vfShareLayers()) {
                hiddenBackward(policyStack, work, work.policyTransposed, work.policyLayers, observations, offset, rows);
                Arrays.fill(work.delta, 0, rows * stride, 0f);
            }
            valueHead.inputGradient(kernels, parameters, rows, w.valueGradient, w.capacity, work.delta, stride);
            hiddenBackward(valueStack, work, work.valueTransposed, work.valueLayers, observations, offset, rows);
        }
        if (config.freeLogStd()) {
            int first = config.headOutputs() * w.capacity;
            kernels.rowSums(config.headOutputs(), rows, w.policyGradient, first, w.capacity, w.gradient, logStd);
        }
    }

    private void hiddenBackward(
            HiddenStack stack,
            MlpWorkspace work,
            TransposedWeights[] transposed,
            float[][] layers,
            float[] observations,
            int offset,
            int rows) {
        stack.backward(
                kernels,
                parameters,
                transposed,
                observations,
                offset,
                rows,
                layers,
                work.delta,
                work.spare,
                work.gradient);
    }

    private MlpWorkspace own(Workspace w) {
        if (w instanceof MlpWorkspace work && work.owner == this) {
            return work;
        }
        throw new IllegalArgumentException(
                "The workspace belongs to another network. Use one that this network's workspace(maxRows) made.");
    }

    /** Activations and their gradients. */
    private static final class MlpWorkspace extends Workspace {
        private final Mlp owner;
        private final float[][] policyLayers;
        /** The same as {@link #policyLayers} if the layers are shared. */
        private final float[][] valueLayers;

        private final TransposedWeights[] policyTransposed;
        /** The same as {@link #policyTransposed} if the layers are shared. */
        private final TransposedWeights[] valueTransposed;

        /** What the heads see, turned. */
        private final float[] turned;

        private final float[] delta;
        private final float[] spare;
        /** Rows of the last forward; 0 before the first. */
        private int rows;

        MlpWorkspace(Mlp owner, int maxRows) {
            super(maxRows, owner.policyOutputs(), owner.parameters.length);
            this.owner = owner;
            policyLayers = owner.policyStack.activations(maxRows);
            valueLayers = owner.config.vfShareLayers() ? policyLayers : owner.valueStack.activations(maxRows);
            int widest = owner.config.hiddens().stream()
                    .mapToInt(width -> width)
                    .max()
                    .orElse(0);
            policyTransposed = owner.policyStack.transposedWeights();
            valueTransposed = owner.config.vfShareLayers() ? policyTransposed : owner.valueStack.transposedWeights();
            turned = new float[maxRows * owner.policyStack.outputs()];
            delta = new float[maxRows * HiddenStack.stride(widest)];
            spare = new float[maxRows * HiddenStack.stride(widest)];
        }

        /** What the heads see: the last layer, or the observations if there is none. */
        float[] headInput(float[][] layers, float[] observations) {
            return layers.length > 0 ? layers[layers.length - 1] : observations;
        }

        int headOffset(int offset) {
            return policyLayers.length > 0 ? 0 : offset;
        }
    }
}
