package org.rltune.experiments;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import org.rltune.tune.file.ExperimentFile;
import org.rltune.tune.space.SearchSpace;

/**
 * A training of PPO with fixed settings, as an experiment file describes it.
 *
 * @param ppo the settings of PPO, by RLlib's names
 * @param timesteps how long to train
 * @param source where the settings were published: the file's description, or ""
 */
record FixedSettings(PpoConfig ppo, long timesteps, String source) {
    private static final String STOP = "timesteps_total";

    /**
     * Reads a file whose config holds no domain and whose only stop rule is {@code timesteps_total}.
     *
     * @throws IllegalArgumentException if the file is missing, or says something that is not allowed here
     */
    static FixedSettings read(Path file) {
        ExperimentFile experiment = ExperimentFile.read(file);
        if (!experiment.trainableName().equals(PpoTrainer.SPEC.name())) {
            throw new IllegalArgumentException(file + " runs " + experiment.trainableName() + ", but TrainPpo trains "
                    + PpoTrainer.SPEC.name() + " only. Use Run " + file + ".");
        }
        for (String key : List.of("search_alg", "scheduler", "num_samples")) {
            if (experiment.get(key) != null) {
                throw new IllegalArgumentException(
                        file + " says " + key + ", but TrainPpo trains one config with several" + " seeds. Use Run "
                                + file + ", or leave " + key + " out.");
            }
        }
        // Everything that a run would refuse, with its line.
        Tune.plan(experiment, run -> {});
        return new FixedSettings(
                PpoConfig.fromMap(constants(file, experiment)),
                timesteps(file, experiment.get("stop")),
                String.valueOf(experiment.get("description") == null ? "" : experiment.get("description")));
    }

    private static Map<String, Object> constants(Path file, ExperimentFile experiment) {
        SearchSpace space = SearchSpace.ofConfig(new LinkedHashMap<>(object(experiment.get("config"))));
        if (!space.domains().isEmpty()) {
            throw new IllegalArgumentException(
                    file + " leaves open " + String.join(", ", space.domains().keySet())
                            + ", but TrainPpo tunes nothing. Give each a value, or use Run " + file + ".");
        }
        return space.constants();
    }

    private static long timesteps(Path file, @Nullable Object stop) {
        Object steps = stop instanceof Map<?, ?> map && map.size() == 1 ? map.get(STOP) : null;
        if (steps == null) {
            throw new IllegalArgumentException(file + " does not stop by " + STOP + " alone, but TrainPpo trains every"
                    + " seed for as many timesteps. Write for example stop: {" + STOP + ": 100000}.");
        }
        return Json.asLong(steps, "stop/" + STOP);
    }

    private static Map<String, Object> object(@Nullable Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value != null) {
            Json.asObject(value, "config").forEach((name, part) -> {
                if (part != null) {
                    object.put(name, part);
                }
            });
        }
        return object;
    }
}
