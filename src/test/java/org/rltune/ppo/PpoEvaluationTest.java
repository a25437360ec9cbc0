package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.policy.Policy;
import org.rltune.random.Seeds;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.space.Domain;

/** Evaluation beside training. */
class PpoEvaluationTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static PpoConfig config() {
        return PpoConfig.of(ToyEnvs.WALK)
                .numWorkers(2)
                .numEnvsPerWorker(2)
                .trainBatchSize(160)
                .sgdMinibatchSize(40)
                .numSgdIter(3)
                .fcnetHiddens(List.of(16))
                .lr(3e-3)
                .seed(4)
                .evaluationInterval(3)
                .evaluationDuration(6);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> evaluation(Map<String, Object> metrics) {
        return (Map<String, Object>) metrics.get("evaluation");
    }

    private static Map<String, Object> withoutTimes(Map<String, Object> metrics) {
        Map<String, Object> rest = new LinkedHashMap<>(metrics);
        rest.remove("timers");
        return rest;
    }

    /** Plays an episode with the policy's most probable actions, by the environment's own interface. */
    @SuppressWarnings("unchecked")
    private static double play(Policy policy, long seed) {
        double sum = 0;
        try (Env<Object, Object> env = (Env<Object, Object>) Envs.make(ToyEnvs.WALK, EnvContext.of(Map.of()))) {
            Object observation = env.reset(seed).observation();
            for (boolean ended = false; !ended; ) {
                StepResult<Object> result = env.step(policy.act(observation));
                observation = result.observation();
                sum += result.reward();
                ended = result.ended();
            }
        }
        return sum;
    }

    @Test
    void everyRowHasTheLatestEvaluationOfTheWeightsItNames() {
        try (PpoTrainer trainer = config().build()) {
            Map<Long, Policy> policies = new LinkedHashMap<>();
            long[] expectedWeights = {1, 1, 3, 3, 3, 6, 6};
            for (int i = 0; i < expectedWeights.length; i++) {
                Map<String, Object> row = evaluation(trainer.train().metrics());
                policies.put(i + 1L, Policy.fromFiles(trainer.policy().files()));
                long weights = expectedWeights[i];
                assertThat(row).containsEntry("training_iteration", weights).containsEntry("episodes", 6L);
                double sum = 0;
                for (int k = 0; k < 6; k++) {
                    sum += play(policies.get(weights), Seeds.of(4).seed("evaluation", weights, k));
                }
                assertThat(row).containsEntry("episode_reward_mean", sum / 6);
            }
        }
    }

    @Test
    void inParallelItPlaysTheWeightsThatTheIterationBeganWith() {
        PpoConfig beside = config().evaluationParallelToTraining(true).evaluationInterval(1);
        try (PpoTrainer trainer = beside.build();
                PpoTrainer alone = config().evaluationInterval(0).build()) {
            for (int i = 1; i <= 4; i++) {
                Policy before = Policy.fromFiles(trainer.policy().files());
                Map<String, Object> metrics =
                        new LinkedHashMap<>(trainer.train().metrics());
                double sum = 0;
                for (int k = 0; k < 6; k++) {
                    sum += play(before, Seeds.of(4).seed("evaluation", i, k));
                }
                assertThat(evaluation(metrics))
                        .containsEntry("training_iteration", i - 1L)
                        .containsEntry("episode_reward_mean", sum / 6);
                // Training itself does not notice.
                metrics.remove("evaluation");
                assertThat(withoutTimes(metrics))
                        .isEqualTo(withoutTimes(alone.train().metrics()));
            }
        }
    }

