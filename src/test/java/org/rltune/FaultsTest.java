package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunConfig;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialStatus;
import org.rltune.tune.TrialsFailedException;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;

/** What becomes of a tuning run when the environments of one trial, or what it needs of the machine, fail. */
@Timeout(120)
class FaultsTest {
    private static final String ID = "Trap-v0";

    @TempDir
    Path storage;

    /** Walks on a line. In trial t00001 (which has bad = 1) something happens in the 40th step of an environment object. */
    private static final class Trap extends SeededEnv<float[], Integer> {
        private final String fault;
        private final CountDownLatch never = new CountDownLatch(1);
        private double place;
        private double begin;
        private int steps;
        private int inEpisode;

        Trap(String fault) {
            super(Box.of(-100f, 100f, 1), Discrete.of(2));
            this.fault = fault;
        }

        @Override
        protected float[] start(Map<String, Object> options) {
            place = random().uniform(-5, 5);
            begin = place;
            inEpisode = 0;
            return new float[] {(float) place};
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            place += action == 0 ? -1 : 1;
            if (++inEpisode == 7 && begin < -2 && fault.equals("coin")) {
                throw new IllegalStateException("an unlucky episode"); // by its seed alone, whatever came before
            }
            double reward = ++steps == 40 && !fault.equals("coin") ? spring() : -Math.abs(place);
            float seen = reward == 777 ? Float.NaN : (float) place;
            return new StepResult<>(new float[] {seen}, reward, false, false, Map.of());
        }

        private double spring() {
            switch (fault) {
                case "throw":
                    throw new IllegalStateException("the rope broke");
                case "nan":
                    return 777;
                case "huge":
                    return 1e300;
                case "hang":
                    hang();
                    return 0;
                case "memory":
                    return new long[Integer.MAX_VALUE].length + new long[Integer.MAX_VALUE].length;
                case "stack":
                    return deeper(1);
                default:
                    return 0;
            }
        }

        private double deeper(double depth) {
            return depth + deeper(depth + 1);
        }

