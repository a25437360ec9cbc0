package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.grid;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Seeds;

/** Options that bring hyperparameters of their own. */
class ConditionalTest {
    private final Seeds seeds = Seeds.of(21);

    private static SearchSpace space() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", loguniform(1e-5, 1e-3));
        config.put(
                "optimizer",
                conditional(Map.of(
                        "adam", Map.of("beta", uniform(0.8, 0.99), "epsilon", 1e-5),
                        "sgd",
                                Map.of(
                                        "momentum",
                                        conditional(Map.of(
                                                "none", Map.of(),
                                                "nesterov", Map.of("damping", uniform(0, 1))))))));
        config.put("steps", randint(1, 10));
        return SearchSpace.of(config);
    }

    @Test
    void putsWhatAnOptionBringsBesideItUnderACondition() {
        assertThat(space().names())
                .containsExactly("lr", "optimizer", "beta", "epsilon", "momentum", "damping", "steps");
        assertThat(space().conditions())
                .isEqualTo(Map.of(
                        "beta", new Condition("optimizer", "adam"),
                        "epsilon", new Condition("optimizer", "adam"),
                        "momentum", new Condition("optimizer", "sgd"),
                        "damping", new Condition("momentum", "nesterov")));
        assertThat(space().domains().get("optimizer")).isEqualTo(choice("adam", "sgd"));
        assertThat(space().domains().get("epsilon")).isEqualTo(choice(1e-5));
        assertThat(space().constants()).isEmpty();
        SearchSpace nested = SearchSpace.of(Map.of(
                "trainer", Map.of("opt", conditional(Map.of("sgd", Map.of("m", Map.of("x", uniform(0, 1))))))));
        assertThat(nested.names()).containsExactly("trainer/opt", "trainer/m/x");
        assertThat(nested.sample(seeds, 0).get("trainer")).asString().startsWith("{opt=sgd, m={x=0.");
    }

    @Test
    void drawsOnlyWhatIsActiveAndEachNameFromItsOwnStream() {
        SearchSpace plain = SearchSpace.of(Map.of("beta", uniform(0.8, 0.99), "steps", randint(1, 10)));
        int adam = 0;
        int nesterov = 0;
        for (int trial = 0; trial < 400; trial++) {
            HyperParams values = space().sample(seeds, trial);
            assertThat(space().violation(values)).as("trial %d", trial).isNull();
            assertThat(values.get("steps")).isEqualTo(plain.sample(seeds, trial).get("steps"));
            if (values.getString("optimizer").equals("adam")) {
                adam++;
                assertThat(values.names()).containsExactly("lr", "optimizer", "beta", "epsilon", "steps");
                assertThat(values.get("beta"))
                        .isEqualTo(plain.sample(seeds, trial).get("beta"));
            } else if (values.getString("momentum").equals("nesterov")) {
                nesterov++;
                assertThat(values.names()).containsExactly("lr", "optimizer", "momentum", "damping", "steps");
            } else {
                assertThat(values.names()).containsExactly("lr", "optimizer", "momentum", "steps");
            }
        }
        assertThat(adam).isBetween(150, 250);
        assertThat(nesterov).isBetween(60, 140);
    }

    @Test
    void clampsAndJudgesByWhatIsActive() {
        HyperParams both = HyperParams.of(
                Map.of("lr", 1.0, "optimizer", "adam", "beta", 2.0, "epsilon", 1e-5, "momentum", "none", "steps", 3));
        HyperParams clamped = space().clamp(both);
        assertThat(clamped)
                .isEqualTo(HyperParams.of(
                        Map.of("lr", 1e-3, "optimizer", "adam", "beta", 0.99, "epsilon", 1e-5, "steps", 3)));
        assertThat(space().violation(clamped)).isNull();
        assertThat(space().violation(clamped.with("momentum", "none")))
                .isEqualTo("momentum is set, but exists only while optimizer = \"sgd\"");
        assertThat(space().violation(clamped.without("beta"))).isEqualTo("beta is missing");
        // What rests on something inactive is inactive too, whatever its value.
        assertThat(space().isActive("damping", HyperParams.of(Map.of("optimizer", "adam", "momentum", "nesterov"))))
                .isFalse();
    }

    @Test
    void completesWhatASearcherChose() {
        HyperParams sgd = space().complete(Map.of("optimizer", "sgd", "beta", 0.9, "momentum", "none"), seeds, 5);
        assertThat(sgd.names()).containsExactly("lr", "optimizer", "momentum", "steps");
        HyperParams adam = space().complete(Map.of("optimizer", "adam"), seeds, 5);
        assertThat(adam.names()).containsExactly("lr", "optimizer", "beta", "epsilon", "steps");
    }

    @Test
    void activatesWhatANewValueBrings() {
        HyperParams adam = space().complete(Map.of("optimizer", "adam"), seeds, 1);
        HyperParams switched =
                space().activate(adam.with("optimizer", "sgd"), name -> seeds.stream("explore/" + name, 1, 2));
        assertThat(switched.names())
                .startsWith("lr", "optimizer", "momentum")
                .endsWith("steps")
                .doesNotContain("beta");
        assertThat(space().violation(switched)).isNull();
        assertThat(switched.only(List.of("lr", "steps"))).isEqualTo(adam.only(List.of("lr", "steps")));
        assertThat(space().activate(adam, name -> seeds.stream("explore/" + name)))
                .isEqualTo(adam);
    }

    @Test
    void keepsConstraintsOverWhatIsActive() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("batch", randint(100, 1000));
        config.put("mode", conditional(Map.of("mini", Map.of("minibatch", randint(50, 2000)), "full", Map.of())));
        SearchSpace space = SearchSpace.of(config).constraint(Constraint.atMost("minibatch", "batch"));
        int repaired = 0;
        for (int trial = 0; trial < 300; trial++) {
            HyperParams values = space.sample(seeds, trial);
            assertThat(space.violation(values)).isNull();
            repaired += values.contains("minibatch") && values.get("minibatch").equals(values.get("batch")) ? 1 : 0;
        }
        assertThat(repaired).isGreaterThan(50);
        // A rule that only binds inactive names moves nothing.
        HyperParams full = HyperParams.of(Map.of("batch", 100, "mode", "full"));
        assertThat(space.repair(full)).isEqualTo(full);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of(
                                "batch", 10, "mode", conditional(Map.of("mini", Map.of("minibatch", randint(50, 90))))))
                        .constraint(Constraint.atMost("minibatch", "batch")))
                .withMessageContaining("minibatch (randint(50, 90)) is at least 50");
    }

    @Test
    void allowsRulesThatCouldNotHoldIfTwoOptionsWereChosenAtOnce() {
        SearchSpace space = SearchSpace.of(Map.of(
                        "mid", randint(0, 100),
                        "mode",
                                conditional(Map.of(
                                        "low", Map.of("low_cap", randint(0, 10)),
                                        "high", Map.of("high_floor", randint(50, 60))))))
                .constraint(Constraint.atMost("high_floor", "mid"))
                .constraint(Constraint.atMost("mid", "low_cap"));
        for (int trial = 0; trial < 200; trial++) {
            assertThat(space.violation(space.sample(seeds, trial))).isNull();
        }
    }

    @Test
    void computesSampleFromOnlyWhereItIsActive() {
        SearchSpace space = SearchSpace.of(Map.of(
                "mode",
                conditional(Map.of(
                        "a", Map.of("x", uniform(1, 2), "y", sampleFrom(p -> p.getDouble("x") * 2)), "b", Map.of())),
                "z",
                sampleFrom(p -> p.contains("x") ? p.getDouble("y") : -1.0)));
        for (int trial = 0; trial < 50; trial++) {
            HyperParams values = space.sample(seeds, trial);
            if (values.getString("mode").equals("a")) {
                assertThat(values.getDouble("z")).isEqualTo(2 * values.getDouble("x"));
            } else {
                assertThat(values.names()).containsExactly("mode", "z");
                assertThat(values.getDouble("z")).isEqualTo(-1.0);
            }
        }
    }

    @Test
    void canBeFixedOrPutIntoAGrid() {
        SearchSpace fixed = space().with("optimizer", "sgd");
        assertThat(fixed.sample(seeds, 0).names())
                .startsWith("lr", "optimizer", "momentum")
                .doesNotContain("beta");
        assertThat(fixed.names()).isEqualTo(space().names());
        SearchSpace crossed = space().with("optimizer", grid("adam", "sgd"));
        assertThat(crossed.gridSize()).isEqualTo(2);
        assertThat(crossed.complete(crossed.grid().at(0).asMap(), seeds, 0).contains("beta"))
                .isTrue();
        assertThat(crossed.complete(crossed.grid().at(1).asMap(), seeds, 0).contains("beta"))
                .isFalse();
        SearchSpace narrower = space().with("beta", uniform(0.9, 0.95));
        assertThat(narrower.conditions()).isEqualTo(space().conditions());
        SearchSpace replaced = space().with("optimizer", conditional(Map.of("rms", Map.of("rho", uniform(0, 1)))));
        assertThat(replaced.names()).containsExactly("lr", "optimizer", "rho", "steps");
    }

    @Test
    void takesOptionsOfEveryTypeInTheOrderOfTheMap() {
        Map<Object, Map<String, ?>> options = new LinkedHashMap<>();
        options.put(true, Map.of("weight", uniform(0, 1)));
        options.put(false, Map.of());
        SearchSpace space = SearchSpace.of(Map.of("use_it", conditional(options)));
        assertThat(space.domains().get("use_it")).isEqualTo(choice(true, false));
        assertThat(space.sample(seeds, 0).getBoolean("use_it"))
                .isEqualTo(space.sample(seeds, 0).contains("weight"));
        Domain domain = conditional(options);
        assertThat(domain).hasToString("conditional(true: {weight=uniform(0.0, 1.0)}, false: {})");
        assertThat(Json.write(domain.toJson())).startsWith("{\"domain\":\"conditional\",\"options\":[{\"value\":true,");
    }

    @Test
    void refusesWhatCannotBeTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of(
                        "a", conditional(Map.of("x", Map.of("lr", uniform(0, 1)), "y", Map.of("lr", uniform(1, 2)))))))
                .withMessageContaining("The name lr is declared twice")
                .withMessageContaining("rename one of the two");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditional(Map.of()))
                .withMessageContaining("conditional(): there must be at least one option");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SearchSpace.of(Map.of("a", List.of(conditional(Map.of("x", Map.of("y", uniform(0, 1))))))))
                .withMessageContaining("a/0 is an element of a list")
                .withMessageContaining("Put it into a map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of("a", conditional(Map.of("x", Map.of("y", grid(1, 2)))))))
                .withMessageContaining("y is grid(1, 2), but exists only while a = \"x\"")
                .withMessageContaining("Maybe choice(...)?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space().with("optimizer", sampleFrom(p -> "adam")))
                .withMessageContaining("beta exists only while optimizer = \"adam\"")
                .withMessageContaining("not as sampleFrom");
    }
}
