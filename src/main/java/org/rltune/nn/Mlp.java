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
 * State-independent log std, if there are any, are copied to every row of the last columns of the policy output. With gSDE
 * log_std is a matrix (latent features, actions), see {@link StateDependentNoise}.
 */
public final class Mlp implements ActorCritic, StateDependentNoise {
    /** Gain of the hidden layers, as in Stable-Baselines3; those of the heads are 0.01 and 1. */
    private static final double HIDDEN_GAIN = Math.sqrt(2);

    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;

    private final MlpConfig config;
    private final Kernels kernels;
    /** One for policy and value together if they share their layers, else one for each. */
    private final List<Branch> branches;

    private final int logStd;
    private final StateDependentStd stateStd;
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
        int outputs = config.headOutputs();
        branches = config.vfShareLayers()
                ? List.of(new Branch("trunk", config, List.of("policy", "value"), List.of(outputs, 1), layout))
                : List.of(
                        new Branch("policy", config, List.of("policy"), List.of(outputs), layout),
                        new Branch("value", config, List.of("value"), List.of(1), layout));
        int latent = config.useGsde() ? branches.get(0).latentSize() : 1;
        logStd = config.logStds() > 0 ? layout.add("log_std", latent, config.logStds()) : -1;
        stateStd = new StateDependentStd(config.useGsde() ? latent : 0, config.logStds(), logStd);
        segments = layout.segments();
        parameters = new float[layout.size()];
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
        forward(w, observations, offset, rows, branches.size());
    }

    /** Leaves out the layers of the value, where they are its own. */
    @Override
    public void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        forward(w, observations, offset, rows, 1);
        own(w).rows = 0;
    }

    private void forward(Workspace w, float[] observations, int offset, int rows, int count) {
        MlpWorkspace work = own(w);
        if (rows < 1 || rows > w.capacity) {
            throw new IllegalArgumentException("rows is " + rows + ", but it must lie in [1, " + w.capacity
                    + "], the capacity of the workspace. Make a larger workspace, or several calls.");
        }
        for (int b = 0; b < count; b++) {
            Branch.Memory memory = work.memories[b];
            branches.get(b)
                    .forward(
                            kernels,
                            parameters,
                            w.parametersVersion,
                            observations,
                            offset,
                            rows,
                            memory,
                            work.outputs[b]);
        }
        work.rows = rows;
        if (config.useGsde()) {
            stateStd.forward(
                    parameters,
                    work.latent(observations),
                    branches.get(0).featuresAt(offset),
                    work.latentPanels(),
                    rows,
                    work.stdMemory,
                    w.policy,
                    config.headOutputs(),
                    w.capacity);
            return;
        }
        for (int j = 0; j < config.logStds(); j++) {
            int column = (config.headOutputs() + j) * w.capacity;
            Arrays.fill(w.policy, column, column + rows, parameters[logStd + j]);
        }
    }

    @Override
    public void backward(Workspace w, float[] observations, int offset, int rows) {
        MlpWorkspace work = own(w);
        if (rows != work.rows) {
            throw new IllegalStateException("backward has " + rows + " rows, but the last forward had " + work.rows
                    + ". Call forward on the same rows first.");
        }
        for (int b = 0; b < branches.size(); b++) {
            branches.get(b)
                    .backward(
                            kernels,
                            parameters,
                            w.parametersVersion,
                            observations,
                            offset,
                            rows,
                            work.memories[b],
                            work.outputGradients[b],
                            work.delta,
                            w.beginsGradient,
                            w.gradient);
        }
        if (w.beginsGradient && config.logStds() > 0) {
            int size = config.useGsde() ? stateStd.size() : config.logStds();
            Arrays.fill(w.gradient, logStd, logStd + size, 0f);
        }
        if (config.useGsde()) {
            stateStd.backward(
                    parameters,
                    work.latent(observations),
                    branches.get(0).featuresAt(offset),
                    work.latentPanels(),
                    rows,
                    work.stdMemory,
                    w.policyGradient,
                    config.headOutputs(),
                    w.capacity,
                    w.gradient);
        } else if (config.logStds() > 0) {
            int first = config.headOutputs() * w.capacity;
            kernels.rowSums(config.logStds(), rows, w.policyGradient, first, w.capacity, w.gradient, logStd);
        }
    }

    @Override
    public int noiseSize() {
        return stateStd.size();
    }

    @Override
    public void drawNoise(Pcg64 random, float[] theta, int at) {
        stateStd.draw(parameters, random, theta, at);
    }

    @Override
    public void noise(Workspace w, float[] observations, int offset, int row, float[] theta, int at, float[] noise) {
        MlpWorkspace work = own(w);
        stateStd.noise(
                work.latent(observations),
                branches.get(0).featuresAt(offset),
                work.latentPanels(),
                row,
                theta,
                at,
                noise);
    }

    private MlpWorkspace own(Workspace w) {
        if (w instanceof MlpWorkspace work && work.owner == this) {
            return work;
        }
        throw new IllegalArgumentException(
                "The workspace belongs to another network. Use one that this network's workspace(maxRows) made.");
    }

    /** The outputs of each branch's heads, the memory of each branch, and what they share. */
    private static final class MlpWorkspace extends Workspace {
        private final Mlp owner;
        private final Branch.Memory[] memories;
        private final float[][][] outputs;
        private final float[][][] outputGradients;
        private final Branch.Delta delta;
        private final StateDependentStd.Memory stdMemory;
        /** Rows of the last forward; 0 before the first. */
        private int rows;

        MlpWorkspace(Mlp owner, int maxRows) {
            super(maxRows, owner.policyOutputs(), owner.parameters.length);
            this.owner = owner;
            memories = new Branch.Memory[owner.branches.size()];
            Arrays.setAll(memories, b -> owner.branches.get(b).new Memory(owner.kernels, maxRows));
            boolean shared = owner.config.vfShareLayers();
            outputs = shared ? new float[][][] {{policy, value}} : new float[][][] {{policy}, {value}};
            outputGradients = shared
                    ? new float[][][] {{policyGradient, valueGradient}}
                    : new float[][][] {{policyGradient}, {valueGradient}};
            delta = new Branch.Delta(owner.kernels, maxRows, owner.config.hiddens());
            stdMemory = owner.stateStd.new Memory(owner.config.useGsde() ? maxRows : 0);
        }

        private float[] latent(float[] observations) {
            return owner.branches.get(0).features(memories[0], observations);
        }

        private Panels latentPanels() {
            return owner.branches.get(0).featurePanels(memories[0]);
        }
    }
}
