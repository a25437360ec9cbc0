package org.rltune.rollout;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;

/**
 * What the environments said and got beside a {@link RolloutBatch}, as columns with the same rows: for callbacks and for
 * files of trajectories. A worker without one does none of this work.
 *
 * <p>Row {@code t * envs + e} as in the batch. Columns that speak of where a row begins have the rows of one step more:
 * those that the next fragment begins with. An episode that was thrown away because its environment failed leaves nothing
 * behind: its rows of the fragment are written again.
 */
public final class RolloutRecord {
    private final int envs;
    private final int observationSize;
    private final int actionSize;
    private int rows;

    /** Observations stepped from as the environments gave them, in flat form, {@code observationSize} a row; one step more. */
    public float[] observation = {};
    /** The observation that the step gave, the last one of an episode that ended included, {@code observationSize} a row. */
    public float[] nextObservation = {};
    /** Actions as the environments got them, in the form of {@link org.rltune.env.FlatActions}, {@code actionSize} a row. */
    public float[] action = {};
    /** Rewards as the environments gave them. */
    public double[] reward = {};
    /** Whether a limit cut the episode here. */
    public boolean[] truncated = {};
    /** Number of the environment's episode that the row belongs to; one step more. */
    public long[] episode = {};
    /** What the step told beside its observation; empty maps for nothing. */
    public Map<String, Object>[] info = empty(0);
    /** What was told with the observation stepped from: where an episode begins, by its reset; one step more. */
    public Map<String, Object>[] before = empty(0);

    /**
     * Makes an empty record.
     *
     * @param envs environments of all workers together
     * @param observationSize floats of an environment's observation
     * @param actionSize floats of an environment's action
     */
    public RolloutRecord(int envs, int observationSize, int actionSize) {
        this.envs = envs;
        this.observationSize = observationSize;
        this.actionSize = actionSize;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Map<String, Object>[] empty(int length) {
        Map<String, Object>[] maps = new Map[length];
        Arrays.fill(maps, Map.of());
        return maps;
    }

    /** Makes room for {@code steps} steps of every environment; what the arrays held is lost. */
    public void resize(int steps) {
        rows = Math.multiplyExact(steps, envs);
        if (reward.length >= rows) {
            return;
        }
        int oneMore = rows + envs;
        observation = new float[Math.multiplyExact(oneMore, observationSize)];
        nextObservation = new float[rows * observationSize];
        action = new float[rows * actionSize];
        reward = new double[rows];
        truncated = new boolean[rows];
        episode = new long[oneMore];
        info = empty(rows);
        before = empty(oneMore);
    }

    /** Returns the number of rows, steps times environments. */
    public int rows() {
        return rows;
    }

    /** Returns the environments of all workers together. */
    public int envs() {
        return envs;
    }

    /** Returns the floats of an observation. */
    public int observationSize() {
        return observationSize;
    }

    /** Returns the floats of an action. */
    public int actionSize() {
        return actionSize;
    }

    /** Writes where {@code count} environments from {@code first} of a worker stand, from this row on. */
    void reached(int row, int first, int count, VectorEnv env, VectorStep step) {
        System.arraycopy(
                step.observation, first * observationSize, observation, row * observationSize, count * observationSize);
        for (int i = 0; i < count; i++) {
            episode[row + i] = env.episode(first + i);
            before[row + i] = kept(step.info(first + i));
        }
    }

    /** Writes the actions that {@code count} environments are about to get. */
    void acted(int row, int count, float[] envAction) {
        System.arraycopy(envAction, 0, action, row * actionSize, count * actionSize);
    }

    /** Writes what the step gave to {@code count} environments from {@code first} of the worker whose rows begin here. */
    void stepped(int workerRow, int first, int count, VectorStep step) {
        for (int e = first; e < first + count; e++) {
            int row = workerRow + e;
            boolean ended = step.ended(e);
            float[] reached = ended ? step.finalObservation : step.observation;
            System.arraycopy(reached, e * observationSize, nextObservation, row * observationSize, observationSize);
            reward[row] = step.reward[e];
            truncated[row] = step.truncated[e];
            info[row] = kept(ended ? step.finalInfo(e) : step.info(e));
        }
    }

    /** An environment may fill the same map at every step. */
    private static Map<String, Object> kept(Map<String, Object> told) {
        return told.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(told));
    }
}
