package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Population based training where a mutated choice decides which other hyperparameters exist. */
class ExploreConditionalTest {
    private static SearchSpace space() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model", Map.of("lr", loguniform(1e-5, 1e-3), "act", "tanh"));
        config.put("batch", randint(100, 1000));
        config.put(
                "optimizer",
                conditional(Map.of(
                        "adam", Map.of("beta", uniform(0.8, 0.99)),
                        "sgd",
                                Map.of(
                                        "momentum", uniform(0, 1),
                                        "minibatch", randint(50, 2000),
                                        "half", sampleFrom(p -> p.getLong("minibatch") / 2)))));
        return SearchSpace.of(config).constraint(Constraint.atMost("minibatch", "batch"));
    }

    @Test
    void drawsWhatANewOptionBringsAndDropsWhatTheOldOneBrought() {
        Pcg64 random = new Pcg64(77);
        FakeTuner tuner = new FakeTuner(
                PopulationBasedTraining.builder()
                        .metric("episode_reward_mean")
                        .perturbationInterval(1)
                        .build(),
                space(),
                8,
                Mode.MAX,
                77,
                trial -> OptionalDouble.of(random.nextDouble()));
        tuner.run(300);
        int toAdam = 0;
        int toSgd = 0;
        for (Decision.Exploit exploit : tuner.exploits()) {
            HyperParams before = exploit.donorConfig();
            HyperParams after = exploit.explored();
            assertThat(space().violation(after)).as("seed 77: %s", exploit).isNull();
            boolean adam = after.getString("optimizer").equals("adam");
            assertThat(after.names())
                    .containsExactlyElementsOf(
                            adam
                                    ? List.of("model/act", "model/lr", "batch", "optimizer", "beta")
                                    : List.of(
                                            "model/act",
                                            "model/lr",
                                            "batch",
                                            "optimizer",
                                            "half",
                                            "minibatch",
                                            "momentum"));
            if (adam && !before.contains("beta")) {
                toAdam++;
                assertThat(exploit.changes().get("beta")).startsWith("- --- (new with optimizer = \"adam\"");
                assertThat(exploit.changes().get("momentum")).endsWith("(gone without optimizer = \"sgd\") --> -");
            } else if (!adam && before.contains("beta")) {
                toSgd++;
                assertThat(exploit.changes().get("beta"))
                        .contains("gone without")
                        .endsWith("--> -");
            }
            if (!adam) {
                assertThat(after.getLong("half")).isEqualTo(after.getLong("minibatch") / 2);
            }
        }
        assertThat(toAdam).isGreaterThan(20);
        assertThat(toSgd).isGreaterThan(20);
    }

    @Test
    void letsPb2ModelWhatEveryTrialHasAndKeepOrDrawTheRest() {
        Pcg64 random = new Pcg64(78);
        FakeTuner tuner = new FakeTuner(
                Pb2.builder()
                        .metric("episode_reward_mean")
                        .perturbationInterval(1)
                        .resampleProbability(0.5)
                        .build(),
                space(),
                6,
                Mode.MAX,
                78,
                trial -> OptionalDouble.of(random.nextDouble()));
        tuner.run(25);
        assertThat(tuner.exploits()).hasSizeGreaterThan(20);
        int switched = 0;
        for (Decision.Exploit exploit : tuner.exploits()) {
            assertThat(space().violation(exploit.explored()))
                    .as("seed 78: %s", exploit)
                    .isNull();
            switched +=
                    exploit.donorConfig().contains("beta") != exploit.explored().contains("beta") ? 1 : 0;
        }
        assertThat(switched).isPositive();
    }

    @Test
    void mutatesNestedNamesThatOnlyTheMutationsDeclare() {
        FakeTuner tuner = FakeTuner.tuner(
                PopulationBasedTraining.builder()
                        .metric("episode_reward_mean")
                        .perturbationInterval(1)
                        .resampleProbability(0)
                        .hyperparamMutations(Map.of("model/lr", uniform(0.1, 0.5)))
                        .build(),
                SearchSpace.of(Map.of("model", Map.of("lr", 0.2, "act", "tanh"))),
                Mode.MAX,
                1,
                2,
                3,
                4);
        HyperParams explored = tuner.exploits().get(0).explored();
        assertThat(explored.getDouble("model/lr")).isIn(0.2 * 1.2, 0.2 * 0.8);
        assertThat(explored.getString("model/act")).isEqualTo("tanh");
    }
}
