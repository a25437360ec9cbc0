package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rltune.space.Space;

/**
 * Many environments of one kind, stepped together in flat arrays that are filled in place; Gymnasium's {@code VectorEnv}.
 *
 * <p>Arrays are row-major: element {@code j} of environment {@code e} stands at {@code e * size + j}. What happens when an
 * episode ends is said by {@link #autoresetMode}. {@link VectorEnvs} makes them, of two kinds:
 *
 * <ul>
 *   <li>For a user, as in Gymnasium: {@link #reset(VectorReset, VectorStep)} brings the seeds, and the generators go on
 *       from one episode to the next.
 *   <li>For a rollout worker: every episode is begun with its own seed, a function of the environment's place and the
 *       number of the episode. Where an environment stands is therefore the episode's number and the actions since it
 *       began, see {@link EpisodeState}; {@link #restart}, {@link #save} and {@link #restore} exist for these only.
 * </ul>
 *
 * <p>One vector environment is used by one thread at a time.
 */
public interface VectorEnv extends AutoCloseable {
    /** Number of environments, at least 1. */
    int numEnvs();

    /** Observation space of one environment. */
    Space<?> observationSpace();

    /** Action space of one environment. */
    Space<?> actionSpace();

    /** What happens when an episode ends. */
    AutoresetMode autoresetMode();

    /** Floats in one observation: those of a Box, or of {@link Space#flatten} for any other space. */
    int observationSize();

    /** Floats in one action, see {@link FlatActions}; 1 for a Discrete space, whose action is its index from 0. */
    int actionSize();

    /** Room for the results of a step. */
    default VectorStep newStep() {
        return new VectorStep(numEnvs(), observationSize());
    }

    /**
     * Begins an episode in every environment that the request chooses, and leaves the rows of the others as they are.
     *
     * @param out receives the first observations and infos, the reward 0 and no end
     * @throws IllegalArgumentException for seeds or a mask of another length, or seeds where every episode has its own
     * @throws ResetNeededException for a choice of environments before the first reset of all
     */
    void reset(VectorReset request, VectorStep out);

    /**
     * Begins the first episode, number 0, of each environment of a rollout worker.
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
     * As {@link #restart(long[], float[])}, with what the resets told where these environments keep it.
     *
     * @param out receives the first observations, and the infos
     */
    default void restart(long[] episode, VectorStep out) {
        restart(episode, out.observation);
    }

    /** The number of the running episode of environment {@code e} of a rollout worker. */
    default long episode(int e) {
        return save().get(e).episode();
    }

    /**
     * Takes one step in every environment; episodes that end are treated as {@link #autoresetMode} says.
     *
     * @param action (numEnvs, actionSize); Box values reach the environment as they are, not clipped
     * @param out receives the results
     * @throws EnvException when an environment fails or breaks its own spaces; the message says which, where and how
     * @throws ResetNeededException before the first reset, after a step that failed, and after an end in mode DISABLED
     */
    void step(float[] action, VectorStep out);

    /**
     * Steps one environment alone, so that it catches up with the others after it {@link VectorStep#failed failed} and was
     * made anew. Exists for environments of a rollout worker that are made with {@code restartFailed}.
     *
     * @param back how many steps ago the others took the step that this one takes the place of, at least 0
     * @param action its action, (actionSize)
     * @param out receives the results in row {@code e}; it may fail again
     */
    default void stepAgain(int e, int back, float[] action, VectorStep out) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " makes no failed environment anew."
                + " Make it by VectorEnvs.ofWorker with restartFailed");
    }

    /** How many episodes were thrown away since this was made, because their environments failed. */
    default long faultyEpisodes() {
        return 0;
    }

    /**
     * A number that changes with every step and reset of an environment; any thread may read it. A watchdog tells by it
     * whether an environment hangs.
     */
    default long activity() {
        return 0;
    }

    /** What the next episodes begin, as {@link Env#task}; empty where there are no tasks. */
    default Optional<Object> task() {
        return Optional.empty();
    }

    /**
     * Sets the task of every environment, as {@link Env#setTask}: each takes it when its next episode begins.
     *
     * @throws IllegalArgumentException for what is no task of these environments
     * @throws UnsupportedOperationException where there are no tasks
     */
    default void setTask(Object task) {
        throw new UnsupportedOperationException(this + " has no tasks");
    }

    /** Where each environment stands, in order. */
    List<EpisodeState> save();

    /**
     * Brings each environment to a saved state, so that the same actions continue with the same bits.
     *
     * @param states one for each environment, in order
     * @param observation receives the current observations, (numEnvs, observationSize)
     */
    void restore(List<EpisodeState> states, float[] observation);

    /**
     * Draws the current state of one environment, as {@link Env#renderFrame}.
     *
     * @throws UnsupportedOperationException where it has no pictures, as those of vector entry points
     */
    BufferedImage renderFrame(int e);

    /** In which ways an environment can be shown: those of the first object, in none where there are no objects. */
    default Set<RenderMode> renderModes() {
        return env(0).map(Env::renderModes).orElse(Set.of());
    }

    /** Pictures per second at which an episode looks natural, as {@link Env#renderFps}. */
    default int renderFps() {
        return env(0).map(Env::renderFps).orElse(30);
    }

    /** The object of environment {@code e}, to look at its attributes; empty for those of a vector entry point. */
    Optional<Env<?, ?>> env(int e);

    /** Closes every environment; calling it twice is harmless. */
    @Override
    void close();
}
