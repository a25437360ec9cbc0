package org.rltune.experiments.bench;

import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rltune.Tune;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.schedule.PopulationBasedTraining;

/** What {@link PbtBench} runs, each in a JVM of its own. Arguments: the name of the job, and the results folder. */
enum PbtJob {
    /** The main job: CartPolePbt with its defaults. */
    MAIN("the main job: 8 trials, 50 iterations, batches of 1,000 to 60,000, 2x64", 8, 50, 64, 60_000, 16_384),
    /** The run that Ray Tune was measured with. */
    PEER("the peers' run: 8 trials, 20 iterations, batches of 1,000 to 8,000, 2x256", 8, 20, 256, 8_000, 1_024),
    /** A population that has to fit into the memory. */
    WIDE("a wide population: 32 trials, 4 iterations, batches of 1,000 to 8,000, 2x256", 32, 4, 256, 8_000, 1_024);

    private final String description;
    private final int population;
    private final int iterations;
    private final int hidden;
    private final int largestBatch;
    private final int largestMinibatch;

    PbtJob(String description, int population, int iterations, int hidden, int largestBatch, int largestMinibatch) {
        this.description = description;
        this.population = population;
        this.iterations = iterations;
        this.hidden = hidden;
        this.largestBatch = largestBatch;
        this.largestMinibatch = largestMinibatch;
    }

    String description() {
        return description;
    }

    /** The name of the folder in the results. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    ExperimentAnalysis run(Path results) {
        return Tune.run(
                "PPO",
                run -> run.name(id())
                        .scheduler(PopulationBasedTraining.builder()
                                .timeAttr("training_iteration")
                                .perturbationInterval(4)
                                .build())
                        .numSamples(population)
                        .metric("episode_reward_mean")
                        .mode(Mode.MAX)
                        .checkpointFreq(1)
                        .checkpointAtEnd(true)
                        .keepCheckpointsNum(3)
                        .checkpointScoreAttr("episode_reward_mean")
                        .stop("training_iteration", iterations)
                        .seed(42)
                        .storagePath(results)
                        .verbose(0)
                        .config(config()));
    }

    private Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", "CartPole-v1");
        config.put("num_workers", 0);
        config.put("num_envs_per_worker", 8);
        config.put("fcnet_hiddens", List.of(hidden, hidden));
        config.put("fcnet_activation", "tanh");
        config.put("vf_share_layers", false);
        config.put("clip_param", uniform(0.1, 0.5));
        config.put("lambda", uniform(0.9, 1.0));
        config.put("lr", uniform(1e-5, 1e-3));
        config.put("train_batch_size", randint(1000, largestBatch));
        config.put("num_sgd_iter", randint(1, 30));
        config.put("sgd_minibatch_size", randint(128, largestMinibatch));
        return config;
    }

    /** Runs a job in this JVM. */
    public static void main(String[] args) {
        PbtJob job = valueOf(args[0].toUpperCase(Locale.ROOT));
        job.run(Path.of(args[1]));
        // The most that was in use after a collection is not known; what the heap grew to is.
        System.out.println(Runtime.getRuntime().totalMemory() >> 20);
    }
}
