package org.rltune.nn;

import java.util.Map;

/**
 * A network whose observations end with a mask of allowed choices, one flag for each policy output: the logit of a choice
 * that is not allowed becomes {@link Categorical#FORBIDDEN}, and no gradient passes through it. In a row of input the mask
 * stands between the features and what a network with memory needs.
 *
 * <p>So a mask takes the same way as the observation it belongs to, from the environment through the batch to the loss.
 * The value does not depend on the mask.
 */
public final class MaskedActorCritic implements ActorCritic {
    private final ActorCritic inner;
    private final int features;
    private final int choices;

    /** Masks the policy outputs of a network. */
    public MaskedActorCritic(ActorCritic inner) {
        this.inner = inner;
        this.features = inner.observationSize() - inner.memorySize();
        this.choices = inner.policyOutputs();
    }

    /** Returns the network inside, which knows of no mask. */
    public ActorCritic inner() {
        return inner;
    }

    private static final class Memory extends Workspace {
        final Workspace inner;
        /** Rows without the mask. */
        final float[] rows;

        Memory(Workspace inner, int rowSize, int choices, int parameters) {
            super(inner.capacity, choices, parameters, inner.state);
            this.inner = inner;
            this.rows = new float[inner.capacity * rowSize];
        }
    }

    @Override
    public int observationSize() {
        return inner.observationSize() + choices;
    }

    @Override
    public int stateSize() {
        return inner.stateSize();
    }

    @Override
    public int policyOutputs() {
        return choices;
    }

    @Override
    public int rowsPerCall() {
        return inner.rowsPerCall();
    }

    @Override
    public float[] parameters() {
        return inner.parameters();
    }

    @Override
    public Workspace workspace(int maxRows) {
        return new Memory(inner.workspace(maxRows), inner.observationSize(), choices, parameters().length);
    }

    @Override
    public void forward(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = withoutMask(w, observations, offset, rows);
        inner.forward(memory.inner, memory.rows, 0, rows);
        System.arraycopy(memory.inner.value, 0, w.value, 0, rows);
        mask(memory, observations, offset, rows);
    }

    @Override
    public void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = withoutMask(w, observations, offset, rows);
        inner.forwardPolicy(memory.inner, memory.rows, 0, rows);
        mask(memory, observations, offset, rows);
    }

    private Memory withoutMask(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = (Memory) w;
        int size = observationSize();
        int inside = inner.observationSize();
        int rest = inside - features;
        for (int i = 0; i < rows; i++) {
            int from = offset + i * size;
            System.arraycopy(observations, from, memory.rows, i * inside, features);
            System.arraycopy(observations, from + features + choices, memory.rows, i * inside + features, rest);
        }
        memory.inner.parametersVersion = w.parametersVersion;
        memory.inner.sequences = w.sequences;
        memory.inner.forwardOnly = w.forwardOnly;
        return memory;
    }

    private void mask(Memory w, float[] observations, int offset, int rows) {
        int size = observationSize();
        for (int j = 0; j < choices; j++) {
            for (int i = 0; i < rows; i++) {
                boolean allowed = observations[offset + i * size + features + j] != 0f;
                int at = j * w.capacity + i;
                w.policy[at] = allowed ? w.inner.policy[at] : Categorical.FORBIDDEN;
            }
        }
    }

    @Override
    public void backward(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = (Memory) w;
        int size = observationSize();
        Workspace below = memory.inner;
        for (int j = 0; j < choices; j++) {
            for (int i = 0; i < rows; i++) {
                boolean allowed = observations[offset + i * size + features + j] != 0f;
                int at = j * w.capacity + i;
                below.policyGradient[at] = allowed ? w.policyGradient[at] : 0f;
            }
        }
        System.arraycopy(w.valueGradient, 0, below.valueGradient, 0, rows);
        below.gradient = w.gradient;
        below.beginsGradient = w.beginsGradient;
        inner.backward(below, memory.rows, 0, rows);
    }

    /** Describes the network inside: the mask follows from the spaces. */
    @Override
    public Map<String, Object> describe() {
        return inner.describe();
    }
}
