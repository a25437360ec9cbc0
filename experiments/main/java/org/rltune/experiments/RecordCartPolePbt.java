package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the main job over several tuner seeds and records what the populations reached. */
@Command(
        name = "RecordCartPolePbt",
        mixinStandardHelpOptions = true,
        description = "Runs the main job, CartPolePbt with its defaults, once for each tuner seed, and records the last"
                + " episode_reward_mean of every trial, the wall-clock time and the digest.",
        footer = {"", "Exit code: 0; 1 if a median is below what is wanted; 2 for bad input."})
public final class RecordCartPolePbt implements Callable<Integer> {
    private static final double BEST_AT_LEAST = 490;
    private static final double MEDIAN_AT_LEAST = 450;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "Such as 0..4 or 1,7 (default: ${DEFAULT-VALUE}).")
    private String seeds = "0..4";

    @Option(names = "--results", description = "Folder of the runs' results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("results");

    @Option(
            names = "--record",
            paramLabel = "FILE.md",
            description = "Where the record goes, its data beside it in FILE.jsonl (default: ${DEFAULT-VALUE}).")
    private Path record = Path.of("experiments", "records", "cartpole-pbt.md");

    /** What one seed gave. */
    private record Outcome(long seed, ExperimentAnalysis analysis, double seconds) {
        /** The last return of each trial, in the order of trials. */
        List<Double> last() {
            List<Double> last = new ArrayList<>();
            for (Trial trial : analysis.trials()) {
                last.add(trial.score().orElse(Double.NaN));
            }
            return last;
        }

        double best() {
            return analysis.bestTrial().score().orElseThrow();
        }

        double median() {
            return medianOf(last());
        }
    }

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new RecordCartPolePbt(), args);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed : SeedList.parse(seeds)) {
            Outcome outcome = run(seed);
            outcomes.add(outcome);
            out.println(row(outcome));
        }
        boolean reached = median(outcomes, Outcome::best) >= BEST_AT_LEAST
                && median(outcomes, Outcome::median) >= MEDIAN_AT_LEAST;
        String name = String.valueOf(record.getFileName()).replaceAll("\\.md$", "");
        Path folder = record.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(record.resolveSibling(name + ".jsonl"), jsonLines(outcomes));
        Files.writeString(record, markdown(outcomes, name + ".jsonl"));
        out.println(verdict(outcomes));
        out.println("Record: " + record);
        return reached ? 0 : 1;
    }

    private Outcome run(long seed) {
        String name = "cartpole-pbt-seed-" + seed;
        long start = System.nanoTime();
        int code = new CommandLine(new CartPolePbt())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    throw e;
                })
                .execute(
                        "--seed",
                        Long.toString(seed),
                        "--name",
                        name,
                        "--results",
                        results.toString(),
                        "--verbose",
                        "0");
        if (code != 0) {
            throw new IllegalStateException("CartPolePbt --seed " + seed + " ended with exit code " + code + ".");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(seed, ExperimentAnalysis.load(results.resolve(name)), seconds);
    }

    private static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        return medianOf(outcomes.stream().map(value::applyAsDouble).toList());
    }

    private static double medianOf(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    private static String row(Outcome outcome) {
        StringBuilder last = new StringBuilder();
        outcome.last()
                .forEach(value -> last.append(String.format(Locale.ROOT, "%s%.1f", last.isEmpty() ? "" : ", ", value)));
        return String.format(
                Locale.ROOT,
                "| %d | %.1f | %.1f | %s | %.0f | %s |",
                outcome.seed(),
                outcome.best(),
                outcome.median(),
                last,
                outcome.seconds(),
                outcome.analysis().digest().substring(0, 12));
    }

    private static String verdict(List<Outcome> outcomes) {
        return String.format(
                Locale.ROOT,
                "Median over the seeds: best trial %.1f (wanted: at least %.0f), median of the population %.1f"
                        + " (wanted: at least %.0f).",
                median(outcomes, Outcome::best),
                BEST_AT_LEAST,
                median(outcomes, Outcome::median),
                MEDIAN_AT_LEAST);
    }

    private String markdown(List<Outcome> outcomes, String data) {
        StringBuilder text = new StringBuilder("# The main job over tuner seeds\n\n");
        text.append(verdict(outcomes)).append("\n\n");
        text.append(
                "| seed | best trial | population's median | last episode_reward_mean of each trial | wall-clock (s) |"
                        + " digest |\n|---:|---:|---:|---|---:|---|\n");
        outcomes.forEach(outcome -> text.append(row(outcome)).append('\n'));
        text.append("\nPopulation 8, 50 iterations, perturbation every 4; all other settings are the defaults of")
                .append(" `CartPolePbt`. The seeds ran one after the other in one JVM. Every trial's curve: `")
                .append(data)
                .append("`.\n\n"
                        + "- command: `mvn -q compile exec:java"
                        + " -Dexec.mainClass=org.rltune.experiments.RecordCartPolePbt")
                .append(" -Dexec.args=\"--seeds ")
                .append(seeds)
                .append("\"`\n")
                .append(RecordFile.facts());
        return text.toString();
    }

    /** One line for each trial: its curve, and what was in force at the end. */
    private static String jsonLines(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : outcomes) {
            for (Trial trial : outcome.analysis().trials()) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("seed", outcome.seed());
                line.put("trial", trial.id());
                line.put("lineage", trial.lineage());
                line.put("config", trial.config().asMap());
                line.put(
                        "timesteps_total",
                        trial.rows().get(trial.rows().size() - 1).get("timesteps_total"));
                List<Object> curve = new ArrayList<>();
                trial.rows().forEach(row -> curve.add(row.getOrDefault("episode_reward_mean", "absent")));
                line.put("episode_reward_mean", curve);
                line.put("digest", outcome.analysis().digest());
                text.append(Json.write(line)).append('\n');
            }
        }
        return text.toString();
    }
}
