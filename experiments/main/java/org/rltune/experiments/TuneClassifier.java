package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.plot.RewardCurves;
import org.rltune.random.Seeds;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.FunctionSpec;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Trainables;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tunes a classifier of digits that are drawn by code: supervised learning by a function of one's own. */
@Command(
        name = "TuneClassifier",
        mixinStandardHelpOptions = true,
        description =
                "Draws noisy digits, tunes an MLP that reads them by ASHA, and compares the best one, on pictures that"
                        + " neither training nor tuning has seen, with default settings and with the nearest mean picture.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.TuneClassifier \\",
            "      -Dexec.args=\"--trials 40 --epochs 27\"",
            "",
            "Results lie in RESULTS/NAME; reward_curves.png there shows the accuracy of every trial. Exit code: 0; 1 if",
            "something failed; 2 for bad input."
        })
public final class TuneClassifier implements Callable<Integer> {
    private static final String METRIC = "validation_accuracy";
    private static final int HELD_OUT = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--trials", description = "Configurations to try (default: ${DEFAULT-VALUE}).")
    private int trials = 40;

    @Option(names = "--epochs", description = "Passes over the data at most (default: ${DEFAULT-VALUE}).")
    private int epochs = 27;

    @Option(names = "--pictures", description = "Pictures to train on (default: ${DEFAULT-VALUE}).")
    private int pictures = 2000;

    @Option(names = "--seed", description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(
            names = "--threads",
            description = "Threads that do the work (default: ${DEFAULT-VALUE}, the processors); changes no result.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--name", description = "Name of the results folder (default: classifier-<start time>).")
    private @Nullable String name;

    @Option(names = "--results", description = "Folder of all results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("results");

    @Option(names = "--verbose", description = "0, 1 or 2, as of CartPolePbt (default: ${DEFAULT-VALUE}).")
    private int verbose = 1;

    @Option(names = "--record", paramLabel = "FILE.md", description = "Writes a record there, its curves in FILE.png.")
    private @Nullable Path record;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new TuneClassifier(), args);
    }

    @Override
    public Integer call() throws IOException {
        if (epochs < 1 || pictures < DigitImages.CLASSES) {
            throw new IllegalArgumentException("--epochs must be at least 1 and --pictures at least "
                    + DigitImages.CLASSES + ", but they are " + epochs + " and " + pictures + ".");
        }
        if (record != null && !record.toString().endsWith(".md")) {
            throw new IllegalArgumentException("--record=" + record + " must end with .md. Maybe " + record + ".md?");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Seeds seeds = Seeds.of(seed).child("digits");
        DigitImages train = DigitImages.draw(pictures, seeds.stream("train"));
        DigitImages validation = DigitImages.draw(HELD_OUT, seeds.stream("validation"));
        DigitImages test = DigitImages.draw(HELD_OUT, seeds.stream("test"));

        ExperimentAnalysis analysis = Tune.run(
                Trainables.function(
                        "DigitClassifier",
                        (config, session) -> DigitClassifier.train(config, session, train, validation, epochs)),
                run -> run.name(name == null ? timedName() : name)
                        .scheduler(scheduler())
                        .numSamples(trials)
                        .metric(METRIC)
                        .mode(Mode.MAX)
                        .checkpointFreq(1)
                        .keepCheckpointsNum(1)
                        .checkpointScoreAttr(METRIC)
                        .seed(seed)
                        .threads(threads)
                        .storagePath(results)
                        .verbose(verbose)
                        .config(space()));

        DigitClassifier best = new DigitClassifier(analysis.bestConfig(), seeds);
        best.restore(FunctionSpec.readCheckpoint(analysis.bestCheckpoint()));
        DigitClassifier standard = new DigitClassifier(HyperParams.of(DigitClassifier.DEFAULTS), seeds);
        for (int epoch = 0; epoch < epochs; epoch++) {
            standard.epoch(train, seeds.stream("standard", epoch));
        }
        Map<String, Double> accuracies = new LinkedHashMap<>();
        accuracies.put("nearest mean picture", DigitImages.nearestMeanAccuracy(train, test));
        accuracies.put(
                "default settings, " + epochs + " epochs",
                standard.evaluate(test).accuracy());
        accuracies.put(
                "best of " + analysis.trials().size() + " trials",
                best.evaluate(test).accuracy());
        int spent = analysis.allRows().size();
        String table = table(accuracies) + "\n" + analysis.trials().size() + " trials took " + spent
                + " epochs in all, of " + trials * epochs + " if none had been stopped early.\n";
        out.print(table);
        if (record != null) {
            write(record, analysis, table);
            out.println("Record: " + record);
        }
        return 0;
    }

    /** Asynchronous successive halving: at epochs 1, 3, 9 a trial stops unless it is in the upper third so far. */
    private Scheduler scheduler() {
        return AshaScheduler.stopping()
                .gracePeriod(1)
                .reductionFactor(3)
                .maxT(epochs)
                .build();
    }

    private static Map<String, Object> space() {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("hidden", Domain.choice(8, 16, 32, 64, 128));
        space.put("layers", Domain.choice(1, 2, 3));
        space.put("activation", Domain.choice("tanh", "relu"));
        space.put("lr", Domain.loguniform(1e-4, 1e-1));
        space.put("minibatch_size", Domain.choice(16, 32, 64, 128, 256));
        space.put("l2", Domain.loguniform(1e-6, 1e-1));
        space.put("input_noise", Domain.uniform(0, 1));
        return space;
    }

    private static String table(Map<String, Double> accuracies) {
        StringBuilder text =
                new StringBuilder("| classifier | accuracy on " + HELD_OUT + " unseen pictures |\n|---|---:|\n");
        accuracies.forEach(
                (who, accuracy) -> text.append(String.format(Locale.ROOT, "| %s | %.3f |%n", who, accuracy)));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private void write(Path file, ExperimentAnalysis analysis, String table) throws IOException {
        String base = String.valueOf(file.getFileName()).replaceAll("\\.md$", "");
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        RewardCurves.write(analysis, file.resolveSibling(base + ".png"));
        StringBuilder text = new StringBuilder("# A classifier of drawn digits, tuned\n\n" + table);
        text.append("\n![Accuracy on the validation pictures](").append(base).append(".png)\n\n");
        text.append("- best config: `").append(analysis.bestConfig()).append("`\n");
        text.append("- command: `mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.TuneClassifier"
                + " -Dexec.args=\"--trials " + trials + " --epochs " + epochs + " --pictures " + pictures + " --seed "
                + seed
                + " --record " + file + "\"`\n");
        text.append("- digest: `").append(analysis.digest()).append("`\n");
        text.append(String.format(Locale.ROOT, "- seconds: %.1f on %d threads%n", analysis.elapsedSeconds(), threads));
        text.append("- date: ").append(LocalDate.now(ZoneOffset.UTC)).append('\n');
        Machine.facts().forEach((fact, value) -> text.append("- " + fact + ": " + value + "\n"));
        Files.writeString(file, text.toString().replace(System.lineSeparator(), "\n"));
    }

    private static String timedName() {
        return "classifier-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    }
}
