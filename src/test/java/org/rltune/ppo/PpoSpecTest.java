package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.random.Seeds;
import org.rltune.space.Discrete;
import org.rltune.space.Sequence;
import org.rltune.space.Space;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** What is refused before a single trial starts. */
class PpoSpecTest {
    @BeforeEach
    void register() {
        ToyEnvs.register();
    }

    @AfterEach
    void unregister() {
        ToyEnvs.unregister();
    }

    private static SearchSpace space(Object... namesAndValues) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", ToyEnvs.WALK);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return SearchSpace.of(config);
    }

    private static ThrowingCallable check(Object... namesAndValues) {
        return () -> PpoTrainer.SPEC.check(space(namesAndValues));
    }

    @Test
    void acceptsWhatPpoAccepts() {
        PpoTrainer.SPEC.check(space(
                "lr", uniform(1e-5, 1e-3),
                "num_sgd_iter", randint(1, 30),
                "fcnet_hiddens", List.of(32, 32),
                "normalize_advantage", choice(true, false),
                "kl_coeff", sampleFrom(soFar -> soFar.getDouble("lr") * 100)));
    }

    @Test
    void tunesPartsOfNestedSettings() {
        SearchSpace space = space(
                "env_config",
                Map.of("goal", uniform(-3, 3), "title", "walk"),
                "fcnet_hiddens",
                List.of(randint(4, 9), 8),
                "train_batch_size",
                64,
                "sgd_minibatch_size",
                32);
        PpoTrainer.SPEC.check(space);
        assertThat(PpoTrainer.SPEC.preflight(space).get(0)).contains("64");
        HyperParams config = space.sample(Seeds.of(1), 0);
        try (Trainable trainer = PpoTrainer.SPEC.create(new TrialContext("t00000", config, Seeds.of(1)))) {
            HyperParams inForce = trainer.train().inForce();
            assertThat(inForce.get("env_config/goal")).isEqualTo(config.getDouble("env_config/goal"));
            assertThat(inForce.get("env_config/title")).isEqualTo("walk");
            assertThat(inForce.get("fcnet_hiddens")).isEqualTo(List.of(config.getLong("fcnet_hiddens/0"), 8L));
            trainer.configure(config.with("lr", 1e-4));
            assertThat(trainer.train().inForce().getDouble("lr")).isEqualTo(1e-4);
            trainer.configure(config); // lr is gone: back to its default, as when a trainer is made
            assertThat(trainer.train().inForce().get("lr"))
                    .isEqualTo(PpoParams.get("lr").standard());
        }
        assertThatThrownBy(check("fcnet_hiddens", List.of(randint(0, 2), 8)))
                .hasMessageContaining("fcnet_hiddens must be a list of whole numbers");
        assertThatThrownBy(check("modl", Map.of("x", uniform(0, 1)))).hasMessageContaining("no hyperparameter 'modl'");
    }

    @Test
    void refusesAnUnknownNameWithTheNearestOne() {
        assertThatThrownBy(check("lerning_rate", 1))
                .hasMessageContaining("no hyperparameter 'lerning_rate'. Maybe 'lr'?");
        assertThatThrownBy(check("learning_rate", 1)).hasMessageContaining("Maybe 'lr'?");
        assertThatThrownBy(check("num_epoch", 3)).hasMessageContaining("Maybe 'num_sgd_iter'?");
        assertThatThrownBy(check("fcnet_activation", "tan")).hasMessageContaining("tanh");
        assertThatThrownBy(check("num_sgd_iters", randint(1, 5))).hasMessageContaining("Maybe 'num_sgd_iter'");
    }

    @Test
    void refusesADomainThatReachesOutsideTheRule() {
        assertThatThrownBy(check("lambda", uniform(0.9, 1.1)))
                .hasMessageContaining("uniform(0.9, 1.1) of lambda")
                .hasMessageContaining("at most 1");
        assertThatThrownBy(check("num_sgd_iter", randint(0, 5))).hasMessageContaining("at least 1");
        assertThatThrownBy(check("num_sgd_iter", choice(1, 2, 0))).hasMessageContaining("num_sgd_iter");
        assertThatThrownBy(check("lr", choice("fast", "slow"))).hasMessageContaining("lr must be a number");
    }

    @Test
    void refusesModelSettingsThatContradictOneAnotherBeforeAnythingRuns() {
        assertThatThrownBy(check("use_lstm", true, "framework", "rltune"))
                .hasMessageContaining("framework is rltune")
                .hasMessageContaining("use_lstm is true");
        assertThatThrownBy(check("max_seq_len", 5, "lr", uniform(1e-5, 1e-3)))
                .hasMessageContaining("max_seq_len is 5, but without use_lstm nothing reads it");
        assertThatCode(check("max_seq_len", 5, "use_lstm", choice(true, false)))
                .as("what is tuned is known when a trial is made")
                .doesNotThrowAnyException();
    }

    @Test
    void refusesATunedValueThatItsScheduleWouldOverrule() {
        assertThatThrownBy(check("lr", uniform(1e-5, 1e-3), "lr_schedule", List.of(List.of(0, 1e-3))))
                .hasMessageContaining("lr is tuned")
                .hasMessageContaining("lr_schedule would be in force instead");
    }

    @Test
    void refusesAnUnknownEnvironmentWithSuggestions() {
        assertThatThrownBy(() -> PpoTrainer.SPEC.check(SearchSpace.of(Map.of("env", "Walk-v1"))))
                .hasMessageContaining("Walk-v1")
                .hasMessageContaining("Walk-v0");
        assertThatThrownBy(() -> PpoTrainer.SPEC.check(SearchSpace.of(Map.of("lr", 1e-3))))
                .hasMessageContaining("env is missing");
    }

    /** Its observations are of any length, which PPO cannot take. */
    private static final class Grid extends SeededEnv<List<Object>, Integer> {
        @Override
        public Space<List<Object>> observationSpace() {
            return Sequence.of(Discrete.of(16));
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(4);
        }

        @Override
        protected List<Object> start(Map<String, Object> options) {
            return List.of();
        }

        @Override
        public StepResult<List<Object>> step(Integer action) {
            return new StepResult<>(List.of(), 0, true, false, Map.of());
        }
    }

    /** Go right along 4 fields; each step costs, and so a good policy takes 3 steps. */
    private static final class Corridor extends SeededEnv<Integer, Integer> {
        private int place;

        Corridor() {
            super(Discrete.of(4, 1), Discrete.of(2));
        }

        @Override
        protected Integer start(Map<String, Object> options) {
            place = 1;
            return place;
        }

        @Override
        public StepResult<Integer> step(Integer action) {
            place = Math.max(1, place + (action == 1 ? 1 : -1));
            return new StepResult<>(place, -1, place == 4, false);
        }
    }

    @Test
    void trainsOnObservationsInTheirFlatForm() {
        Envs.register(EnvSpec.of("Corridor-v0", context -> new Corridor()).withMaxEpisodeSteps(50));
        try (PpoTrainer trainer = PpoConfig.of("Corridor-v0")
                .trainBatchSize(256)
                .sgdMinibatchSize(64)
                .fcnetHiddens(List.of(8))
                .lr(0.01)
                .seed(1)
                .build()) {
            for (int i = 0; i < 10; i++) {
                trainer.train();
            }
            assertThat(trainer.evaluate(2).mean()).isEqualTo(-3);
        } finally {
            Envs.unregister("Corridor-v0");
        }
    }

    @Test
    void refusesASpaceThatPpoCannotHandle() {
        Envs.register("Grid-v0", context -> new Grid());
        try {
            assertThatThrownBy(() -> PpoTrainer.SPEC.check(SearchSpace.of(Map.of("env", "Grid-v0"))))
                    .hasMessageContaining(
                            "PPO cannot handle the observation space Sequence(Discrete(16), stack=False) of 'Grid-v0'");
            assertThatThrownBy(() -> PpoConfig.of("Grid-v0").build()).hasMessageContaining("Discrete(16)");
        } finally {
            Envs.unregister("Grid-v0");
        }
    }

    @Test
    void theDefaultOfTheOtherBatchSizeTakesPartInTheConstraint() {
        SearchSpace space = PpoTrainer.SPEC.complete(space("sgd_minibatch_size", randint(128, 16384)));
        assertThat(space.constants()).containsEntry("train_batch_size", 2048L);
        space = space.constraint(PpoTrainer.SPEC.constraints().get(0));
        for (int trial = 0; trial < 100; trial++) {
            assertThat(space.sample(org.rltune.random.Seeds.of(1), trial).getInt("sgd_minibatch_size"))
                    .isBetween(128, 2048);
        }
    }

    @Test
    void whatIsSetOnceIsNamedSoThatNobodyMutatesIt() {
        assertThat(PpoTrainer.SPEC.fixed())
                .contains("env", "fcnet_hiddens", "num_workers")
                .doesNotContain("lr", "gamma");
    }

    @Test
    void theArithmeticIsAnnounced() {
        assertThat(PpoTrainer.SPEC.preflight(space("num_envs_per_worker", 8, "train_batch_size", 800)))
                .singleElement()
                .asString()
                .contains("1 worker(s) x 8 env(s) x 100 steps = 800 samples");
        assertThat(PpoTrainer.SPEC.preflight(space("num_envs_per_worker", 8, "train_batch_size", randint(1000, 60000))))
                .anySatisfy(line -> assertThat(line).contains("randint(1000, 60000), rounded up to a multiple of 8"));
    }
}
