package org.rltune.nn;

import java.util.Map;

/**
 * A network whose rows of input end with a mask of allowed choices, one flag for each policy output: the logit of a choice
 * that is not allowed becomes {@link Categorical#FORBIDDEN}, and no gradient passes through it.
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
        this.features = inner.observationSize();
        this.choices = inner.policyOutputs();
    }

    /** Returns the network inside, which knows of no mask. */
    public ActorCritic inner() {
        return inner;
    }

    private static final class Memory extends Workspace {
        final Workspace inner;
        final float[] features;

        Memory(Workspace inner, int features, int choices, int parameters) {
            super(inner.capacity, choices, parameters);
            this.inner = inner;
            this.features = new float[inner.capacity * features];
        }
    }

    @Override
    public int observationSize() {
        return features + choices;
    }

    @Override
    public int policyOutputs() {
        return choices;
    }

    @Override
    public float[] parameters() {
        return inner.parameters();
    }

    @Override
    public Workspace workspace(int maxRows) {
        return new Memory(inner.workspace(maxRows), features, choices, parameters().length);
    }

    @Override
    public void forward(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = takeFeatures(w, observations, offset, rows);
        inner.forward(memory.inner, memory.features, 0, rows);
        System.arraycopy(memory.inner.value, 0, w.value, 0, rows);
        mask(memory, observations, offset, rows);
    }

    @Override
    public void forwardPolicy(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = takeFeatures(w, observations, offset, rows);
        inner.forwardPolicy(memory.inner, memory.features, 0, rows);
        mask(memory, observations, offset, rows);
    }

    private Memory takeFeatures(Workspace w, float[] observations, int offset, int rows) {
        Memory memory = (Memory) w;
        int size = observationSize();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(observations, offset + i * size, memory.features, i * features, features);
        }
        memory.inner.parametersVersion = w.parametersVersion;
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
        inner.backward(below, memory.features, 0, rows);
    }

    /** Describes the network inside: the mask follows from the spaces. */
    @Override
    public Map<String, Object> describe() {
        return inner.describe();
    }
}
