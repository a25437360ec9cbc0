package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.Mode;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.file.ExperimentFile;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.search.TpeSearch;
import org.rltune.tune.space.Domain;

/** An experiment from a file is the experiment that the same settings make in Java. */
@Timeout(60)
final class TuneFileTest {
    private static final TrainableSpec DESCENT = Trainables.function("TuneFileTestDescent", (config, session) -> {
        double x = 10;
        for (int i = 0; i < 9; i++) {
            x -= config.getDouble("lr") * 2 * x;
            session.report(Map.of("loss", x * x));
        }
    });

    private static final String FILE = """
            run: TuneFileTestDescent
            name: file
            metric: loss
            mode: min
            num_samples: 12
            seed: 3
            stop: {training_iteration: 9}
            search_alg: {type: TpeSearch, n_startup_trials: 4}
            scheduler: {type: AshaScheduler, max_t: 9}
            max_concurrent_trials: 3
            verbose: 0
            plots: false
            config:
              lr: {loguniform: [1e-4, 0.4]}
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void register() {
        Trainables.register(DESCENT);
    }

    @AfterAll
    static void unregister() {
        Trainables.unregister(DESCENT.name());
    }

    @Test
    void hasTheDigestOfTheSameSettingsInJava() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), FILE + "storage_path: '" + folder + "'\n");
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", Domain.loguniform(1e-4, 0.4));
        String java = Tune.run(
                        DESCENT,
                        run -> run.name("java")
                                .metric("loss")
                                .mode(Mode.MIN)
                                .numSamples(12)
                                .seed(3)
                                .stop("training_iteration", 9)
                                .searchAlg(TpeSearch.builder().nStartupTrials(4).build())
                                .scheduler(AshaScheduler.stopping().maxT(9).build())
                                .maxConcurrentTrials(3)
                                .verbose(0)
                                .plots(false)
                                .storagePath(folder)
                                .config(config))
                .digest();
        assertThat(Tune.run(file).digest()).isEqualTo(java);
        assertThat(folder.resolve("file/run.json")).exists();
        assertThat(Tune.run(file, run -> run.name("again").threads(1)).digest()).isEqualTo(java);
        assertThat(Tune.run(file, run -> run.name("other").seed(4)).digest()).isNotEqualTo(java);
    }

    @Test
    void refusesWhatOnlyTheWholeShows() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), FILE.replace("mode: min", "stop_all: 1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tune.run(file))
                .withMessageStartingWith(file + " line 4: stop_all is not a setting of an experiment");
        Path unstopped = Files.writeString(
                folder.resolve("y.yaml"), "run: PPO\nscheduler: PopulationBasedTraining\nconfig: {lr: 0.1}\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tune.plan(ExperimentFile.read(unstopped), run -> {}))
                .withMessageStartingWith(unstopped.toString());
    }
}
