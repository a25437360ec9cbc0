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
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.Tuner;
import org.rltune.tune.file.ExperimentFile;
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
