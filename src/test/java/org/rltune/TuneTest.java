package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.Scheduler;
import org.rltune.tune.StopRule;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;

/** Everything wired: PPO under population based training, from one call to the files that it leaves behind. */
@Timeout(120)
class TuneTest {
    @TempDir
    Path storage;

    @BeforeAll
    static void register() {
        Corridor.register();
    }

    @AfterAll
    static void unregister() {
        Corridor.unregister();
    }

    private ExperimentAnalysis run(String name, Consumer<RunConfig> settings) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", Corridor.ID);
        config.put("num_workers", 2);
        config.put("num_envs_per_worker", 2);
        config.put("lr", Domain.loguniform(1e-4, 1e-2));
        config.put("train_batch_size", Domain.randint(64, 256));
        config.put("sgd_minibatch_size", Domain.randint(16, 128));
        config.put("num_sgd_iter", Domain.randint(1, 4));
        Scheduler pbt =
                PopulationBasedTraining.builder().perturbationInterval(2).build();
        return Tune.run("PPO", run -> {
            run.name(name)
                    .scheduler(pbt)
                    .numSamples(4)
                    .metric("episode_reward_mean")
                    .mode(Mode.MAX)
                    .checkpointFreq(1)
                    .keepCheckpointsNum(2)
                    .checkpointScoreAttr("episode_reward_mean")
                    .verbose(0)
                    .plots(false)
                    .stop("training_iteration", 5)
                    .seed(3)
                    .storagePath(storage)
                    .config(config);
            settings.accept(run);
        });
    }

    @Test
    void givesTheSameDigestTwiceAndOnAnyNumberOfThreads() {
        String digest = run("a", run -> run.threads(1)).digest();
        assertThat(run("b", run -> run.threads(1)).digest()).isEqualTo(digest);
        assertThat(run("c", run -> run.threads(2)).digest()).isEqualTo(digest);
        assertThat(run("d", run -> run.threads(3)).digest()).isEqualTo(digest);
        assertThat(run("e", run -> run.seed(4)).digest()).isNotEqualTo(digest);
    }

    @Test
    void leavesEverythingBehindThatTheReadmeNames() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        ExperimentAnalysis live = run("run", run -> run.verbose(1).out(out).plots(true));
        Path folder = storage.resolve("run");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("run.json", "decisions.jsonl", "reward_curves.png", "t00000", "t00003");
        }
        try (Stream<Path> files = Files.list(folder.resolve("t00002"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("params.json", "result.json", "progress.csv", "trial.json", "checkpoint_000005");
        }
        assertThat(Json.readObject(folder.resolve("run.json"))).containsEntry("digest", live.digest());
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(
                        "rltune experiment run",
                        "2 worker(s) x 2 env(s)",
                        live.bestTrial().id());
        ExperimentAnalysis loaded = ExperimentAnalysis.load(folder);
        assertThat(loaded.allRows()).isEqualTo(live.allRows()).hasSize(20);
        assertThat(loaded.bestCheckpoint()).isEqualTo(live.bestCheckpoint()).isDirectory();
        assertThat(loaded.bestConfig()).isEqualTo(live.bestConfig());
        assertThat(live.decisions()).isNotEmpty();
    }

    @Test
    void writesOnlyTheFilesThatAreWanted() throws Exception {
        run("lean", run -> run.csv(false).tensorBoard(false).stop(StopRule.atLeast("timesteps_total", 1)));
        try (Stream<Path> files = Files.list(storage.resolve("lean/t00000"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("result.json", "trial.json")
                    .noneMatch(name -> name.equals("progress.csv") || name.contains("tfevents"));
        }
    }

    @Test
    void refusesAnUnknownTrainableAndKnowsThoseThatExist() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tune.run("PPP", run -> {}))
                .withMessageContainingAll("'PPP'", "Registered: ", "PPO", "Maybe 'PPO'?");
    }

    @Test
    void refusesAnUnknownHyperparameterBeforeAnythingStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("run", run -> run.config(Map.of("env", Corridor.ID, "clip_parm", 0.2))))
                .withMessageContainingAll("clip_parm", "clip_param");
        assertThat(storage).isEmptyDirectory();
    }
}
