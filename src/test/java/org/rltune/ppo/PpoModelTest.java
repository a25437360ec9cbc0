package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.env.Envs;
import org.rltune.nn.Mlp;
import org.rltune.nn.djl.DjlModels;
import org.rltune.policy.Policy;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** PPO with networks other than MLPs on our own kernels. */
final class PpoModelTest {
    private static final String MODEL = "model-test";

    @BeforeEach
    void register() {
        ToyEnvs.register();
        MatchEnv.register();
        DjlModels.register(
                MODEL,
                context -> new SequentialBlock()
                        .add(Linear.builder().setUnits(8).build())
                        .add(Activation.tanhBlock()));
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
        Envs.unregister(MatchEnv.ID);
        DjlModels.unregister(MODEL);
    }

    private static PpoConfig spot() {
        return PpoConfig.of(ToyEnvs.SPOT)
                .numEnvsPerWorker(4)
                .trainBatchSize(256)
                .sgdMinibatchSize(64)
                .numSgdIter(4)
                .lr(3e-3)
                .gamma(0)
                .vfShareLayers(true)
                .convFilters(List.of(List.of(4, 3, 1)))
                .postFcnetHiddens(List.of(16));
    }

    private static List<Integer> bits(Map<String, byte[]> files) {
        List<Integer> bits = new ArrayList<>();
        files.forEach((name, content) -> bits.add(Arrays.hashCode(content)));
        return bits;
    }

