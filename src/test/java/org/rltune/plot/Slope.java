package org.rltune.plot;

import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.oneMinusLog;
import static org.rltune.tune.space.Domain.randint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.rltune.Tune;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Iteration;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.HyperParams;

/** Climbs the faster the larger {@code lr} is, and reports timers as PPO does: a run to draw, made in no time. */
final class Slope implements Trainable {
    private HyperParams config;
    private double height;

    private Slope(HyperParams config) {
        this.config = config;
    }

    static TrainableSpec spec(String name) {
        return new TrainableSpec() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Trainable create(TrialContext context) {
                return new Slope(context.config());
            }
        };
    }

    /** Runs a population with an axis of every kind. */
    static ExperimentAnalysis population(Path results, int trials, int iterations, Consumer<RunConfig> more) {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("lr", loguniform(1e-4, 1e-2));
        space.put("gamma", oneMinusLog(0.9, 0.9999));
        space.put("num_sgd_iter", randint(1, 12));
        space.put("activation", choice("tanh", "relu"));
        return Tune.run(spec("Slope"), run -> {
            run.name("slope")
                    .storagePath(results)
                    .verbose(0)
                    .csv(false)
                    .tensorBoard(false)
                    .plots(false)
                    .numSamples(trials)
                    .seed(7)
                    .metric("score")
                    .mode(Mode.MAX)
                    .stop("training_iteration", iterations)
                    .scheduler(PopulationBasedTraining.builder()
                            .perturbationInterval(2)
                            .build())
                    .config(space);
            more.accept(run);
        });
    }

    @Override
    public Iteration train() {
        height += 1 + 100 * config.getDouble("lr");
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("score", height);
        metrics.put("timesteps_this_iter", 10);
        metrics.put("timers", Map.of("env_s", 1e-7, "inference_s", 2e-7, "sample_s", 4e-7, "learn_s", 5e-7));
        return new Iteration(metrics, config);
    }

    @Override
    public Map<String, byte[]> save() {
        return Map.of("height", Double.toString(height).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void restore(Map<String, byte[]> files) {
        adopt(files);
    }

    @Override
    public void adopt(Map<String, byte[]> donorFiles) {
        height = Double.parseDouble(new String(donorFiles.get("height"), StandardCharsets.UTF_8));
    }

    @Override
    public void configure(HyperParams next) {
        this.config = next;
    }

    @Override
    public void close() {}
}
