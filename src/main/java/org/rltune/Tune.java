package org.rltune;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rltune.plot.RewardCurves;
import org.rltune.ppo.PpoTrainer;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.ResumedRun;
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.Tuner;
import org.rltune.tune.file.ExperimentFile;
import org.rltune.tune.file.RecordedSettings;
import org.rltune.tune.log.ConsoleReporter;
import org.rltune.tune.log.CsvLogger;
import org.rltune.tune.log.DecisionLogger;
import org.rltune.tune.log.JsonLinesLogger;
import org.rltune.tune.log.TensorBoardLogger;
import org.rltune.tune.log.Terminals;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.search.BasicVariantGenerator;

/**
 * Runs experiments. The settings have the names that users of Ray Tune know:
 *
 * <pre>{@code
 * ExperimentAnalysis analysis = Tune.run("PPO", run -> run.name("cartpole")
 *         .numSamples(8)
 *         .metric("episode_reward_mean")
 *         .mode(Mode.MAX)
 *         .stop("training_iteration", 50)
 *         .config(Map.of("env", "CartPole-v1", "lr", Domain.loguniform(1e-5, 1e-3))));
 * System.out.println(analysis.bestConfig());
 * }</pre>
 */
public final class Tune {
    static {
        Trainables.register(PpoTrainer.SPEC);
    }

    private Tune() {}

    /**
     * Runs a trainable that is known by name: {@code "PPO"}, or what was given to {@link Trainables#register}.
     *
     * @param settings is called once, with settings that have their defaults
     * @return every row of every trial, and which was best
     * @throws IllegalArgumentException for bad input, with name, value, rule and remedy; before anything starts wherever
     *     that can be known
     * @throws org.rltune.tune.TrialsFailedException at the end, if trials failed; it holds the analysis
     * @throws IllegalStateException if a hyperparameter was not in force as ordered, or a file could not be written
     */
    public static ExperimentAnalysis run(String trainable, Consumer<RunConfig> settings) {
        return run(Trainables.get(trainable), settings);
    }

    /** Runs a trainable of one's own, as {@link #run(String, Consumer)} does. */
    public static ExperimentAnalysis run(TrainableSpec trainable, Consumer<RunConfig> settings) {
        RunConfig config = new RunConfig();
        settings.accept(config);
        return tuner(trainable, config).run();
    }

    /**
     * Runs the experiment that a file describes, see {@link ExperimentFile}.
     *
     * @throws IllegalArgumentException as {@link #run(String, Consumer)}, with the file and the line
     */
    public static ExperimentAnalysis run(Path file) {
        return run(file, run -> {});
    }

    /**
     * Runs the experiment that a file describes, with settings that are added to the file's, or replace them.
     *
     * @param settings is called once, and again for each key that is suspected where the settings are refused
     */
    public static ExperimentAnalysis run(Path file, Consumer<RunConfig> settings) {
        return run(ExperimentFile.read(file), settings);
    }

    /** Runs an experiment that was read from a file, as {@link #run(Path, Consumer)} does. */
    public static ExperimentAnalysis run(ExperimentFile file, Consumer<RunConfig> settings) {
        Tuner tuner = tuner(file, settings);
        return file.named(tuner::run);
    }

    /**
     * Returns what {@link #run(ExperimentFile, Consumer)} would run, as {@code run.json} would say it; starts nothing and
     * touches no file.
     *
     * @throws IllegalArgumentException wherever the run would refuse to start
     */
    public static Map<String, Object> plan(ExperimentFile file, Consumer<RunConfig> settings) {
        return tuner(file, settings).settings();
    }

    /**
     * Goes on with a run that was killed, interrupted or failed, from where it stood, to the same end: the same rows,
     * decisions and digest as if nothing had happened. A run that is finished is only read back, and its files are written
     * anew.
     *
     * @param folder the experiment's folder
     * @throws IllegalArgumentException if the run cannot go on, naming what to pass and how; or another process is writing it
     */
    public static ExperimentAnalysis resume(Path folder) {
        return resume(folder, run -> {});
    }

    /**
     * Goes on with a run, with settings that are added to the recorded ones, or replace them: what only the program can
     * supply (a scheduler or searcher of its own, stop rules that are functions, listeners), and what extends it. A stop rule
     * that is set takes the place of all recorded ones; so {@code run.stop("training_iteration", 200)} lets a run that was
     * finished after 100 go on, {@code run.numSamples(16)} adds trials, and {@code run.rerunErrored(true)} tries again what
     * had failed.
     *
     * @throws IllegalArgumentException if the run would become another one
     */
    public static ExperimentAnalysis resume(Path folder, Consumer<RunConfig> settings) {
        try (ResumedRun run = ResumedRun.open(folder)) {
            return resume(trainableOf(run), run, settings);
        }
    }

    /** Goes on with a run of a trainable of one's own, as {@link #resume(Path, Consumer)} does. */
    public static ExperimentAnalysis resume(TrainableSpec trainable, Path folder, Consumer<RunConfig> settings) {
        try (ResumedRun run = ResumedRun.open(folder)) {
            return resume(trainable, run, settings);
        }
    }

    private static TrainableSpec trainableOf(ResumedRun run) {
        if (!Trainables.names().contains(run.trainable())) {
            throw new IllegalArgumentException("The run in " + run.folder() + " trains '" + run.trainable()
                    + "', which no trainable is registered as. Register it by Trainables.register(...) before, or pass"
                    + " it: Tune.resume(trainable, folder, run -> {}).");
        }
        return Trainables.get(run.trainable());
    }

    private static ExperimentAnalysis resume(TrainableSpec trainable, ResumedRun run, Consumer<RunConfig> settings) {
        RunConfig config = new RunConfig();
        RecordedSettings.apply(run, config);
        settings.accept(config.resume(run));
        return tuner(trainable, config).run();
    }

    private static Tuner tuner(ExperimentFile file, Consumer<RunConfig> settings) {
        TrainableSpec trainable = file.trainable();
        file.check(trainable);
        return file.placed(candidate -> {
            RunConfig config = new RunConfig();
            candidate.apply(config);
            settings.accept(config);
            return tuner(trainable, config);
        });
    }

    private static Tuner tuner(TrainableSpec trainable, RunConfig config) {
        return new Tuner(trainable, config, new FifoScheduler(), new BasicVariantGenerator(), listeners(config));
    }

    /** Everything that writes about a run stands here. Files come first: what is shown is on disk. */
    private static List<RunListener> listeners(RunConfig config) {
        List<RunListener> listeners = new ArrayList<>();
        listeners.add(new JsonLinesLogger());
        listeners.add(new DecisionLogger());
        if (config.csv()) {
            listeners.add(new CsvLogger());
        }
        if (config.tensorBoard()) {
            listeners.add(new TensorBoardLogger());
        }
        if (config.plots()) {
            listeners.add(new RewardCurves());
        }
        // A run tells of itself on standard output, unless the user names another stream; at verbose 0 of errors only.
        PrintStream given = config.out();
        boolean terminal = given == null && Terminals.interactive();
        listeners.add(new ConsoleReporter(given == null ? System.out : given, config.verbose(), terminal));
        return listeners;
    }
}
