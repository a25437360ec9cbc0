package org.rltune.experiments.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.ResultColumns;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;

/**
 * A small population of PPO agents that is interrupted again and again, and must come to the same.
 *
 * @param trials how many agents
 * @param iterations how many iterations each
 */
public record SmallRun(int trials, int iterations) {
    private static final String NAME = "run";

    /**
     * What a run came to, in a form that can be compared.
     *
     * @param digest of rows, decisions and final weights
     * @param rows all rows without the columns of time, host and process
     * @param decisions all decisions
     */
    public record Result(String digest, List<String> rows, List<String> decisions) {
        /** Returns what differs from another result, in words; empty if nothing does. */
        public String difference(Result other) {
            if (!rows.equals(other.rows)) {
                return "rows differ" + first(rows, other.rows);
            }
            if (!decisions.equals(other.decisions)) {
                return "decisions differ" + first(decisions, other.decisions);
            }
            return digest.equals(other.digest) ? "" : "digests differ: " + digest + " and " + other.digest;
        }

        private static String first(List<String> one, List<String> other) {
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                if (!one.get(i).equals(other.get(i))) {
                    return ", first in number " + i + ":\n  " + one.get(i) + "\n  " + other.get(i);
                }
            }
            return ": there are " + one.size() + " and " + other.size();
        }
    }

    /** Starts the run in a folder, or goes on with the one that is there; returns what it came to. */
    public Result runOrResume(Path storage) throws IOException {
        Path folder = storage.resolve(NAME);
        if (isBegun(folder)) {
            return resume(storage);
        }
        delete(folder);
        return result(Tune.run(
                "PPO",
                run -> run.name(NAME)
                        .storagePath(storage)
                        .scheduler(PopulationBasedTraining.builder()
                                .timeAttr("training_iteration")
                                .perturbationInterval(2)
                                .quantileFraction(0.5)
                                .build())
                        .numSamples(trials)
                        .metric("episode_reward_mean")
                        .mode(Mode.MAX)
                        .stop("training_iteration", iterations)
                        .seed(5)
                        .threads(2)
                        .checkpointFreq(2)
                        .keepCheckpointsNum(2)
                        .plots(false)
                        .verbose(0)
                        .config(config())));
    }

    /** Goes on with the run in a folder. */
    public Result resume(Path storage) throws IOException {
        return result(Tune.resume(storage.resolve(NAME), run -> run.verbose(0)));
    }

    private static Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", "CartPole-v1");
        config.put("num_envs_per_worker", 4);
        config.put("train_batch_size", 128);
        config.put("sgd_minibatch_size", 64);
        config.put("num_sgd_iter", Domain.randint(1, 4));
        config.put("lr", Domain.loguniform(1e-4, 1e-2));
        config.put("kl_coeff", 0.2);
        config.put("fcnet_hiddens", List.of(16));
        config.put("observation_filter", "MeanStdFilter");
        config.put("entropy_coeff_schedule", List.of(List.of(0, 0.01), List.of(2000, 0.0)));
        return config;
    }

    /** Whether so much of the run is on disk that it can be resumed: the first line of its journal is whole. */
    private static boolean isBegun(Path folder) throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        return Files.isRegularFile(journal) && Files.readString(journal).indexOf('\n') >= 0;
    }

    private static Result result(ExperimentAnalysis analysis) throws IOException {
        List<String> rows = new ArrayList<>();
        analysis.allRows()
                .forEach(row -> rows.add(ResultColumns.withoutVolatile(row).toString()));
        List<String> decisions = new ArrayList<>();
        Path file = analysis.folder().resolve("decisions.jsonl"); // there is none without decisions
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            decisions.add(String.valueOf(sorted(Json.parse(line, "decisions.jsonl"))));
        }
        return new Result(analysis.digest(), List.copyOf(rows), List.copyOf(decisions));
    }

    /** The order of names in an object says nothing. */
    private static @Nullable Object sorted(@Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, value) -> sorted.put(String.valueOf(name), sorted(value)));
            return sorted;
        }
        return json instanceof List<?> list
                ? list.stream().map(SmallRun::sorted).toList()
                : json;
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