        private void hang() {
            boolean waiting = true;
            while (waiting) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    waiting = false;
                    throw new IllegalStateException("the wait was interrupted", e);
                }
            }
        }
    }

    @BeforeEach
    void register() {
        Envs.register(EnvSpec.of(ID, context -> new Trap(context.get("bad", 0) == 1 ? context.get("fault", "") : ""))
                .withMaxEpisodeSteps(15));
    }

    @AfterEach
    void unregister() {
        Envs.unregister(ID);
    }

    private ExperimentAnalysis run(
            String name, String fault, Map<String, Object> settings, Consumer<RunConfig> changes) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", ID);
        config.put("env_config/fault", fault);
        config.put("env_config/bad", Domain.grid(0, 1, 2));
        config.put("num_envs_per_worker", 2);
        config.put("train_batch_size", 32);
        config.put("sgd_minibatch_size", 16);
        config.put("num_sgd_iter", 2);
        config.put("fcnet_hiddens", List.of(8));
        config.putAll(settings);
        return Tune.run("PPO", run -> {
            run.name(name)
                    .storagePath(storage)
                    .config(config)
                    .metric("episode_reward_mean")
                    .stop("training_iteration", 6)
                    .threads(2)
                    .tensorBoard(false)
                    .plots(false)
                    .verbose(0);
            changes.accept(run);
        });
    }

    private TrialsFailedException failing(String fault, Map<String, Object> settings, Consumer<RunConfig> changes) {
        return catchThrowableOfType(TrialsFailedException.class, () -> run("faulty", fault, settings, changes));
    }

    /** 40 steps at two environments and 32 samples an iteration: the third iteration. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw | step failed: java.lang.IllegalStateException: the rope broke",
                "nan | observation index 0: value NaN must be a finite number",
                "huge | reward of environment 0 at step 7 of the batch: Infinity",
                "memory | ran out of memory (java.lang.OutOfMemoryError",
                "stack | used up the stack of its thread (java.lang.StackOverflowError",
            })
    void failsTheTrialAloneAndSaysWhy(String fault, String message) throws Exception {
        TrialsFailedException failure = failing(fault, Map.of(), run -> {});
        assertThat(failure).hasMessageContainingAll("1 of 3 trials", "t00001 at iteration 3", message, "error.txt");
        assertThat(failure.getMessage().lines()).as("short for the user").hasSizeLessThan(5);
        ExperimentAnalysis analysis = failure.analysis();
        assertThat(analysis.trials())
                .extracting(Trial::status)
                .containsExactly(TrialStatus.TERMINATED, TrialStatus.ERROR, TrialStatus.TERMINATED);
        assertThat(analysis.rows("t00000")).hasSize(6);
        assertThat(analysis.rows("t00001")).hasSize(2);
        assertThat(ExperimentAnalysis.load(analysis.folder()).rows("t00001")).hasSize(2);
        assertThat(Files.readString(analysis.trial("t00001").folder().resolve("error.txt")))
                .contains("t00001 failed in its iteration 3", "env_config", "\tat org.rltune.");
        if (fault.equals("throw") || fault.equals("nan")) {
            assertThat(failure)
                    .hasMessageContainingAll("Trap-v0 (worker 0, vector index 0), episode 2, step 10", "seed");
        }
        if (fault.equals("memory")) {
            assertThat(failure).hasMessageContainingAll("-Xmx", "train_batch_size", "max_concurrent_trials");
        }
    }

    @Test
    void goesOnWithANewEnvironmentIfToldTo() {
        Map<String, Object> setting = Map.of("restart_failed_sub_environments", true);
        List<String> digests = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            ExperimentAnalysis analysis = run("restarts" + threads, "throw", setting, run -> run.threads(threads));
            digests.add(analysis.digest());
            // Of the third iteration on, each object lives for 40 steps: 2 environments fail in iterations 3 and 5.
            assertThat(analysis.rows("t00001"))
                    .extracting(row -> row.get("num_faulty_episodes"))
                    .containsExactly(0L, 0L, 2L, 0L, 2L, 0L);
            assertThat(analysis.rows("t00000"))
                    .allSatisfy(row -> assertThat(row).containsEntry("num_faulty_episodes", 0L));
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1)).hasSize(64);
    }

    @Test
    void aTrainerThatThrewEpisodesAwayGoesOnFromACheckpointWithTheSameBits() {
        PpoConfig config = PpoConfig.of(ID)
                .envConfig(Map.of("bad", 1, "fault", "coin"))
                .restartFailedSubEnvironments(true)
                .numEnvsPerWorker(3)
                .numWorkers(2)
                .trainBatchSize(120)
                .sgdMinibatchSize(40)
                .fcnetHiddens(List.of(8))
                .with("observation_filter", "MeanStdFilter")
                .with("norm_reward", true);
        long faulty = 0;
        try (PpoTrainer straight = config.build();
                PpoTrainer other = config.build()) {
            for (int i = 0; i < 4; i++) {
                straight.train();
                other.restore(straight.save());
                Map<String, Object> expected =
                        new LinkedHashMap<>(straight.train().metrics());
                Map<String, Object> metrics = new LinkedHashMap<>(other.train().metrics());
                faulty += (long) expected.get("num_faulty_episodes");
                expected.remove("timers");
                metrics.remove("timers");
                assertThat(metrics).isEqualTo(expected);
                assertThat(other.save()).containsExactlyEntriesOf(straight.save());
            }
        }
        assertThat(faulty).isPositive();
    }

    @Test
    void givesUpAHangingEnvironmentAndKeepsTheStacks() throws Exception {
        Map<String, Object> setting = Map.of("env_step_timeout_s", 4.0);
        TrialsFailedException failure = failing("hang", setting, run -> {});
        assertThat(failure)
                .hasMessageContainingAll("1 of 3", "t00001", "has not answered for 4.0 s", "env_step_timeout_s");
        assertThat(failure.getMessage().lines()).hasSizeLessThan(5);
        assertThat(failure.analysis().rows("t00002")).hasSize(6);
        Path folder = failure.analysis().folder();
        assertThat(Files.readString(folder.resolve("t00001/error.txt")))
                .contains(
                        "the stacks of all threads", "\"rltune-env-t00001-worker-0\"", "FaultsTest$Trap.hang", "main");
        assertThat(Files.readString(folder.resolve("run.json")))
                .contains("env_step_timeout_s is 4.0: whether a trial fails by it depends on the clock");
    }

    @Test
    void triesAHangingTrialAgainAsOftenAsTold() {
        Map<String, Object> setting = Map.of("env_step_timeout_s", 3.0);
        TrialsFailedException failure =
                failing("hang", setting, run -> run.maxFailures(1).checkpointFreq(1));
        assertThat(failure.analysis().trial("t00001").failures()).isEqualTo(2);
        assertThat(failure.analysis().trial("t00001").folder().resolve("error.txt"))
                .content()
                .contains("(attempt 1 of 2)", "(attempt 2 of 2)");
    }

    @Test
    void theWatchdogChangesNoBit() {
        Map<String, Object> plain = Map.of("num_workers", 2, "env_config/bad", 0);
        Map<String, Object> watched = Map.of("num_workers", 2, "env_config/bad", 0, "env_step_timeout_s", 60.0);
        Consumer<RunConfig> population = run -> run.numSamples(4)
                .scheduler(PopulationBasedTraining.builder()
                        .timeAttr("training_iteration")
                        .perturbationInterval(2)
                        .hyperparamMutations(Map.of("lr", Domain.loguniform(1e-4, 1e-2)))
                        .build());
        ExperimentAnalysis without = run("plain", "", plain, population);
        ExperimentAnalysis with = run("watched", "", watched, population);
        assertThat(rows(with)).isEqualTo(rows(without));
        assertThat(with.decisions()).hasSameSizeAs(without.decisions()).isNotEmpty();
    }

    private static List<Object> rows(ExperimentAnalysis analysis) {
        List<Object> rows = new ArrayList<>();
        for (Map<String, Object> row : analysis.allRows()) {
            rows.add(Arrays.asList(row.get("trial_id"), row.get("episode_reward_mean"), row.get("total_loss")));
        }
        return rows;
    }

    @Test
    void aDivergedTrialIsNeitherBestNorCopied() {
        // 1e38 is a finite number, but the step that it makes is not.
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("env_config/bad", 0);
        settings.put("lr", Domain.grid(1e38, 1e-3, 1e-2));
        settings.put("grad_clip", 0.0);
        TrialsFailedException failure = failing(
                "",
                settings,
                run -> run.numSamples(1)
                        .scheduler(PopulationBasedTraining.builder()
                                .timeAttr("training_iteration")
                                .perturbationInterval(2)
                                .hyperparamMutations(Map.of("gamma", Domain.uniform(0.9, 0.99)))
                                .build()));
        assertThat(failure.failed())
                .isNotEmpty()
                .allSatisfy(trial -> assertThat(trial.error()).hasMessageContaining("training has diverged"));
        ExperimentAnalysis analysis = failure.analysis();
        assertThat(analysis.bestTrial().status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(analysis.trials())
                .filteredOn(trial -> trial.status() == TrialStatus.TERMINATED)
                .hasSize(analysis.trials().size() - failure.failed().size())
                .allSatisfy(trial -> assertThat(trial.rows()).hasSize(6));
    }

    /** Found by fuzzing: 1 was ordered, 1.0 was in force, and the run failed. */
    @Test
    void aTunedRealMayBeWrittenAsAWholeNumber() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("env_config/bad", 0);
        settings.put("vf_clip_param", Domain.randint(1, 3));
        settings.put("entropy_coeff", Domain.choice(0, 0.01));
        settings.put("fcnet_activation", Domain.choice("Tanh", "ReLU"));
        settings.put("clip_param_schedule", Domain.choice(List.of(List.of(0, 1)), List.of(List.of(0, 0.3))));
        ExperimentAnalysis analysis = run("whole", "", settings, run -> run.numSamples(6));
        assertThat(analysis.trials())
                .hasSize(6)
                .allSatisfy(trial -> assertThat(trial.rows()).hasSize(6));
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("a", "", Map.of("env_step_timeout_s", -1.0), run -> {}))
                .withMessageContainingAll("env_step_timeout_s must be at least 0", "-1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("a", "", Map.of("sample_timeout_s", 60), run -> {}))
                .withMessageContaining("Maybe 'env_step_timeout_s'?");
    }
}
