package org.rltune.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.file.ExperimentFile;
import org.rltune.tune.file.RecordedSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the experiment that a file describes. */
@Command(
        name = "Run",
        mixinStandardHelpOptions = true,
        description =
                "Runs the experiment that a YAML or JSON file describes; docs/experiment-files.md lists the keys.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.Run \\",
            "      -Dexec.args=\"experiments/configs/cartpole-pbt.yaml --set num_samples=4 --dry-run\"",
            "",
            "To go on with a run that was killed, or to let a finished one run longer:",
            "  ... -Dexec.args=\"--resume results/NAME --set stop/training_iteration=200\"",
            "",
            "Exit code: 0; 1 if something failed; 2 for bad input; 130 if it was interrupted."
        })
public final class Run implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The experiment, as YAML, or JSON if it ends with .json.")
    private @Nullable Path file;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Goes on with the run in this folder instead; --set, --threads and --verbose change it, such as"
                            + " --set stop/training_iteration=200 or --set num_samples=16 for one that is finished.")
    private @Nullable Path resume;

    @Option(names = "--rerun-errored", description = "With --resume: tries trials again that had failed.")
    private boolean rerunErrored;

    @Option(names = "--name", description = "Name of the results folder (default: the file's, or a timed one).")
    private @Nullable String name;

    @Option(names = "--seed", description = "Seed of everything random (default: the file's).")
    private @Nullable Long seed;

    @Option(names = "--threads", description = "Threads that do the work (default: the file's); changes no result.")
    private @Nullable Integer threads;

    @Option(names = "--results", description = "Folder of all results (default: the file's, or results).")
    private @Nullable Path results;

    @Option(names = "--verbose", description = "0: nothing, 1: the status table, 2: each result too.")
    private @Nullable Integer verbose;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Says something else than the file, such as --set num_samples=4, --set config/lr=0.001 or"
                    + " --set scheduler/max_t=9. Can be repeated.")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Checks everything, says what would run, and runs nothing.")
    private boolean dryRun;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new Run(), args);
    }

    @Override
    public Integer call() {
        OwnTrainables.register();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Map<String, Object> changed = changes();
        Path folder = resume;
        Path described = file;
        if (folder != null && described == null) {
            return resume(out, folder, changed);
        }
        if (folder != null || described == null) {
            throw new IllegalArgumentException(
                    "Name either the FILE of an experiment, or with --resume the folder of a run to go on with.");
        }
        if (rerunErrored) {
            throw new IllegalArgumentException("--rerun-errored needs --resume DIR: a new run has no failures yet.");
        }
        ExperimentFile experiment = ExperimentFile.read(described);
        for (Map.Entry<String, Object> change : changed.entrySet()) {
            experiment = experiment.with(change.getKey(), change.getValue());
        }
        if (dryRun) {
            print(out, Tune.plan(experiment, run -> {}));
            return 0;
        }
        ExperimentAnalysis analysis = Tune.run(experiment, run -> run.listener(new CtrlC(System.out)));
        out.println("Results: " + analysis.folder());
        return 0;
    }

    private int resume(PrintWriter out, Path folder, Map<String, Object> changed) {
        if (dryRun) {
            throw new IllegalArgumentException("--dry-run has nothing to say about a run that goes on. Leave it out.");
        }
        ExperimentAnalysis analysis = Tune.resume(folder, run -> {
            RecordedSettings.change(run.rerunErrored(rerunErrored), changed);
            run.listener(new CtrlC(System.out));
        });
        out.println("Results: " + analysis.folder());
        return 0;
    }

    /** Returns what the command line says by the keys of an experiment file; options come after --set. */
    private Map<String, Object> changes() {
        Map<String, Object> read = new LinkedHashMap<>();
        changes.forEach((key, text) -> {
            Object value = Json.parseYaml(text, "--set " + key);
            if (value == null) {
                throw new IllegalArgumentException("--set " + key + " has no value. Write --set " + key + "=VALUE.");
            }
            read.put(key, value);
        });
        read.putAll(options());
        return read;
    }

    private Map<String, Object> options() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", name);
        all.put("seed", seed);
        all.put("threads", threads);
        all.put("storage_path", results == null ? null : results.toString());
        all.put("verbose", verbose);
        Map<String, Object> given = new LinkedHashMap<>();
        all.forEach((key, value) -> {
            if (value != null) {
                given.put(key, value);
            }
        });
        return given;
    }

    /** Prints one setting a line, and the parts of the search space and other objects below them. */
    private static void print(PrintWriter out, Map<String, Object> plan) {
        plan.forEach((key, value) -> {
            if (value instanceof Map<?, ?> parts && !parts.isEmpty()) {
                out.println(key + ":");
                parts.forEach((part, inside) -> out.println("  " + part + ": " + Json.write(inside)));
            } else {
                out.println(key + ": " + Json.write(value));
            }
        });
    }
}
