package org.rltune.ppo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How evaluation beside training goes, read from a {@link PpoConfig}.
 *
 * @param interval iterations from one evaluation to the next; 0 for none
 * @param duration how many episodes or steps
 * @param inTimesteps whether the duration counts steps
 * @param workers environments played side by side, at least 1
 * @param parallel whether it runs beside the iteration, on the weights that this begins with
 * @param explore whether actions are drawn, as in training
 * @param envConfig the config of its environments
 */
record EvaluationSettings(
        int interval,
        int duration,
        boolean inTimesteps,
        int workers,
        boolean parallel,
        boolean explore,
        Map<String, Object> envConfig) {
    static final String EPISODES = "episodes";
    static final String TIMESTEPS = "timesteps";
    static final Set<String> UNITS = Set.of(EPISODES, TIMESTEPS);
    private static final Set<String> KEYS = new TreeSet<>(Set.of("explore", "env_config"));

    /** Reads and checks the settings. */
    static EvaluationSettings of(PpoConfig config) {
        Map<String, Object> other = config.evaluationConfig();
        for (String key : other.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("evaluation_config has the key '" + key
                        + "', but evaluation differs from" + " training in " + KEYS + " only. Remove it.");
            }
        }
        Object explore = other.getOrDefault("explore", false);
        if (!(explore instanceof Boolean draws)) {
            throw new IllegalArgumentException(
                    "evaluation_config/explore is " + explore
                            + ", but must be true (actions are drawn) or false (the most probable ones). The default is false.");
        }
        Map<String, Object> envConfig = new LinkedHashMap<>(config.envConfig());
        if (other.get("env_config") instanceof Map<?, ?> changed) {
            changed.forEach((name, value) -> envConfig.put(String.valueOf(name), value));
        } else if (other.containsKey("env_config")) {
            throw new IllegalArgumentException("evaluation_config/env_config is " + other.get("env_config")
                    + ", but must be a map of what differs from env_config. Leave it out if nothing does.");
        }
        return new EvaluationSettings(
                config.evaluationInterval(),
                config.evaluationDuration(),
                config.evaluationDurationUnit().equals(TIMESTEPS),
                Math.max(1, config.evaluationNumWorkers()),
                config.evaluationParallelToTraining(),
                draws,
                envConfig);
    }

    /** Whether iteration {@code iteration}, counted from 1, has an evaluation: the first one and every interval-th. */
    boolean due(long iteration) {
        return interval > 0 && (iteration == 1 || iteration % interval == 0);
    }
}
