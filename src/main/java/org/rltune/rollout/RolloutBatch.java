package org.rltune.rollout;

/**
 * The experience of one training iteration, as columns in flat arrays.
 *
 * <p>Time-major: the sample of environment {@code e} at step {@code t} is row {@code t * envs + e}; a column with
 * {@code n} numbers a sample holds those of row {@code r} at {@code [r * n, (r + 1) * n)}. The arrays are allocated for
 * the largest batch so far and reused; only the first {@link #rows()} rows count.
 */
public final class RolloutBatch {
    private final int envs;
    private final int observationSize;
    private final int actionSize;
    private final int policyInputs;
    private int steps;

    /** Observations stepped from, {@code observationSize} a row. */
    public float[] observation = {};
    /** Raw actions as drawn from the policy, before scaling and clipping, {@code actionSize} a row. */
    public float[] action = {};
    /** Log-probability of the raw action under the policy that drew it. */
    public float[] logProb = {};
    /** Inputs of the action distribution when the action was drawn, {@code policyInputs} a row. */
    public float[] policyInput = {};
    /** Reward of the step. */
    public float[] reward = {};
    /** Value of the observation stepped from. */
    public float[] value = {};
    /**
     * Value of the observation reached: that of the next row of the environment, or of the final observation before the
     * reset if the episode was truncated here; 0 if it terminated here.
     */
    public float[] nextValue = {};
    /** Whether the task ended by its own rules: the future is worth nothing. */
    public boolean[] terminated = {};
    /** Whether the episode ended here, terminated or truncated: advantages do not flow over this row. */
    public boolean[] ended = {};
    /** Advantage, filled by {@link Gae}. */
    public float[] advantage = {};
    /** Target of the value function, advantage plus value, filled by {@link Gae}. */
    public float[] valueTarget = {};

    /**
     * Makes an empty batch.
     *
     * @param envs environments of all workers together
     * @param observationSize numbers in an observation
     * @param actionSize numbers in an action
     * @param policyInputs inputs of the action distribution
     */
    public RolloutBatch(int envs, int observationSize, int actionSize, int policyInputs) {
        this.envs = envs;
        this.observationSize = observationSize;
        this.actionSize = actionSize;
        this.policyInputs = policyInputs;
    }

    /** Makes room for {@code steps} steps of every environment; what the arrays held is lost. */
    public void resize(int steps) {
        this.steps = steps;
        int rows = rows();
        if (reward.length >= rows) {
            return;
        }
        observation = new float[rows * observationSize];
        action = new float[rows * actionSize];
        policyInput = new float[rows * policyInputs];
        logProb = new float[rows];
        reward = new float[rows];
        value = new float[rows];
        nextValue = new float[rows];
        advantage = new float[rows];
        valueTarget = new float[rows];
        terminated = new boolean[rows];
        ended = new boolean[rows];
    }

    /** Returns the steps of each environment. */
    public int steps() {
        return steps;
    }

    /** Returns the environments of all workers together. */
    public int envs() {
        return envs;
    }

    /** Returns the number of samples, steps times environments. */
    public int rows() {
        return Math.multiplyExact(steps, envs);
    }

    /** Returns the numbers in an observation. */
    public int observationSize() {
        return observationSize;
    }

    /** Returns the numbers in an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Returns the inputs of the action distribution. */
    public int policyInputs() {
        return policyInputs;
    }
}
