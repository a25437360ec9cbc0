package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;

/** State-dependent exploration in training. */
class PpoGsdeTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static PpoConfig config() {
        return PpoConfig.of(ToyEnvs.STEER)
                .numWorkers(2)
                .numEnvsPerWorker(2)
                .trainBatchSize(512)
                .numSgdIter(4)
                .fcnetHiddens(List.of(16, 16))
                .lr(3e-3)
                .logStdInit(-1)
                .useGsde(true)
                .sdeSampleFreq(8);
    }

    @Test
    void learns() {
        try (PpoTrainer trainer = config().build()) {
            double before = trainer.evaluate(50).mean();
            for (int i = 0; i < 40; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(50).mean()).isGreaterThan(-15).isGreaterThan(before + 10);
        }
    }

    @Test
    void aRestoredTrainerGoesOnWithTheSameBits() {
        try (PpoTrainer trainer = config().klCoeff(0.2).entropyCoeff(0.01).build();
                PpoTrainer other = config().klCoeff(0.2).entropyCoeff(0.01).build()) {
            trainer.train();
            other.restore(trainer.save());
            trainer.train();
            other.train();
            assertThat(other.save()).usingRecursiveComparison().isEqualTo(trainer.save());
            Policy loaded = Policy.fromFiles(trainer.save());
            float[] observation = {1.5f};
            assertThat(loaded.act(observation)).isEqualTo(trainer.policy().act(observation));
            assertThat(loaded.sample(observation, new Pcg64(3)))
                    .isEqualTo(trainer.policy().sample(observation, new Pcg64(3)));
        }
    }

    @Test
    void onlyGaussianBoxActionsCanHaveIt() {
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).useGsde(true).build())
                .hasMessageContaining("use_gsde is true")
                .hasMessageContaining("Discrete(2)");
        assertThatThrownBy(() -> config().actionDist("Beta").build()).hasMessageContaining("action_dist is Beta");
    }
}
