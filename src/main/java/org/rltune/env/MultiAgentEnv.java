package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/**
 * One environment with several named agents, as RLlib's {@code MultiAgentEnv} and PettingZoo's parallel API.
 *
 * <p>Who has an observation acts in the next step, and nobody else does: in a game in turns, each answer holds the
 * observation of the one whose turn it is. Rewards may come at any time after an agent's first action; what comes between two
 * of its turns adds up to the earlier one. An agent may end earlier than the episode, and then gets and does nothing more
 * until the next reset. The episode is over when {@link #ALL} ends, or every possible agent has.
 *
 * <p>As an {@link Env}, it is a function of its seed and the actions, and used by one thread at a time. An observation
 * must be a fresh object, or one that is not changed later. {@link SeededMultiAgentEnv} keeps the random generator for a
 * subclass.
 */
public interface MultiAgentEnv extends AutoCloseable {
    /** Stands for all agents that have not ended yet, in what has terminated or is truncated. */
    String ALL = "__all__";

    /** The names of all agents that an episode may have; the same ones, in the same order, for the life of the environment. */
    List<String> possibleAgents();

    /** The space that every observation of an agent lies in; the same one for the life of the environment. */
    Space<?> observationSpace(String agent);

    /** The space that every action of an agent must lie in; the same one for the life of the environment. */
    Space<?> actionSpace(String agent);

    /**
     * Begins an episode.
     *
     * @param seed a new seed, at least 0, for the environment's generator; null goes on with the generator as it stands
     * @param options what the environment's documentation allows; empty for an ordinary episode
     */
    MultiAgentReset reset(@Nullable Long seed, Map<String, Object> options);

    /** Begins an episode from a seed of at least 0. */
    default MultiAgentReset reset(long seed) {
        return reset(Long.valueOf(seed), Map.of());
    }

    /**
     * Takes one step; not allowed before the first reset or after the end of an episode.
     *
     * @param actions an action for each agent that has an observation, and for no other
     */
    MultiAgentStep step(Map<String, Object> actions);

    /**
     * What an agent would see now, whether or not it is to act; empty unless overridden, as PettingZoo's {@code observe}. It
     * is asked for where a limit of steps cuts an episode while the agent waits for its turn.
     */
    default Optional<Object> observe(String agent) {
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
     * Draws the current state, as {@link Env#renderFrame}.
     *
     * @throws UnsupportedOperationException when {@link #renderModes} has no {@link RenderMode#RGB_ARRAY}
     * @throws ResetNeededException before the first reset
     */
    default BufferedImage renderFrame() {
        throw RenderMode.RGB_ARRAY.unsupported(this);
    }

    /**
     * Describes the current state in lines of text, as {@link Env#renderText}.
     *
     * @throws UnsupportedOperationException when {@link #renderModes} has no {@link RenderMode#ANSI}
     * @throws ResetNeededException before the first reset
     */
    default String renderText() {
        throw RenderMode.ANSI.unsupported(this);
    }

    /** Gives back what the environment holds outside the Java heap; calling it twice is harmless. */
    @Override
    default void close() {}
}