    private static List<Object> run(PpoConfig config) {
        List<Object> result = new ArrayList<>();
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < 4; i++) {
                result.add(withoutTimes(trainer.train().metrics()));
            }
            trainer.save().forEach((name, content) -> result.add(name + Arrays.hashCode(content)));
        }
        return result;
    }

    @Test
    void neitherThreadsNorEvaluationWorkersChangeABit() throws Exception {
        for (PpoConfig config : List.of(
                config().evaluationConfig(Map.of("explore", true)),
                config().evaluationParallelToTraining(true).evaluationInterval(1),
                config().evaluationDurationUnit("timesteps").evaluationDuration(95))) {
            List<Object> first = null;
            for (int threads : new int[] {1, 2, 4}) {
                for (int workers : new int[] {0, 3}) {
                    ForkJoinPool pool = new ForkJoinPool(threads);
                    List<Object> result = pool.submit(() -> run(config.evaluationNumWorkers(workers)))
                            .get();
                    pool.shutdown();
                    first = first == null ? result : first;
                    assertThat(result)
                            .as("%d threads, %d workers", threads, workers)
                            .isEqualTo(first);
                }
            }
        }
    }

    @Test
    void itsEnvironmentsAreAsManyAsItsWorkersAndMayBeOfAnotherConfig() {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger far = new AtomicInteger();
        EnvSpec spec = Envs.spec(ToyEnvs.WALK);
        Envs.replace(EnvSpec.of(ToyEnvs.WALK, context -> {
                    made.incrementAndGet();
                    far.addAndGet(context.get("goal", 0.0) == 3.0 ? 1 : 0);
                    return ToyEnvs.walk(context.get("goal", 0.0));
                })
                .withMaxEpisodeSteps(spec.maxEpisodeSteps().orElseThrow()));
        try (PpoTrainer without = config().evaluationInterval(0).build()) {
            int training = made.getAndSet(0);
            try (PpoTrainer trainer = config().evaluationNumWorkers(3)
                    .evaluationConfig(Map.of("env_config", Map.of("goal", 3.0)))
                    .build()) {
                assertThat(made.get()).isEqualTo(training + 3);
                assertThat(far.get()).isEqualTo(3);
                trainer.train();
                trainer.train();
                assertThat(made.get()).isEqualTo(training + 3);
            }
        }
    }

    @Test
    void aDurationInTimestepsPlaysWholeEpisodesUntilItIsReached() {
        try (PpoTrainer trainer = config().evaluationDurationUnit("timesteps")
                .evaluationDuration(70)
                .build()) {
            for (int i = 0; i < 3; i++) {
                Map<String, Object> row = evaluation(trainer.train().metrics());
                long steps = (long) row.get("timesteps");
                long episodes = (long) row.get("episodes");
                assertThat(steps).isBetween(70L, 70L + 19);
                assertThat((double) row.get("episode_len_mean")).isEqualTo((double) steps / episodes);
            }
        }
        try (PpoTrainer trainer = config().evaluationDurationUnit("timesteps")
                .evaluationDuration(1)
                .build()) {
            Map<String, Object> row = evaluation(trainer.train().metrics());
            assertThat(row)
                    .containsEntry("episodes", 0L)
                    .containsEntry("episode_reward_mean_absent", "no episode ended within evaluation_duration");
        }
    }

    @Test
    void aRestoredTrainerReportsTheSameRows() {
        try (PpoTrainer trainer = config().build();
                PpoTrainer other = config().build()) {
            trainer.train();
            trainer.train();
            other.restore(trainer.save());
            for (int i = 0; i < 3; i++) {
                assertThat(withoutTimes(other.train().metrics()))
                        .isEqualTo(withoutTimes(trainer.train().metrics()));
            }
        }
    }

    @Test
    void itsMetricCanBeTheTuners(@TempDir Path folder) {
        ExperimentAnalysis analysis = Tune.run(
                "PPO",
                run -> run.name("evaluated")
                        .storagePath(folder)
                        .numSamples(2)
                        .metric("evaluation/episode_reward_mean")
                        .mode(Mode.MAX)
                        .stop("training_iteration", 3)
                        .config(Map.of(
                                "env",
                                ToyEnvs.WALK,
                                "train_batch_size",
                                100,
                                "evaluation_interval",
                                2,
                                "evaluation_duration",
                                4,
                                "lr",
                                Domain.loguniform(1e-4, 1e-2))));
        assertThat(analysis.bestTrial().rows())
                .hasSize(3)
                .allSatisfy(row -> assertThat(evaluation(row)).containsKey("episode_reward_mean"));
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatThrownBy(() -> config().evaluationConfig(Map.of("lr", 1)).build())
                .hasMessageContaining("'lr'")
                .hasMessageContaining("[env_config, explore]");
        assertThatThrownBy(
                        () -> config().evaluationConfig(Map.of("explore", "no")).build())
                .hasMessageContaining("evaluation_config/explore is no");
        assertThatThrownBy(
                        () -> config().evaluationConfig(Map.of("env_config", 3)).build())
                .hasMessageContaining("must be a map");
        assertThatThrownBy(() -> config().evaluationDurationUnit("hours"))
                .hasMessageContaining("must be episodes or timesteps, but is hours");
    }
}
