package org.rltune.env;

import java.util.Map;
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

    /** Gives back what the environment holds outside the Java heap; calling it twice is harmless. */
    @Override
    default void close() {}
}
