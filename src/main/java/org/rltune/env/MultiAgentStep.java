package org.rltune.env;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one step gave to several agents.
 *
 * @param observations what agents see after the step: of those who act next, and of those who are truncated now; one who
 *     has terminated may have one, too
 * @param rewards rewards of this step, by agent; 0 for those who are not in it
 * @param terminated who has ended in this step by the task's own rules, so that the future is worth nothing;
 *     {@link MultiAgentEnv#ALL} for all who have not ended before
 * @param truncated whom a limit outside the task ended in this step, so that the future is worth the value of the
 *     observation; {@link MultiAgentEnv#ALL} as above
 * @param infos what the environment tells beside it, by agent; not seen by a policy
 */
public record MultiAgentStep(
        Map<String, Object> observations,
        Map<String, Double> rewards,
        Set<String> terminated,
        Set<String> truncated,
        Map<String, Map<String, Object>> infos) {
    /** Copies all maps and sets. */
    public MultiAgentStep {
        observations = Collections.unmodifiableMap(new LinkedHashMap<>(observations));
        rewards = Collections.unmodifiableMap(new LinkedHashMap<>(rewards));
        terminated = Collections.unmodifiableSet(new LinkedHashSet<>(terminated));
        truncated = Collections.unmodifiableSet(new LinkedHashSet<>(truncated));
        infos = Collections.unmodifiableMap(new LinkedHashMap<>(infos));
    }

    /** A step without further information. */
    public MultiAgentStep(
            Map<String, Object> observations,
            Map<String, Double> rewards,
            Set<String> terminated,
            Set<String> truncated) {
        this(observations, rewards, terminated, truncated, Map.of());
    }

    /** A step in which nobody ended. */
    public MultiAgentStep(Map<String, Object> observations, Map<String, Double> rewards) {
        this(observations, rewards, Set.of(), Set.of());
    }

    /** Whether an agent ended in this step, for either reason, alone or with all others. */
    public boolean ended(String agent) {
        return terminated.contains(agent) || truncated.contains(agent) || allEnded();
    }

    /** Whether the step ended all agents at once. */
    public boolean allEnded() {
        return terminated.contains(MultiAgentEnv.ALL) || truncated.contains(MultiAgentEnv.ALL);
    }
}
