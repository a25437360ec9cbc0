package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/**
 * One environment, as Gymnasium's {@code Env}: an agent acts, the environment answers with an observation and a reward.
 *
 * <p>An environment is a function of its seed and the actions: after {@code reset(seed)} the same actions give the same
 * observations and rewards, whatever happened before. The trainer relies on this to restore an episode by replaying
 * it. {@link SeededEnv} keeps the random generator for a subclass.
 *
 * <p>An observation must be a fresh object, or one that the environment does not change later. An action array may be
 * reused by the caller: copy it to keep it. One environment is used by one thread at a time.
 *
 * @param <O> type of an observation, {@code float[]} for a {@link org.rltune.space.Box}
 * @param <A> type of an action, {@code Integer} for a {@link org.rltune.space.Discrete}
 */
public interface Env<O, A> extends AutoCloseable {
    /** The space that every observation lies in; the same one for the life of the environment. */
    Space<O> observationSpace();

    /** The space that every action must lie in; the same one for the life of the environment. */
    Space<A> actionSpace();

    /**
     * Begins an episode.
     *
     * @param seed a new seed, at least 0, for the environment's generator; null goes on with the generator as it stands
     * @param options what the environment's documentation allows; empty for an ordinary episode
     */
    ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options);

    /** Begins an episode from a seed of at least 0. */
    default ResetResult<O> reset(long seed) {
        return reset(Long.valueOf(seed), Map.of());
    }

    /** Begins the next episode with the generator as it stands. */
    default ResetResult<O> reset() {
        return reset(null, Map.of());
    }

    /** Takes one step; not allowed before the first reset or after the end of an episode. */
    StepResult<O> step(A action);

    /** What {@link Envs#make} made it from, with the whole config; empty for one that was made otherwise. */
    default Optional<EnvSpec> spec() {
        return Optional.empty();
    }

    /** In which ways the environment can be shown; in none, unless overridden. */
    default Set<RenderMode> renderModes() {
        return Set.of();
    }

    /** Pictures per second at which an episode looks natural; 30 unless overridden. */
    default int renderFps() {
        return 30;
    }

    /**
     * Draws the current state, as Gymnasium's {@code rgb_array}. The picture is the caller's; drawing changes nothing.
     *
     * @throws UnsupportedOperationException when {@link #renderModes} has no {@link RenderMode#RGB_ARRAY}
     * @throws ResetNeededException before the first reset
     */
    default BufferedImage renderFrame() {
        throw RenderMode.RGB_ARRAY.unsupported(this);
    }

    /**
     * Describes the current state in lines of text, as Gymnasium's {@code ansi}.
     *
     * @throws UnsupportedOperationException when {@link #renderModes} has no {@link RenderMode#ANSI}
     * @throws ResetNeededException before the first reset
     */
    default String renderText() {
        throw RenderMode.ANSI.unsupported(this);
    }

    /**
     * The whole state, the generator of random numbers included, for {@link #restore}; empty where the environment has
     * no snapshot. Such an environment is brought to a state by repeating the episode's seed and actions.
     */
    default Optional<byte[]> snapshot() {
        return Optional.empty();
    }

    /**
     * Brings an environment that was made alike to the state of a {@link #snapshot}, so that the same actions continue
     * with the same bits.
     *
     * @throws UnsupportedOperationException when the environment has no snapshot
     * @throws IllegalArgumentException when the bytes are not a snapshot of such an environment
     */
    default void restore(byte[] snapshot) {
        throw new UnsupportedOperationException(getClass().getName()
                + " has no snapshot: repeat the episode's seed and actions, or override snapshot() and"
                + " restore(byte[])");
    }

    /**
     * What the next reset begins, for an environment with tasks, as RLlib's {@code get_task}; empty, unless overridden, for
     * one without. A task is a number, text, flag, list or map, so that a curriculum can write it down.
     */
    default Optional<Object> task() {
        return Optional.empty();
    }

    /**
     * Sets the task, as RLlib's {@code TaskSettableEnv.set_task}. It takes force at the next reset; a running episode goes
     * on with its own. A {@link #snapshot} holds both.
     *
     * @param task of the kind that {@link #task} returns; numbers are Long or Double
     * @throws IllegalArgumentException for what is no task of this environment
     * @throws UnsupportedOperationException where there are no tasks
     */
    default void setTask(Object task) {
        throw new UnsupportedOperationException(getClass().getName() + " has no tasks: override task() and"
                + " setTask(Object), or choose an environment with tasks, such as MountainCar-v0");
    }

    /** Gives back what the environment holds outside the Java heap; calling it twice is harmless. */
    @Override
    default void close() {}
}
