package org.rltune.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.rltune.tune.file.ExperimentFile;
import org.rltune.tune.space.HyperParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
            "      -Dexec.args=\"experiments/configs/digits-asha.yaml --trials 40 --epochs 27\"",
            "",
            "Results lie in RESULTS/NAME; reward_curves.png there shows the accuracy of every trial. Exit code: 0; 1 if",
            "something failed; 2 for bad input."
        })
public final class TuneClassifier implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The experiment (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("experiments", "configs", "digits-asha.yaml");

    @Option(names = "--trials", description = "Configurations to try (default: the file's).")
    private @Nullable Integer trials;

    @Option(names = "--epochs", description = "Passes over the data at most (default: the file's).")
    private @Nullable Integer epochs;

    @Option(names = "--pictures", description = "Pictures to train on (default: the file's).")
    private @Nullable Integer pictures;

    @Option(names = "--seed", description = "Seed of everything random (default: the file's).")
    private @Nullable Long seed;

    @Option(names = "--threads", description = "Threads that do the work (default: the processors); changes no result.")
    private @Nullable Integer threads;

    @Option(names = "--name", description = "Name of the results folder (default: one with the time of the start).")
    private @Nullable String name;

    @Option(names = "--results", description = "Folder of all results (default: the file's, or results).")
    private @Nullable Path results;

    @Option(names = "--verbose", description = "0, 1 or 2, as of CartPolePbt (default: the file's, or 1).")
    private @Nullable Integer verbose;

    @Option(names = "--record", paramLabel = "FILE.md", description = "Writes a record there, its curves in FILE.png.")
    private @Nullable Path record;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new TuneClassifier(), args);
    }

    @Override
    public Integer call() throws IOException {
        if ((epochs != null && epochs < 1) || (pictures != null && pictures < DigitImages.CLASSES)) {
            throw new IllegalArgumentException("--epochs must be at least 1 and --pictures at least "
                    + DigitImages.CLASSES + ", but they are " + epochs + " and " + pictures + ".");
        }
        RecordFile.check(record);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        OwnTrainables.register();
        ExperimentAnalysis analysis = Tune.run(experiment(), run -> {});

        Seeds seeds = Seeds.of(analysis.seed()).child("digits");
        DigitClassifier best = new DigitClassifier(analysis.bestConfig(), seeds);
        best.restore(FunctionSpec.readCheckpoint(analysis.bestCheckpoint()));
        DigitImages train = best.trainingPictures();
        DigitImages test = best.heldOut("test");
        DigitClassifier standard = new DigitClassifier(HyperParams.of(DigitClassifier.DEFAULTS), seeds);
        for (int epoch = 0; epoch < best.epochs(); epoch++) {
            standard.epoch(train, seeds.stream("standard", epoch));
        }
        Map<String, Double> accuracies = new LinkedHashMap<>();
        accuracies.put("nearest mean picture", DigitImages.nearestMeanAccuracy(train, test));
        accuracies.put(
                "default settings, " + best.epochs() + " epochs",
                standard.evaluate(test).accuracy());
        accuracies.put(
                "best of " + analysis.trials().size() + " trials",
                best.evaluate(test).accuracy());
        int spent = analysis.allRows().size();
        String table = table(accuracies) + "\n" + analysis.trials().size() + " trials took " + spent
                + " epochs in all, of " + analysis.trials().size() * best.epochs()
                + " if none had been stopped early.\n";
        out.print(table);
        if (record != null) {
            write(record, analysis, table);
            out.println("Record: " + record);
        }
        return 0;
    }

    /** The file, with what the options say instead. */
    private ExperimentFile experiment() {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        changes.put("num_samples", trials);
        changes.put("config/epochs", epochs);
        changes.put("scheduler/max_t", epochs);
        changes.put("config/pictures", pictures);
        changes.put("seed", seed);
        changes.put("threads", threads);
        changes.put("name", name);
        changes.put("storage_path", results == null ? null : results.toString());
        changes.put("verbose", verbose);
        ExperimentFile experiment = ExperimentFile.read(file);
        for (Map.Entry<String, @Nullable Object> change : changes.entrySet()) {
            Object value = change.getValue();
            experiment = value == null ? experiment : experiment.with(change.getKey(), value);
        }
        return experiment;
    }

    private static String table(Map<String, Double> accuracies) {
        StringBuilder text = new StringBuilder(
                "| classifier | accuracy on " + DigitClassifier.HELD_OUT + " unseen pictures |\n|---|---:|\n");
        accuracies.forEach(
                (who, accuracy) -> text.append(String.format(Locale.ROOT, "| %s | %.3f |%n", who, accuracy)));
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    private static String given(String option, @Nullable Object value) {
        return value == null ? "" : " " + option + " " + value;
    }

    private void write(Path target, ExperimentAnalysis analysis, String table) throws IOException {
        RecordFile files = new RecordFile(target);
        RewardCurves.write(analysis, files.beside(files.picture()));
        StringBuilder text = new StringBuilder("# A classifier of drawn digits, tuned\n\n" + table);
        text.append("\n![Accuracy on the validation pictures](")
                .append(files.picture())
                .append(")\n\n");
        text.append("- best config: `").append(analysis.bestConfig()).append("`\n");
        text.append("- command: `mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.TuneClassifier"
                + " -Dexec.args=\"" + file + given("--trials", trials) + given("--epochs", epochs)
                + given("--pictures", pictures) + given("--seed", seed) + " --record " + target + "\"`\n");
        text.append("- digest: `").append(analysis.digest()).append("`\n");
        text.append(String.format(Locale.ROOT, "- seconds: %.1f%n", analysis.elapsedSeconds()));
        text.append(RecordFile.facts());
        Files.writeString(target, text.toString().replace(System.lineSeparator(), "\n"));
    }
}
