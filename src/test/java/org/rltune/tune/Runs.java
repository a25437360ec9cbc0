package org.rltune.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rltune.tune.log.DecisionLogger;
import org.rltune.tune.log.JsonLinesLogger;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.space.Domain;

/** Small runs for tests. */
final class Runs {
    private Runs() {}

    /** Five iterations of four trials on two threads, "score" maximised, with the files that load() reads. */
    static ExperimentAnalysis run(Path storage, TrainableSpec spec, Consumer<RunConfig> settings) {
        return tuner(storage, spec, settings).run();
    }

    /** Goes on with a run with the settings of {@link #run}; those that are given here replace them. */
    static ExperimentAnalysis resume(Path folder, TrainableSpec spec, Consumer<RunConfig> settings) {
        try (ResumedRun run = ResumedRun.open(folder)) {
            return tuner(folder.getParent(), spec, config -> settings.accept(config.resume(run)))
                    .run();
        }
    }

    static Tuner tuner(Path storage, TrainableSpec spec, Consumer<RunConfig> settings) {
        RunConfig config = new RunConfig()
                .storagePath(storage)
                .name("run")
                .numSamples(4)
                .threads(2)
                .metric("score")
                .config(Map.of("lr", Domain.uniform(0.001, 0.1), "note", "constant"));
        settings.accept(config);
        if (config.stopRules().isEmpty()) {
            config.stop("training_iteration", 5);
        }
        List<RunListener> files = List.of(new JsonLinesLogger(), new DecisionLogger());
        return new Tuner(spec, config, new FifoScheduler(), new BasicVariantGenerator(), files);
    }

    static PopulationBasedTraining pbt(double interval) {
        return PopulationBasedTraining.builder()
                .timeAttr("training_iteration")
                .perturbationInterval(interval)
                .build();
    }
}