    private static List<Integer> trained(PpoConfig config, int iterations) {
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < iterations; i++) {
                trainer.train();
            }
            return bits(trainer.save());
        }
    }

    @Test
    void theFrameworkFollowsFromTheModel() {
        PpoConfig plain = PpoConfig.of(ToyEnvs.WALK);
        assertThat(plain.framework()).isEqualTo("rltune");
        assertThat(plain.framework("djl").framework()).isEqualTo("djl");
        assertThat(plain.convFilters("small").framework()).isEqualTo("djl");
        assertThat(plain.customModel(MODEL).framework()).isEqualTo("djl");
        assertThat(plain.numGpus(1).framework()).isEqualTo("djl");
        // An image without conv_filters stays what it was: its pixels, flat, into an MLP on our own kernels.
        try (PpoTrainer trainer = PpoConfig.of(ToyEnvs.SPOT).build()) {
            assertThat(trainer.policy().network()).isInstanceOf(Mlp.class);
        }
    }

    @Test
    void contradictionsAreNamed() {
        PpoConfig plain = PpoConfig.of(ToyEnvs.SPOT);
        assertThatThrownBy(() -> plain.framework("rltune").convFilters("small").build())
                .hasMessageContaining("framework is rltune")
                .hasMessageContaining("conv_filters is small")
                .hasMessageContaining("Set framework to djl or auto");
        assertThatThrownBy(() -> plain.framework("torch"))
                .hasMessageContaining("framework must be auto, rltune or djl, but is torch");
        assertThatThrownBy(() -> plain.convFilters("small").customModel(MODEL).build())
                .hasMessageContaining("a network is one or the other");
        assertThatThrownBy(() -> plain.postFcnetHiddens(List.of(4)).build())
                .hasMessageContaining("post_fcnet_hiddens is [4], but without conv_filters nothing reads it");
        assertThatThrownBy(() ->
                        plain.convFilters("small").fcnetHiddens(List.of(4)).build())
                .hasMessageContaining("fcnet_hiddens is [4], but with conv_filters")
                .hasMessageContaining("Leave it at [64, 64]");
        assertThatThrownBy(() -> plain.customModelConfig(Map.of("a", 1)).build())
                .hasMessageContaining("without custom_model nothing reads it");
        assertThatThrownBy(() -> plain.customModel("nobody").build())
                .hasMessageContaining("No model is registered as custom_model 'nobody'");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.WALK).convFilters("small").build())
                .hasMessageContaining("conv_filters need an image");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.STEER)
                        .framework("djl")
                        .useGsde(true)
                        .build())
                .hasMessageContaining("use_gsde is true, but state-dependent noise is for MLPs of framework rltune");
        assertThatThrownBy(() -> plain.numGpus(2)).hasMessageContaining("num_gpus must be at least 0 and at most 1");
    }

    @Test
    void convolutionsLearnToSeeAndARestoredTrainerGoesOnWithTheSameBits(@TempDir Path folder) throws Exception {
        PpoConfig config = spot();
        try (PpoTrainer trainer = config.build();
                PpoTrainer other = config.build()) {
            for (int i = 0; i < 20; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(20).mean()).isGreaterThan(18); // of 20; chance is 6.7
            other.restore(trainer.save());
            assertThat(trainer.train().metrics().get("total_loss"))
                    .isEqualTo(other.train().metrics().get("total_loss"));
            assertThat(bits(other.save())).isEqualTo(bits(trainer.save()));
            trainer.policy().save(folder);
            Policy loaded = Policy.load(folder);
            byte[] image = new byte[30];
            for (int i = 0; i < 30; i++) {
                image[i] = (byte) 255;
                assertThat(loaded.act(image)).isEqualTo(trainer.policy().act(image));
                assertThat(loaded.value(image)).isEqualTo(trainer.policy().value(image));
                image[i] = 0;
            }
            assertThatThrownBy(() -> loaded.exportOnnx(folder.resolve("policy.onnx")))
                    .hasMessageContaining("Only policies with an MLP can be exported to ONNX");
        }
    }

    @Test
    void trialsSideBySideAndThreadsThatHelpChangeNoBit() throws Exception {
        List<PpoConfig> configs = List.of(
                spot(),
                spot().seed(1).vfShareLayers(false).sgdMinibatchSize(256),
                PpoConfig.of(ToyEnvs.STEER).framework("djl").trainBatchSize(128).numSgdIter(3),
                PpoConfig.of(ToyEnvs.WALK)
                        .customModel(MODEL)
                        .trainBatchSize(128)
                        .numSgdIter(3));
        List<List<Integer>> alone = new ArrayList<>();
        for (PpoConfig config : configs) {
            alone.add(trained(config, 3));
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ForkJoinPool helpers = new ForkJoinPool(3);
        try {
            List<Future<List<Integer>>> together = new ArrayList<>();
            for (PpoConfig config : configs) {
                together.add(threads.submit(() -> trained(config, 3)));
            }
            for (int i = 0; i < configs.size(); i++) {
                assertThat(together.get(i).get()).isEqualTo(alone.get(i));
                PpoConfig config = configs.get(i);
                assertThat(helpers.submit(() -> trained(config, 3)).get()).isEqualTo(alone.get(i));
            }
        } finally {
            threads.shutdown();
            helpers.shutdown();
        }
    }

    /** Both begin with the same weights, so they take the same steps until the last bits have grown. */
    @Test
    void bothFrameworksLearnTheSameCurve() {
        PpoConfig config = PpoConfig.of(ToyEnvs.WALK)
                .numEnvsPerWorker(4)
                .trainBatchSize(512)
                .numSgdIter(4)
                .fcnetHiddens(List.of(16, 16))
                .lr(3e-3);
        try (PpoTrainer ours = config.build();
                PpoTrainer theirs = config.framework("djl").build()) {
            double sum = 0;
            for (int i = 0; i < 25; i++) {
                Map<String, Object> expected = ours.train().metrics();
                Map<String, Object> actual = theirs.train().metrics();
                double difference =
                        (double) actual.get("episode_reward_mean") - (double) expected.get("episode_reward_mean");
                sum += Math.abs(difference);
                if (i == 0) {
                    assertThat(difference).isZero();
                    assertThat((double) actual.get("total_loss"))
                            .isCloseTo((double) expected.get("total_loss"), within(1e-3));
                }
            }
            assertThat(sum / 25)
                    .as("mean distance of the curves, of a range of some 80")
                    .isLessThan(8);
            assertThat(theirs.evaluate(50).mean()).isCloseTo(ours.evaluate(50).mean(), within(6.0));
        }
    }

    @Test
    void masksParallelEvaluationAndEveryKindOfActionWorkOnDjlToo() {
        for (String action : List.of("discrete", "dict")) {
            PpoConfig config = PpoConfig.of(MatchEnv.ID)
                    .envConfig(Map.of("action", action, "mask", action.equals("dict") ? "none" : "others"))
                    .framework("djl")
                    .numEnvsPerWorker(2)
                    .trainBatchSize(64)
                    .sgdMinibatchSize(32)
                    .numSgdIter(1)
                    .evaluationInterval(1)
                    .evaluationDuration(2)
                    .with("evaluation_parallel_to_training", true);
            try (PpoTrainer trainer = config.build()) {
                trainer.train();
                assertThat(trainer.train().metrics()).containsKey("evaluation");
            }
        }
    }

    @Test
    void aRunNamesDjlAmongTheExceptions() {
        SearchSpace plain = SearchSpace.of(Map.of("env", ToyEnvs.SPOT));
        assertThat(PpoTrainer.SPEC.exceptionsToReproducibility(plain)).isEmpty();
        assertThat(PpoTrainer.SPEC.exceptionsToReproducibility(plain.with("conv_filters", "small")))
                .singleElement()
                .asString()
                .contains("djl")
                .contains("one machine");
        assertThat(PpoTrainer.SPEC.exceptionsToReproducibility(plain.with("framework", Domain.choice("rltune", "djl"))))
                .hasSize(1);
    }
}
