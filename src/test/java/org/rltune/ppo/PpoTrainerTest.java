package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.tune.Iteration;
import org.rltune.tune.space.HyperParams;

class PpoTrainerTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static PpoConfig small(String env) {
        return PpoConfig.of(env)
                .numEnvsPerWorker(4)
                .trainBatchSize(256)
                .sgdMinibatchSize(64)
                .numSgdIter(4)
                .fcnetHiddens(List.of(16, 16))
                .lr(3e-3)
                .seed(1);
    }

    /** The metrics without times. */
    private static Map<String, Object> result(Iteration iteration) {
        Map<String, Object> metrics = new LinkedHashMap<>(iteration.metrics());
        metrics.remove("timers");
        return metrics;
    }

    @Test
    void learnsBothKindsOfActions() {
        for (String env : List.of(ToyEnvs.WALK, ToyEnvs.STEER)) {
            try (PpoTrainer trainer = small(env).trainBatchSize(512).build()) {
                double before = (double) trainer.train().metrics().get("episode_reward_mean");
                for (int i = 0; i < 40; i++) {
                    trainer.train();
                }
                double after = trainer.evaluate(50).mean();
                // Straight to the goal: at most 20 steps of 8 less 8 for the way and 0.5 a step, or just the distances.
                double good = env.equals(ToyEnvs.WALK) ? 130 : -15;
                assertThat(after).as(env).isGreaterThan(good).isGreaterThan(before + 10);
            }
        }
    }

    @Test
    void oneSeedGivesOneResultAndAnotherAnother() {
        assertThat(run(small(ToyEnvs.WALK), 3)).isEqualTo(run(small(ToyEnvs.WALK), 3));
        assertThat(run(small(ToyEnvs.WALK), 3))
                .isNotEqualTo(run(small(ToyEnvs.WALK).seed(2), 3));
    }

    /** Taken once on JDK 17, x86-64 with AVX-512; holds on every JDK, processor and kernel implementation. */
    @Test
    void theBitsAreTheSameEverywhere() throws Exception {
        assertThat(stateHash(small(ToyEnvs.WALK).entropyCoeff(0.01))).isEqualTo("57de2d021f3494fa");
        assertThat(stateHash(
                        small(ToyEnvs.STEER).klCoeff(0.1).vfShareLayers(true).fcnetHiddens(List.of(65, 17))))
                .isEqualTo("a0f7a37cf2d56862");
    }

    private static String stateHash(PpoConfig config) throws Exception {
        java.security.MessageDigest hash = java.security.MessageDigest.getInstance("SHA-256");
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < 5; i++) {
                trainer.train();
            }
            trainer.save().forEach((name, content) -> hash.update(content));
        }
        return java.util.HexFormat.of().formatHex(hash.digest()).substring(0, 16);
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        // Workers side by side, and minibatches of 1, 4 and 8 shards, each with a short last one; wide enough for
        // helpers.
        for (int minibatch : new int[] {64, 200, 1100}) {
            PpoConfig config = small(ToyEnvs.STEER)
                    .fcnetHiddens(List.of(130, 120))
                    .numWorkers(3)
                    .trainBatchSize(1200)
                    .sgdMinibatchSize(minibatch)
                    .klCoeff(0.2)
                    .entropyCoeff(0.01);
            List<Object> first = null;
            for (int threads : new int[] {1, 2, 4}) {
                ForkJoinPool pool = new ForkJoinPool(threads);
                List<Object> result = pool.submit(() -> run(config, 3)).get();
                pool.shutdown();
                first = first == null ? result : first;
                assertThat(result)
                        .as("%d threads, minibatch %d", threads, minibatch)
                        .isEqualTo(first);
            }
        }
    }

    /** Taken once on JDK 17, x86-64 with AVX-512: minibatches of several shards. */
    @Test
    void theBitsOfSeveralShardsAreTheSameEverywhere() throws Exception {
        assertThat(stateHash(small(ToyEnvs.WALK).trainBatchSize(1200).sgdMinibatchSize(1100)))
                .isEqualTo("7ed8e2ee143f4948");
    }

    private static List<Object> run(PpoConfig config, int iterations) {
        List<Object> result = new ArrayList<>();
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < iterations; i++) {
                result.add(result(trainer.train()));
            }
            trainer.save().forEach((name, content) -> result.add(List.of(name, java.util.Arrays.hashCode(content))));
        }
        return result;
    }

    @Test
    void aTrainerRestoredFromAnyCheckpointActsAndLearnsOnWithTheSameBits() {
        PpoConfig config = small(ToyEnvs.STEER)
                .klCoeff(0.5)
                .lrSchedule(List.of(List.of(0.0, 3e-3), List.of(2000.0, 0.0)))
                .clipParamSchedule(List.of(List.of(0.0, 0.3), List.of(1000.0, 0.1)))
                .entropyCoeffSchedule(List.of(List.of(0.0, 0.01), List.of(1500.0, 0.0)))
                .numWorkers(2);
        try (PpoTrainer trainer = config.build()) {
            for (int checkpoint = 0; checkpoint < 5; checkpoint++) {
                Map<String, byte[]> files = trainer.save();
                try (PpoTrainer other = config.build()) {
                    other.restore(files);
                    assertThat(other.save()).usingRecursiveComparison().isEqualTo(files);
                    assertThat(other.evaluate(3).returns())
                            .isEqualTo(trainer.evaluate(3).returns());
                    assertThat(result(other.train()))
                            .as("after iteration %d", checkpoint)
                            .isEqualTo(result(trainer.train()));
                    assertThat(other.save()).usingRecursiveComparison().isEqualTo(trainer.save());
                }
            }
        }
    }

    @Test
    void anAdopterActsLikeTheDonorButKeepsItsCountersAndStreams() {
        PpoConfig config = small(ToyEnvs.WALK);
        try (PpoTrainer donor = config.build();
                PpoTrainer target = config.seed(9).build()) {
            for (int i = 0; i < 5; i++) {
                donor.train();
            }
            target.train();
            target.adopt(donor.save());
            assertThat(target.policy().network().parameters())
                    .isEqualTo(donor.policy().network().parameters());
            Map<String, Object> own = result(target.train());
            Map<String, Object> donors = result(donor.train());
            assertThat(own.get("training_iteration")).isEqualTo(2L);
            assertThat(own.get("timesteps_total")).isEqualTo(2 * 256L);
            assertThat(donors.get("training_iteration")).isEqualTo(6L);
            assertThat(own.get("policy_loss")).isNotEqualTo(donors.get("policy_loss"));
        }
    }

    @Test
    void batchMinibatchAndPassesCanChangeBetweenIterations() {
        try (PpoTrainer trainer = small(ToyEnvs.WALK).build()) {
            trainer.train();
            for (long[] sizes : new long[][] {{512, 100, 2}, {101, 101, 1}, {40, 7, 3}}) {
                trainer.configure(HyperParams.of(Map.of(
                        "train_batch_size", sizes[0], "sgd_minibatch_size", sizes[1], "num_sgd_iter", sizes[2])));
                Iteration iteration = trainer.train();
                assertThat(iteration.metrics().get("timesteps_this_iter")).isEqualTo((int) ((sizes[0] + 3) / 4 * 4));
                assertThat(iteration.metrics().get("num_sgd_iter_run")).isEqualTo((int) sizes[2]);
                assertThat(iteration.inForce().getLong("sgd_minibatch_size")).isEqualTo(sizes[1]);
            }
        }
    }

    @Test
    void aShortLastMinibatchIsTrainedLikeTheOthers() {
        try (PpoTrainer trainer = small(ToyEnvs.WALK)
                .trainBatchSize(100)
                .sgdMinibatchSize(99)
                .numSgdIter(1)
                .build()) {
            trainer.train();
            assertThat(adamSteps(trainer)).isEqualTo(2);
        }
    }

    private static long adamSteps(PpoTrainer trainer) {
        String text = new String(trainer.save().get("trainer.json"), java.nio.charset.StandardCharsets.UTF_8);
        Map<?, ?> saved =
                (Map<?, ?>) java.util.Objects.requireNonNull(org.rltune.json.Json.parse(text, "trainer.json"));
        return (long) saved.get("adam_steps");
    }

    @Test
    void theRewardIsAbsentWithAReasonUntilAnEpisodeHasEnded() {
        try (PpoTrainer trainer =
                small(ToyEnvs.STEER).trainBatchSize(32).sgdMinibatchSize(32).build()) {
            Map<String, Object> first = trainer.train().metrics(); // 8 steps of episodes of 20
            assertThat(first).doesNotContainKey("episode_reward_mean");
            assertThat((String) first.get("episode_reward_mean_absent")).contains("no episode has ended");
            trainer.train();
            Map<String, Object> third = trainer.train().metrics();
            assertThat((double) third.get("episode_reward_mean")).isLessThan(0);
            assertThat(third).doesNotContainKey("episode_reward_mean_absent");
            assertThat((double) third.get("episode_len_mean")).isEqualTo(20);
        }
    }

    @Test
    void theTargetKlEndsTheUpdatesEarly() {
        try (PpoTrainer trainer =
                small(ToyEnvs.WALK).targetKl(1e-6).lr(0.05).numSgdIter(10).build()) {
            Map<String, Object> metrics = trainer.train().metrics();
            assertThat(metrics.get("stopped_by_target_kl")).isEqualTo(true);
            assertThat((int) metrics.get("num_sgd_iter_run")).isLessThan(10);
        }
    }

    @Test
    void theKlPenaltyFollowsItsTarget() {
        assertThat(KlController.next(0.2, 0.021, 0.01)).isEqualTo(0.2 * 1.5);
        assertThat(KlController.next(0.2, 0.0049, 0.01)).isEqualTo(0.2 * 0.5);
        assertThat(KlController.next(0.2, 0.02, 0.01)).isEqualTo(0.2);
        assertThat(KlController.next(0.2, 0.005, 0.01)).isEqualTo(0.2);
        assertThat(KlController.next(KlController.LARGEST, Double.POSITIVE_INFINITY, 0.01))
                .isEqualTo(KlController.LARGEST);
        try (PpoTrainer trainer =
                small(ToyEnvs.WALK).klCoeff(0.2).klTarget(1e-9).build()) {
            assertThat(trainer.train().metrics().get("cur_kl_coeff")).isEqualTo(0.2);
            assertThat((double) trainer.train().metrics().get("cur_kl_coeff")).isEqualTo(0.2 * 1.5);
        }
    }

    @Test
    void schedulesRunOverTheTimestepsAndAreReportedAsInForce() {
        PpoConfig config = small(ToyEnvs.WALK)
                .lrSchedule(List.of(List.of(0.0, 1e-3), List.of(512.0, 0.0)))
                .clipParamSchedule(List.of(List.of(0.0, 0.4), List.of(256.0, 0.2)))
                .entropyCoeffSchedule(List.of(List.of(0.0, 0.1)));
        try (PpoTrainer trainer = config.build()) {
            double[][] expected = {{1e-3, 0.4, 0.1}, {5e-4, 0.2, 0.1}, {0, 0.2, 0.1}, {0, 0.2, 0.1}};
            for (double[] row : expected) {
                HyperParams inForce = trainer.train().inForce();
                assertThat(inForce.getDouble("lr")).isEqualTo(row[0]);
                assertThat(inForce.getDouble("clip_param")).isEqualTo(row[1]);
                assertThat(inForce.getDouble("entropy_coeff")).isEqualTo(row[2]);
            }
        }
    }

    @Test
    void aDivergedTrainingIsNamedInsteadOfGoingOn() {
        try (PpoTrainer trainer = small(ToyEnvs.STEER).lr(1e30).gradClip(0).build()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10; i++) {
                            trainer.train();
                        }
                    })
                    .hasMessageMatching("(?s).*(gradient|NaN|finite).*");
        }
    }

    @Test
    void badSettingsAreRefusedWithNameValueRuleAndRemedy() {
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).with("learning_rat", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("learning_rat");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).with("clip_para", 0.1))
                .hasMessageContaining("clip_para")
                .hasMessageContaining("Maybe 'clip_param'");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).lambda(1.17))
                .hasMessage("lambda must be at least 0 and at most 1, but is 1.17. The default is 0.95.");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).with("num_sgd_iter", 0))
                .hasMessageContaining("num_sgd_iter");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).with("num_sgd_iter", 2.5))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).lr(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK)
                        .trainBatchSize(100)
                        .sgdMinibatchSize(128)
                        .build())
                .hasMessageContaining("sgd_minibatch_size (128) must not exceed train_batch_size (100)")
                .hasMessageContaining("Maybe sgd_minibatch_size=100");
        assertThatThrownBy(() -> PpoConfig.of("Wolk-v0").build()).hasMessageContaining("Did you mean");
        assertThatThrownBy(
                        () -> PpoConfig.of(ToyEnvs.WALK).fcnetActivation("tan").build())
                .hasMessageContaining("tanh");
        assertThatThrownBy(() -> small(ToyEnvs.WALK).lrSchedule(List.of(List.of(5.0, 1e-3))))
                .hasMessageContaining("lr_schedule: timesteps must begin with 0");
        try (PpoTrainer trainer = small(ToyEnvs.WALK).build()) {
            assertThatThrownBy(() -> trainer.configure(HyperParams.of(Map.of("fcnet_hiddens", List.of(8L)))))
                    .hasMessageContaining("fcnet_hiddens cannot change");
        }
    }

    @Test
    void theArithmeticOfTheBatchIsSpelledOut() {
        assertThat(small(ToyEnvs.WALK)
                        .numWorkers(2)
                        .trainBatchSize(1003)
                        .sgdMinibatchSize(300)
                        .arithmetic())
                .isEqualTo("2 worker(s) x 4 env(s) x 126 steps = 1008 samples (train_batch_size 1003);"
                        + " 4 minibatch(es) of 300 per pass, the last of 108, 4 pass(es)");
    }
}
