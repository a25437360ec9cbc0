package org.rltune.env;

import org.rltune.check.Check;

/**
 * Results of one step of a {@link VectorEnv}; allocated once and filled in place.
 *
 * <p>The arrays are public because the step loop reads them at every step. Index {@code e} is the environment.
 */
public final class VectorStep {
    /** What to act on next, (envs, observationSize): after an end, the first observation of the next episode. */
    public final float[] observation;

    /** Last observation of the episode, (envs, observationSize); only the rows of ended episodes are written. */
    public final float[] finalObservation;

    /** Reward of this step. */
    public final double[] reward;

    /** The task ended by its own rules: the future is worth nothing. */
    public final boolean[] terminated;

    /** A limit cut the episode: the future is worth the value of {@link #finalObservation}. */
    public final boolean[] truncated;

    /** Sum of the rewards of the whole episode; written where one ended. */
    public final double[] episodeReturn;

    /** Steps of the whole episode; written where one ended. */
    public final int[] episodeLength;

    /** Room for this many environments and floats per observation. */
    public VectorStep(int envs, int observationSize) {
        Check.atLeast("envs", envs, 1);
        Check.atLeast("observationSize", observationSize, 1);
        observation = new float[Math.multiplyExact(envs, observationSize)];
        finalObservation = new float[observation.length];
        reward = new double[envs];
        terminated = new boolean[envs];
        truncated = new boolean[envs];
        episodeReturn = new double[envs];
        episodeLength = new int[envs];
    }

    /** Whether the episode of environment {@code e} ended in this step, for either reason. */
    public boolean ended(int e) {
        return terminated[e] || truncated[e];
    }
}
