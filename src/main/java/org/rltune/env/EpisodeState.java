package org.rltune.env;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Where one environment of a {@link VectorEnv} stands: the number of its episode and the actions since it began.
 *
 * @param episode number of the episode, from 0; with the environment's place it fixes the episode's seed
 * @param actions the actions taken in it, (steps, actionSize)
 * @param task the task that it began with, see {@link Env#setTask}; null where none was ever set
 */
public record EpisodeState(
        long episode, float[] actions, @Nullable Object task) {
    /** One of an environment whose task was never set. */
    public EpisodeState(long episode, float[] actions) {
        this(episode, actions, null);
    }

    /** The same with another task. */
    public EpisodeState withTask(@Nullable Object other) {
        return new EpisodeState(episode, actions, other);
    }

    /** Copies the actions. */
    public EpisodeState {
        Check.atLeast("episode", episode, 0);
        actions = actions.clone();
    }

    /** A copy of the actions. */
    @Override
    public float[] actions() {
        return actions.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EpisodeState state
                && episode == state.episode
                && Arrays.equals(actions, state.actions)
                && Objects.equals(task, state.task);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(episode) + Arrays.hashCode(actions);
    }

    @Override
    public String toString() {
        return "EpisodeState[episode=" + episode + ", " + actions.length + " action values"
                + (task == null ? "" : ", task " + task) + "]";
    }
}
