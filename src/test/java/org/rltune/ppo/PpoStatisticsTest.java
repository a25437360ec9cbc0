package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;

/** Observation filter and reward scaling in training: merged over workers, saved, restored, adopted. */
class PpoStatisticsTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static PpoConfig filtered() {
        return PpoConfig.of(ToyEnvs.STEER)
                .numWorkers(3)
                .numEnvsPerWorker(2)
                .trainBatchSize(240)
                .sgdMinibatchSize(60)
                .numSgdIter(3)
                .fcnetHiddens(List.of(16))
                .lr(3e-3)
                .observationFilter(MeanStdFilter.NAME)
                .normReward(true);
    }

    private static List<Object> run(PpoConfig config, int iterations) {
        List<Object> result = new ArrayList<>();
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < iterations; i++) {
                result.add(metrics(trainer));
            }
            trainer.save().forEach((name, content) -> result.add(name + Arrays.hashCode(content)));
        }
        return result;
    }

    private static Map<String, Object> metrics(PpoTrainer trainer) {
        Map<String, Object> metrics = new LinkedHashMap<>(trainer.train().metrics());
        metrics.remove("timers");
        return metrics;
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        List<Object> first = null;
        for (int threads : new int[] {1, 2, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            List<Object> result = pool.submit(() -> run(filtered(), 4)).get();
            pool.shutdown();
            first = first == null ? result : first;
            assertThat(result).as("%d threads", threads).isEqualTo(first);
        }
    }

    @Test
    void aRestoredTrainerActsAndLearnsOnWithTheSameBits() {
        try (PpoTrainer trainer = filtered().build();
                PpoTrainer other = filtered().build()) {
            trainer.train();
            trainer.train();
            Map<String, byte[]> files = trainer.save();
            other.train();
            other.restore(files);
            Policy loaded = Policy.fromFiles(files);
            for (float place = -50; place < 50; place += 7) {
                float[] observation = {place};
                assertThat(other.policy().act(observation))
                        .isEqualTo(trainer.policy().act(observation))
                        .isEqualTo(loaded.act(observation));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(metrics(other)).isEqualTo(metrics(trainer));
            }
            assertThat(other.save()).usingRecursiveComparison().isEqualTo(trainer.save());
        }
    }

    @Test
    void theFilterHasSeenEveryObservationThatWasActedOn() {
        try (PpoTrainer trainer = filtered().build()) {
            for (int i = 1; i <= 3; i++) {
                trainer.train();
                assertThat(trainer.policy().filter().count()).isEqualTo(i * 240L);
            }
            // The first places are uniform in [-5, 5], so the deviation is some of units, not that of nothing seen.
            assertThat(1 / trainer.policy().filter().scale(0)).isBetween(1.5, 20.0);
        }
    }

    @Test
    void anAdoptedPolicyBringsItsStatistics() {
        try (PpoTrainer donor = filtered().build();
                PpoTrainer other = filtered().seed(9).build()) {
            donor.train();
            other.train();
            other.train();
            other.adopt(donor.save());
            assertThat(other.policy().filter().count()).isEqualTo(240);
            assertThat(other.policy().act(new float[] {3}))
                    .isEqualTo(donor.policy().act(new float[] {3}));
            other.train();
            assertThat(other.policy().filter().count()).isEqualTo(480);
        }
    }

    @Test
    void aCheckpointWithOtherStatisticsIsRefusedByName() {
        PpoConfig plain = filtered().observationFilter("NoFilter");
        PpoConfig unscaled = filtered().normReward(false);
        try (PpoTrainer trainer = filtered().build();
                PpoTrainer noFilter = plain.build();
                PpoTrainer noScale = unscaled.build()) {
            trainer.train();
            assertThatThrownBy(() -> noFilter.restore(trainer.save())).hasMessageContaining("observation_filter");
            assertThatThrownBy(() -> trainer.restore(noFilter.save())).hasMessageContaining("observation_filter");
            assertThatThrownBy(() -> noScale.restore(trainer.save())).hasMessageContaining("norm_reward");
            assertThatThrownBy(() -> trainer.restore(noScale.save())).hasMessageContaining("norm_reward");
        }
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.STEER).observationFilter("MeanFilter"))
                .hasMessageContaining("observation_filter must be NoFilter or MeanStdFilter, but is MeanFilter");
    }

    @Test
    void learnsWithBoth() {
        try (PpoTrainer trainer = filtered().trainBatchSize(480).build()) {
            double before = trainer.evaluate(50).mean();
            for (int i = 0; i < 40; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(50).mean()).isGreaterThan(-15).isGreaterThan(before + 10);
        }
    }
}
