package org.rltune.env;

import java.util.Arrays;
import org.rltune.check.Check;

/**
 * Where one environment of a {@link VectorEnv} stands: the number of its episode and the actions since it began.
 *
 * @param episode number of the episode, from 0; with the environment's place it fixes the episode's seed
 * @param actions the actions taken in it, (steps, actionSize)
 */
public record EpisodeState(long episode, float[] actions) {
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
        return other instanceof EpisodeState state && episode == state.episode && Arrays.equals(actions, state.actions);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(episode) + Arrays.hashCode(actions);
    }

    @Override
    public String toString() {
        return "EpisodeState[episode=" + episode + ", " + actions.length + " action values]";
    }
}
