package org.rltune.env;

import java.util.Map;

/**
 * What one step gave.
 *
 * @param observation what the agent sees after the step, also after the last step of an episode
 * @param reward reward of this step
 * @param terminated the task ended by its own rules: the future is worth nothing
 * @param truncated a limit outside the task cut the episode: the future is worth the value of {@code observation}
 * @param info what the environment tells beside it; not seen by a policy
 */
public record StepResult<O>(
        O observation, double reward, boolean terminated, boolean truncated, Map<String, Object> info) {
    /** A step without further information. */
    public StepResult(O observation, double reward, boolean terminated, boolean truncated) {
        this(observation, reward, terminated, truncated, Map.of());
    }

    /** Whether the episode is over, for either reason. */
    public boolean ended() {
        return terminated || truncated;
    }
}
