package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.Envs;
import org.rltune.env.FlatActions;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/** PPO on observations of every kind and actions of every kind. */
class PpoSpacesTest {
    @BeforeEach
    void register() {
        MatchEnv.register();
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        Envs.unregister(MatchEnv.ID);
        ToyEnvs.unregister();
    }

    private static PpoConfig match(String action, String mask) {
        return PpoConfig.of(MatchEnv.ID)
                .envConfig(Map.of("action", action, "mask", mask))
                .numEnvsPerWorker(8)
                .trainBatchSize(640)
                .sgdMinibatchSize(64)
                .numSgdIter(6)
                .fcnetHiddens(List.of(32))
                .lr(5e-3)
                .gamma(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"discrete", "multi_discrete", "multi_binary", "box", "tuple", "dict"})
    void learnsAndActsInEverySpace(String action) {
        try (PpoTrainer trainer = match(action, "none").build()) {
            for (int i = 0; i < 30; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(20).mean()).isGreaterThan(0.85 * MatchEnv.best(action));
            everythingItDoesIsOfTheSpace(trainer.policy(), action);
        }
    }

    @SuppressWarnings("unchecked")
    private static void everythingItDoesIsOfTheSpace(Policy policy, String action) {
        Policy loaded = Policy.fromFiles(policy.files());
        Space<Object> actions = (Space<Object>) MatchEnv.ACTIONS.get(action);
        FlatActions flat = FlatActions.of(actions);
        Pcg64 random = new Pcg64(3);
        try (Env<Object, Object> env =
                (Env<Object, Object>) Envs.make(MatchEnv.ID, EnvContext.of(Map.of("action", action)))) {
            Object observation = env.reset(1).observation();
            for (int i = 0; i < 8; i++) {
                Object act = policy.act(observation);
                Object drawn = policy.sample(observation, new Pcg64(i));
                for (Object one : List.of(act, drawn)) {
                    assertThat(actions.contains(one)).isTrue();
                    // The same flat form that a vector environment would be given.
                    float[] coded = new float[flat.size()];
                    flat.encode(one, coded, 0);
                    assertThat(flat.wrong(coded, 0)).isNull();
                }
                assertThat(actions.toJsonable(loaded.act(observation))).isEqualTo(actions.toJsonable(act));
                assertThat(actions.toJsonable(loaded.sample(observation, new Pcg64(i))))
                        .isEqualTo(actions.toJsonable(drawn));
                observation = env.step(policy.sample(observation, random)).observation();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"discrete", "multi_discrete"})
    void aForbiddenChoiceIsNeverTaken(String action) {
        // The environment throws if it is, though it would be the best one; the best of the others is the largest.
        try (PpoTrainer trainer = match(action, "others").build()) {
            for (int i = 0; i < 30; i++) {
                trainer.train();
            }
            double best = action.equals("discrete") ? 10 * (2 + 2 + 1) / 3.0 : 10 * (2 + 2 + 1) / 3.0 + 30;
            assertThat(trainer.evaluate(50).mean()).isGreaterThan(0.9 * best);
            Policy loaded = Policy.fromFiles(trainer.save());
            Map<String, Object> observation = new LinkedHashMap<>();
            observation.put("one", 2);
            observation.put("many", new int[] {1, 0});
            observation.put("numbers", List.of(new float[] {0.5f}, new byte[] {0, 1, 0}));
            observation.put("action_mask", new byte[action.equals("discrete") ? 3 : 7]);
            observation.put("picture", new byte[4]);
            assertThatThrownBy(() -> loaded.act(observation))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("action_mask forbids all 3 choices")
                    .hasMessageContaining("Allow one");
        }
    }

    @Test
    void aMaskThatForbidsEverythingNamesEnvironmentEpisodeAndStep() {
        try (PpoTrainer trainer = match("discrete", "all").build()) {
            assertThatThrownBy(trainer::train)
                    .hasMessageContaining(MatchEnv.ID)
                    .hasMessageContaining("episode 0, step 5")
                    .hasMessageContaining("action_mask forbids all 3 choices")
                    .hasMessageContaining("end the episode");
        }
    }

    @Test
    void aRestoredTrainerGoesOnWithTheSameBitsWithMasksAndParts() {
        for (PpoConfig config : List.of(
                match("multi_discrete", "others").observationFilter("MeanStdFilter"),
                match("dict", "none").klCoeff(0.1).entropyCoeff(0.01).actionDist("Beta"))) {
            try (PpoTrainer trainer = config.build();
                    PpoTrainer other = config.build()) {
                trainer.train();
                other.restore(trainer.save());
                trainer.train();
                other.train();
                assertThat(other.save()).usingRecursiveComparison().isEqualTo(trainer.save());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SquashedGaussian", "Beta"})
    void boundedDistributionsLearnToSteer(String distribution) {
        PpoConfig config = PpoConfig.of(ToyEnvs.STEER)
                .numEnvsPerWorker(4)
                .trainBatchSize(512)
                .numSgdIter(4)
                .fcnetHiddens(List.of(16, 16))
                .lr(3e-3)
                .entropyCoeff(0.001)
                .actionDist(distribution);
        try (PpoTrainer trainer = config.build()) {
            for (int i = 0; i < 40; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(50).mean()).isGreaterThan(-15);
        }
    }

    @Test
    void contradictionsAndMissingBoundsAreNamed() {
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.STEER)
                        .actionDist("Beta")
                        .normalizeActions(false)
                        .build())
                .hasMessageContaining("normalize_actions is false")
                .hasMessageContaining("set action_dist to DiagGaussian");
        assertThatThrownBy(() -> PpoConfig.of(ToyEnvs.STEER).actionDist("Gaussian"))
                .hasMessageContaining("DiagGaussian, SquashedGaussian, Beta");
    }
}
