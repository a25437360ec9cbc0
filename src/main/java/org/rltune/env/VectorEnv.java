package org.rltune.env;

import java.util.List;
import org.rltune.space.Space;

/**
 * Many environments of one kind, stepped together in flat arrays that are filled in place.
 *
 * <p>Arrays are row-major: element {@code j} of environment {@code e} stands at {@code e * size + j}. An environment
 * whose episode ends is reset within the same step: {@link VectorStep#observation} then holds the first observation of
 * the next episode, {@link VectorStep#finalObservation} the last one of the old episode (Gymnasium's SAME_STEP).
 *
 * <p>Every episode is begun with its own seed, a function of the environment's place and the number of the episode.
 * Where an environment stands is therefore the episode's number and the actions since it began; see
 * {@link EpisodeState}. One vector environment is used by one thread at a time.
 */
public interface VectorEnv extends AutoCloseable {
    /** Number of environments, at least 1. */
    int numEnvs();

    /** Observation space of one environment. */
    Space<?> observationSpace();

    /** Action space of one environment. */
    Space<?> actionSpace();

    /** Floats in one observation. */
    int observationSize();

    /** Floats in one action; 1 for a Discrete space, whose action is its index from 0 (the start is added here). */
    int actionSize();

    /**
     * Begins the first episode, number 0, of each environment.
     *
     * @param observation receives the first observations, (numEnvs, observationSize)
     */
    default void reset(float[] observation) {
        restart(new long[numEnvs()], observation);
    }

    /**
     * Gives up the running episodes and begins others.
     *
     * <p>To go on without repeating an episode, pass one more than the numbers that {@link #save} returned.
     *
     * @param episode for each environment the number, at least 0, of the episode to begin; later ones count on
     * @param observation receives the first observations, (numEnvs, observationSize)
     */
    void restart(long[] episode, float[] observation);

    /**
     * Takes one step in every environment and resets those whose episode ended.
     *
     * @param action (numEnvs, actionSize); Box values reach the environment as they are, not clipped
     * @param out receives the results
     * @throws EnvException when an environment fails or breaks its own spaces; the message says which, where and how
     * @throws IllegalStateException before the first reset
     */
    void step(float[] action, VectorStep out);

    /** Where each environment stands, in order. */
    List<EpisodeState> save();

    /**
     * Brings each environment to a saved state, so that the same actions continue with the same bits.
     *
     * @param states one for each environment, in order
     * @param observation receives the current observations, (numEnvs, observationSize)
     */
    void restore(List<EpisodeState> states, float[] observation);

    /** Closes every environment; calling it twice is harmless. */
    @Override
    void close();
}
