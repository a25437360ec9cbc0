package org.rltune.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.ppo.PpoConfig;

/**
 * A training with fixed settings, as a YAML file describes it.
 *
 * @param ppo the settings of PPO, by RLlib's names
 * @param timesteps how long to train
 * @param evaluateEpisodes how many deterministic episodes to play afterwards
 * @param medianAtLeast what the median over the seeds of the mean return should reach, or null
 * @param source where the settings were published
 */
record FixedSettings(
        PpoConfig ppo,
        long timesteps,
        int evaluateEpisodes,
        @Nullable Double medianAtLeast,
        String source) {

    /**
     * Reads a file. Besides the settings of PPO it knows {@code timesteps}, {@code evaluate_episodes} (100 if absent),
     * {@code median_at_least} and {@code source}.
     *
     * @throws IllegalArgumentException if the file is missing or says something that is not allowed
     */
    static FixedSettings read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "There is no file " + file + ". Maybe experiments/configs/ppo-cartpole.yaml?");
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(Json.readYamlObject(file));
        Object timesteps = all.remove("timesteps");
        Object episodes = all.remove("evaluate_episodes");
        Object atLeast = all.remove("median_at_least");
        Object source = all.remove("source");
        if (timesteps == null) {
            throw new IllegalArgumentException(file + " does not say timesteps. Write for example timesteps: 100000.");
        }
        Map<String, Object> ppo = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value == null) {
                throw new IllegalArgumentException(file + ": " + name + " has no value. Give it one, or leave it out.");
            }
            ppo.put(name, value);
        });
        return new FixedSettings(
                PpoConfig.fromMap(ppo),
                positive(file, "timesteps", Json.asLong(timesteps, "timesteps")),
                (int) positive(
                        file, "evaluate_episodes", episodes == null ? 100 : Json.asInt(episodes, "evaluate_episodes")),
                atLeast == null ? null : Json.asDouble(atLeast, "median_at_least"),
                source == null ? "" : source.toString());
    }

    private static long positive(Path file, String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(file + ": " + name + " must be at least 1, but is " + value + ".");
        }
        return value;
    }
}
