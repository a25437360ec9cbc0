package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.policy.FloatFile;
import org.rltune.policy.Policy;
import org.rltune.policy.PolicySession;

/** PPO with an LSTM, whole: what must be remembered is learned, evaluated, saved and played. */
class PpoMemoryTest {
    @BeforeEach
    void register() {
        RecallEnv.register();
    }

    @AfterEach
    void unregister() {
        RecallEnv.unregister();
    }

    private static PpoConfig mlp() {
        return PpoConfig.of(RecallEnv.ID)
                .numWorkers(2)
                .numEnvsPerWorker(4)
                .trainBatchSize(512)
                .sgdMinibatchSize(128)
                .numSgdIter(4)
                .fcnetHiddens(List.of(16))
                .entropyCoeff(0.01)
                .lr(5e-3)
                .seed(3);
    }

    private static PpoConfig lstm() {
        return mlp().useLstm(true).lstmCellSize(16);
    }

    private static double success(PpoTrainer trainer, int iterations) {
        for (int i = 0; i < iterations; i++) {
            trainer.train();
        }
        return trainer.evaluate(200).mean();
    }

    @Test
    void learnsWhatMustBeRememberedWhereAnMlpCannot() {
        try (PpoTrainer with = lstm().build();
                PpoTrainer shared = lstm().vfShareLayers(true).build();
                PpoTrainer without = mlp().build()) {
            assertThat(success(with, 25)).isEqualTo(1);
            assertThat(success(shared, 25)).isEqualTo(1);
            // Half, and five deviations of 0.035 for 200 episodes.
            assertThat(success(without, 25)).isBetween(0.3, 0.7);
        }
    }

    @Test
    void learnsWithAMaskAndAFilter() {
        try (PpoTrainer trainer = lstm().envConfig(Map.of("masked", true))
                .observationFilter("MeanStdFilter")
                .build()) {
            assertThat(success(trainer, 25)).isEqualTo(1);
        }
    }

    @Test
    void evaluationBesideTrainingRemembers() {
        try (PpoTrainer trainer = lstm().evaluationInterval(25)
                .evaluationDuration(100)
                .evaluationNumWorkers(2)
                .evaluationParallelToTraining(true)
                .build()) {
            Map<?, ?> evaluation = Map.of();
            for (int i = 0; i < 25; i++) {
                evaluation = (Map<?, ?>) trainer.train().metrics().get("evaluation");
            }
            assertThat(evaluation.get("episode_reward_mean")).isEqualTo(1.0);
        }
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        byte[][] weights = new byte[3][];
        for (int threads = 1; threads <= 3; threads++) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            weights[threads - 1] = pool.submit(() -> {
                        try (PpoTrainer trainer = lstm().numWorkers(4).build()) {
                            trainer.train();
                            trainer.train();
                            return trainer.save().get("weights.bin");
                        }
                    })
                    .get();
            pool.shutdown();
            assertThat(weights[threads - 1]).as("%d threads", threads).isEqualTo(weights[0]);
        }
    }

    /** 64 steps of an environment are 16 whole episodes; 65 leave one that must be gone on with, state and all. */
    @Test
    void aRestoredTrainerGoesOnInTheMiddleOfAnEpisodeWithTheSameBits() {
        PpoConfig config = lstm().trainBatchSize(520);
        try (PpoTrainer trainer = config.build();
                PpoTrainer other = config.build()) {
            trainer.train();
            trainer.train();
            Map<String, byte[]> files = trainer.save();
            float[] states = FloatFile.decode("memory.bin", files.get("memory.bin"), 8 * 64); // two cells of h and c
            assertThat(states).isNotEqualTo(new float[8 * 64]);
            other.train();
            other.restore(files);
            trainer.train();
            other.train();
            assertThat(other.save()).usingRecursiveComparison().isEqualTo(trainer.save());

            Map<String, byte[]> without = new LinkedHashMap<>(files);
            without.remove("memory.bin");
            assertThatThrownBy(() -> other.restore(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("memory.bin");
            without.put("memory.bin", new byte[12]);
            assertThatThrownBy(() -> other.restore(without))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("memory.bin");
        }
    }

    /** Lets a saved policy play a few observations; a main for another JVM. */
    static final class Play {
        private Play() {}

        public static void main(String[] args) {
            PolicySession session = Policy.load(Path.of(args[0])).session();
            StringBuilder told = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                float[] seen = {i % 3 - 1, i % 2};
                told.append(Float.floatToIntBits(session.value(seen))).append(' ');
                told.append(session.act(seen)).append(' ');
            }
            System.out.println(told.append(Arrays.toString(session.state())));
        }
    }

    @Test
    void aSavedPolicyPlaysTheSameInAnotherJvm(@TempDir Path folder) throws Exception {
        try (PpoTrainer trainer = lstm().build()) {
            trainer.train();
            trainer.policy().save(folder);
            String there = played(folder);
            PolicySession session = trainer.policy().session();
            StringBuilder here = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                float[] seen = {i % 3 - 1, i % 2};
                here.append(Float.floatToIntBits(session.value(seen))).append(' ');
                here.append(session.act(seen)).append(' ');
            }
            assertThat(there.strip())
                    .endsWith(here.append(Arrays.toString(session.state())).toString());
            assertThatThrownBy(() -> Policy.load(folder).act(new float[] {0, 0}))
                    .hasMessageContaining("session");
            assertThatThrownBy(() -> trainer.policy().exportOnnx(folder.resolve("policy.onnx")))
                    .hasMessageContaining("MLP");
        }
    }

    private static String played(Path folder) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Play.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue())
                .as(Files.readString(folder.resolve("errors.txt")))
                .isZero();
        return printed;
    }

    @Test
    void settingsThatContradictEachOtherAreRefusedWithTheRemedy() {
        assertThatThrownBy(() -> lstm().with("framework", "rltune").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("framework is rltune", "use_lstm", "djl");
        assertThatThrownBy(() -> mlp().lstmCellSize(32).build())
                .hasMessageContainingAll("lstm_cell_size is 32", "use_lstm", "256");
        assertThatThrownBy(() -> mlp().maxSeqLen(5).build()).hasMessageContainingAll("max_seq_len is 5", "use_lstm");
        assertThatThrownBy(() -> lstm().lstmCellSize(0)).hasMessageContaining("lstm_cell_size must be at least 1");
        assertThatThrownBy(() -> lstm().maxSeqLen(0)).hasMessageContaining("max_seq_len must be at least 1");
    }
}
