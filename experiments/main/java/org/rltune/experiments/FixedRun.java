package org.rltune.experiments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.rltune.json.Json;
import org.rltune.ppo.Evaluation;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;

/**
 * One training with fixed settings and its evaluation.
 *
 * @param seed the seed of everything
 * @param rows what each iteration reported
 * @param timesteps environment steps trained on
 * @param evaluation the deterministic episodes played at the end
 * @param seconds the time of training, without evaluation
 * @param stateSha256 over everything that was learned: the same on every machine
 */
record FixedRun(
        long seed,
        List<Map<String, Object>> rows,
        long timesteps,
        Evaluation evaluation,
        double seconds,
        String stateSha256) {

    /** Nanoseconds between two lines of progress of one seed: a short training prints none. */
    private static final long BETWEEN_LINES = 20_000_000_000L;

    /** The settings with a seed, whose trajectories have a folder of their own. */
    private static PpoConfig own(PpoConfig settings, long seed) {
        String output = settings.output();
        return settings.seed(seed)
                .output(
                        output.isEmpty()
                                ? ""
                                : Path.of(output).resolve("seed-" + seed).toString());
    }

    /**
     * Trains until the timesteps are reached, then evaluates.
     *
     * @param progress gets a line now and then, from the thread that trains
     */
    static FixedRun train(PpoConfig settings, long seed, long timesteps, int episodes, Consumer<String> progress) {
        long start = System.nanoTime();
        long said = start;
        List<Map<String, Object>> rows = new ArrayList<>();
        try (PpoTrainer trainer = own(settings, seed).build()) {
            long steps = 0;
            while (steps < timesteps) {
                Map<String, Object> row = new LinkedHashMap<>(trainer.train().metrics());
                steps = Json.asLong(row.get("timesteps_total"), "timesteps_total");
                rows.add(row);
                if (System.nanoTime() - said > BETWEEN_LINES) {
                    said = System.nanoTime();
                    progress.accept(String.format(
                            Locale.ROOT,
                            "seed %d: %,d of %,d timesteps in %.0f s, episode_reward_mean %s",
                            seed,
                            steps,
                            timesteps,
                            (said - start) / 1e9,
                            row.get("episode_reward_mean") instanceof Double mean
                                    ? String.format(Locale.ROOT, "%.1f", mean)
                                    : "not known yet"));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new FixedRun(seed, rows, steps, trainer.evaluate(episodes), seconds, sha256(trainer.save()));
        }
    }

    /** Returns the standard deviation of the returns, over their number. */
    double std() {
        double mean = evaluation.mean();
        double squares = Arrays.stream(evaluation.returns())
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / evaluation.returns().length);
    }

    private static String sha256(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256, which every JDK must have.", e);
        }
    }
}
