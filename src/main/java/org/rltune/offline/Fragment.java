package org.rltune.offline;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive steps of one episode that were taken in one iteration. A column with {@code n} numbers a step holds those of
 * row {@code r} at {@code [r * n, (r + 1) * n)}. Equal if all numbers have the same bits.
 */
public final class Fragment {
    /** The trial's own training iteration, from 1. */
    public final long iteration;

    /** Number of the environment over all workers. */
    public final int env;

    /** Number of the episode: those of one environment and of all environments differ. */
    public final long episodeId;

    /** What the episode was reset with. */
    public final long episodeSeed;

    /** The task that the episode began with, or null where none was set; files of NumPy's format do not keep it. */
    public final @Nullable Object task;

    /** The number, from 0, of the first row's step in its episode. */
    public final int firstStep;

    /** Steps. */
    public final int rows;

    /** Observations stepped from as the environment gave them, in flat form. */
    public final float[] observation;

    /** Observations that the steps gave, the last one of the episode included. */
    public final float[] nextObservation;

    /** Actions as the environment got them, in the form of {@link org.rltune.env.FlatActions}. */
    public final float[] action;

    /** Actions as they were drawn from the policy, before scaling and clipping. */
    public final float[] rawAction;

    /** Rewards as the environment gave them. */
    public final double[] reward;

    /** Whether the task ended by its own rules. */
    public final boolean[] terminated;

    /** Whether a limit cut the episode. */
    public final boolean[] truncated;

    /** Log-probability of the raw action. */
    public final float[] logProb;

    /** The value function at the observation. */
    public final float[] value;

    /** Room for so many rows with these numbers a row. */
    Fragment(
            long iteration,
            int env,
            long episodeId,
            long episodeSeed,
            @Nullable Object task,
            int firstStep,
            int rows,
            TrajectoryInfo info) {
        this.iteration = iteration;
        this.env = env;
        this.episodeId = episodeId;
        this.episodeSeed = episodeSeed;
        this.task = task;
        this.firstStep = firstStep;
        this.rows = rows;
        observation = new float[Math.multiplyExact(rows, info.observationSize())];
        nextObservation = new float[observation.length];
        action = new float[Math.multiplyExact(rows, info.actionSize())];
        rawAction = new float[Math.multiplyExact(rows, info.rawActionSize())];
        reward = new double[rows];
        terminated = new boolean[rows];
        truncated = new boolean[rows];
        logProb = new float[rows];
        value = new float[rows];
    }

    /** Whether the episode ended with the last row. */
    public boolean ended() {
        return terminated[rows - 1] || truncated[rows - 1];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fragment fragment
                && iteration == fragment.iteration
                && env == fragment.env
                && episodeId == fragment.episodeId
                && episodeSeed == fragment.episodeSeed
                && firstStep == fragment.firstStep
                && rows == fragment.rows
                && Objects.equals(task, fragment.task)
                && Arrays.equals(observation, fragment.observation)
                && Arrays.equals(nextObservation, fragment.nextObservation)
                && Arrays.equals(action, fragment.action)
                && Arrays.equals(rawAction, fragment.rawAction)
                && Arrays.equals(reward, fragment.reward)
                && Arrays.equals(terminated, fragment.terminated)
                && Arrays.equals(truncated, fragment.truncated)
                && Arrays.equals(logProb, fragment.logProb)
                && Arrays.equals(value, fragment.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(iteration, episodeId, firstStep, rows, Arrays.hashCode(observation));
    }

    @Override
    public String toString() {
        return "Fragment[iteration " + iteration + ", environment " + env + ", eps_id " + episodeId + ", steps "
                + firstStep + " to " + (firstStep + rows - 1) + "]";
    }
}
