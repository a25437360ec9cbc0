package org.rltune.experiments;

import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.schedule.PopulationBasedTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job: eight PPO agents learn CartPole, copy each other, and change their own hyperparameters. */
@Command(
        name = "CartPolePbt",
        mixinStandardHelpOptions = true,
        description = "Tunes PPO by population based training: a population of agents learns side by side; every few"
                + " iterations the worst copy the best, with hyperparameters changed a little.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.args=\"--iterations 10 --population 4\"",
            "",
            "Results lie in RESULTS/NAME: run.json, decisions.jsonl, reward_curves.png, and for each trial"
                    + " params.json,",
            "result.json, progress.csv and checkpoints. Ctrl-C ends it in order; --resume RESULTS/NAME goes on with it.",
            "Exit code: 0; 1 if something failed; 2 for bad input; 130 if it was interrupted."
        })
public final class CartPolePbt implements Callable<Integer> {
    private static final String METRIC = "episode_reward_mean";
    private static final Set<String> RESUMABLE = Set.of("--resume", "--iterations", "--threads", "--verbose");

    @Option(names = "--iterations", description = "Training iterations of each agent (default: ${DEFAULT-VALUE}).")
    private int iterations = 50;

    @Option(names = "--population", description = "Number of agents (default: ${DEFAULT-VALUE}).")
    private int population = 8;

    @Option(names = "--interval", description = "Iterations between two rounds of copying (default: ${DEFAULT-VALUE}).")
    private int interval = 4;

    @Option(names = "--seed", description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--env", description = "Registered id of the environment (default: ${DEFAULT-VALUE}).")
    private String env = "CartPole-v1";

    @Option(
            names = "--workers",
            description = "Rollout workers of each agent; 0: the agent collects by itself (default: ${DEFAULT-VALUE}).")
    private int workers = 0;

    @Option(names = "--envs-per-worker", description = "Environments of each worker (default: ${DEFAULT-VALUE}).")
    private int envsPerWorker = 8;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Fixes a setting of PPO for all agents, such as --set lr=0.0003 or --set fcnet_hiddens=[32]."
                    + " Can be repeated.")
    private Map<String, String> constants = new LinkedHashMap<>();

    @Option(
            names = "--threads",
            description = "Threads that do the work (default: ${DEFAULT-VALUE}, the processors); changes no result.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--name", description = "Name of the results folder (default: cartpole-pbt-<start time>).")
    private @Nullable String name;

    @Option(names = "--results", description = "Folder of all results (default: ${DEFAULT-VALUE}).")
    private Path results = Path.of("results");

    @Option(
            names = "--verbose",
            description = "0: nothing but errors; 1: a status table; 2: also a line for every result (default:"
                    + " ${DEFAULT-VALUE}).")
    private int verbose = 1;

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Goes on with the run in this folder instead; --iterations lets it run longer. Of the other"
                    + " options only --threads and --verbose can be given with it.")
    private @Nullable Path resume;

    @Spec
    private @Nullable CommandSpec spec;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new CartPolePbt(), args);
    }

    @Override
    public Integer call() {
        ExperimentAnalysis analysis = resume == null ? begin() : goOn(resume);
        if (verbose > 0) {
            System.out.println("Let the best policy play:");
            System.out.println(
                    "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.PlayBest -Dexec.args=\""
                            + analysis.folder() + "\"");
        }
        return 0;
    }

    private ExperimentAnalysis goOn(Path folder) {
        List<String> given = Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .toList();
        given.stream().filter(name -> !RESUMABLE.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException(name + " cannot be given with --resume: the run in " + folder
                    + " has its settings already. Leave it out, or start a new run without --resume.");
        });
        return Tune.resume(folder, run -> {
            run.threads(threads).verbose(verbose).listener(new CtrlC(System.out));
            if (given.contains("--iterations")) {
                run.stop("training_iteration", iterations);
            }
        });
    }

    private ExperimentAnalysis begin() {
        Scheduler pbt = PopulationBasedTraining.builder()
                .timeAttr("training_iteration")
                .perturbationInterval(interval)
                .build();
        return Tune.run(
                "PPO",
                run -> run.name(name == null ? timedName() : name)
                        .scheduler(pbt)
                        .numSamples(population)
                        .metric(METRIC)
                        .mode(Mode.MAX)
                        .checkpointFreq(1)
                        .checkpointAtEnd(true)
                        .keepCheckpointsNum(3)
                        .checkpointScoreAttr(METRIC)
                        .stop("training_iteration", iterations)
                        .seed(seed)
                        .threads(threads)
                        .storagePath(results)
                        .verbose(verbose)
                        .listener(new CtrlC(System.out))
                        .config(config()));
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", env);
        config.put("num_workers", workers);
        config.put("num_envs_per_worker", envsPerWorker);
        config.put("fcnet_hiddens", List.of(64, 64));
        config.put("fcnet_activation", "tanh");
        config.put("vf_share_layers", false);
        config.put("clip_param", uniform(0.1, 0.5));
        config.put("lambda", uniform(0.9, 1.0));
        config.put("lr", uniform(1e-5, 1e-3));
        config.put("train_batch_size", randint(1000, 60000));
        config.put("num_sgd_iter", randint(1, 30));
        config.put("sgd_minibatch_size", randint(128, 16384));
        constants.forEach((key, value) -> config.put(key, Json.parseYaml(value, "--set " + key)));
        return config;
    }

    private static String timedName() {
        return "cartpole-pbt-"
                + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    }
}
