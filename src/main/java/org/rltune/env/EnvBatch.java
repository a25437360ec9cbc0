package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import org.rltune.space.Space;

/**
 * The states of many environments of one kind, side by side: what a vector entry point makes, see
 * {@link EnvSpec#withVectorEntryPoint}. {@link VectorEnv} does the rest: limits of steps, resets, seeds, threads.
 *
 * <p>Environment {@code e} must behave, bit for bit, like an {@link Env} of the same id and config alone. Different
 * environments may be used by different threads at the same time, so that what they share must not change. A step
 * should allocate nothing.
 */
public interface EnvBatch extends AutoCloseable {
    /** Number of environments, at least 1. */
    int numEnvs();

    /** Observation space of one environment. */
    Space<?> observationSpace();

    /** Action space of one environment. */
    Space<?> actionSpace();

    /** Seeds the generator of one environment, before its next reset; at least 0. */
    void seed(int e, long seed);

    /**
     * Begins an episode of one environment: writes row {@code e} of {@link VectorStep#observation}, and calls
     * {@link VectorStep#putInfo} if there is something to tell.
     *
     * @param options the options of the reset, empty for an ordinary episode; refuse those you do not know
     */
    void reset(int e, Map<String, Object> options, VectorStep out);

    /**
     * Steps the environments from {@code from} to {@code to - 1}: writes their rows of {@link VectorStep#observation},
     * {@code reward}, {@code terminated} and {@code truncated} (the limit of the spec is not yours to count), and calls
     * {@link VectorStep#putInfo} if there is something to tell.
     *
     * @param action (numEnvs, actionSize), all valid: an index from 0 for a Discrete space, finite numbers for a Box
     */
    void step(int from, int to, float[] action, VectorStep out);

    /**
     * Whether {@link #step} may be called for environments whose episodes have ended, too, right before their reset. Such
     * a step must leave their generators alone, tell no infos, and take whatever stands at the place of the action; its
     * results are overwritten. Stepping all at once is then faster than stepping the runs between those that ended.
     */
    default boolean mayStepEnded() {
        return false;
    }

    /** What the next reset of environment {@code e} begins, as {@link Env#task}; empty, unless overridden. */
    default Optional<Object> task(int e) {
        return Optional.empty();
    }

    /** Sets the task of environment {@code e}, which takes force at its next reset, as {@link Env#setTask}. */
    default void setTask(int e, Object task) {
        throw new UnsupportedOperationException(getClass().getName() + " has no tasks: override task(int) and"
                + " setTask(int, Object), or leave the vector entry point out of the spec");
    }

    /** Draws the state of one environment, as {@link Env#renderFrame}. */
    default BufferedImage renderFrame(int e) {
        throw new UnsupportedOperationException(getClass().getName() + " draws no pictures. Show a single environment:"
                + " Envs.make(id).renderFrame()");
    }

    /** The object of one environment, where there is one. */
    default Optional<Env<?, ?>> env(int e) {
        return Optional.empty();
    }

    /** Gives back what is held outside the Java heap; calling it twice is harmless. */
    @Override
    default void close() {}
}
