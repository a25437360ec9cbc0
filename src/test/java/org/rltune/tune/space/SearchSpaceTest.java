package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Seeds;

class SearchSpaceTest {
    private static final Constraint RULE = Constraint.atMost("sgd_minibatch_size", "train_batch_size");
    private final Seeds seeds = Seeds.of(3);

    @Test
    void keepsTheOrderOfDeclarationAndSortsMapsThatHaveNone() {
        Map<String, Object> declared = new LinkedHashMap<>();
        declared.put("lr", uniform(0, 1));
        declared.put("clip_param", 0.2);
        declared.put("batch", randint(1, 5));
        assertThat(SearchSpace.of(declared).names()).containsExactly("lr", "clip_param", "batch");
        assertThat(SearchSpace.of(declared).sample(seeds, 0).names()).containsExactly("lr", "clip_param", "batch");
        assertThat(SearchSpace.of(new TreeMap<>(declared)).names()).containsExactly("batch", "clip_param", "lr");
        assertThat(SearchSpace.of(new HashMap<>(declared)).names()).containsExactly("batch", "clip_param", "lr");
        assertThat(SearchSpace.of(Map.copyOf(declared)).names()).containsExactly("batch", "clip_param", "lr");
    }

    @Test
    void drawsEachNameFromAStreamOfItsOwn() {
        SearchSpace small = SearchSpace.of(Map.of("lr", loguniform(1e-5, 1e-3)));
        SearchSpace large = small.with("a", uniform(0, 1)).with("z", randint(0, 100));
        for (int trial = 0; trial < 20; trial++) {
            assertThat(large.sample(seeds, trial).get("lr"))
                    .isEqualTo(small.sample(seeds, trial).get("lr"));
        }
        assertThat(small.sample(seeds, 0)).isEqualTo(small.sample(Seeds.of(3), 0));
        assertThat(small.sample(seeds, 0)).isNotEqualTo(small.sample(seeds, 1));
        assertThat(small.sample(seeds, 0)).isNotEqualTo(small.sample(Seeds.of(4), 0));
    }

    @Test
    void computesValuesFromOthersInAnyOrderOfDeclaration() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("c", sampleFrom(p -> p.getLong("b") + 1));
        config.put("b", sampleFrom(p -> p.getLong("a") * p.getLong("k")));
        config.put("a", randint(1, 100));
        config.put("k", 10);
        for (int trial = 0; trial < 50; trial++) {
            HyperParams values = SearchSpace.of(config).sample(seeds, trial);
            assertThat(values.getLong("b")).isEqualTo(10 * values.getLong("a"));
            assertThat(values.getLong("c")).isEqualTo(values.getLong("b") + 1);
            assertThat(values.names()).containsExactly("c", "b", "a", "k");
        }
    }

    @Test
    void refusesValuesThatWaitForEachOtherInACircle() {
        SearchSpace circle = SearchSpace.of(Map.of(
                "a", sampleFrom(p -> p.get("b")),
                "b", sampleFrom(p -> p.contains("a")),
                "free", sampleFrom(p -> 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> circle.sample(seeds, 0))
                .withMessageContaining("circle: a needs b, b needs a");
    }

    @Test
    void saysWhichFunctionFailedAndWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of("lr", 0.1, "x", sampleFrom(p -> p.get("lrr"))))
                        .sample(seeds, 0))
                .withMessageContaining("sampleFrom of x failed")
                .withMessageContaining("There is no hyperparameter 'lrr'")
                .withMessageContaining("Maybe 'lr'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SearchSpace.of(Map.of("x", sampleFrom(p -> Double.NaN))).sample(seeds, 0))
                .withMessageContaining("x is NaN");
    }

    @Test
    void separatesDomainsFromTypedConstants() {
        SearchSpace space =
                SearchSpace.of(Map.of("a", 1, "b", 0.5f, "c", "x", "d", List.of(64, 64), "e", uniform(0, 1)));
        assertThat(space.constants()).isEqualTo(Map.of("a", 1L, "b", 0.5, "c", "x", "d", List.of(64L, 64L)));
        assertThat(space.domains()).isEqualTo(Map.of("e", uniform(0, 1)));
        assertThat(space.sample(seeds, 5).only(List.of("a", "b")).asMap()).isEqualTo(Map.of("a", 1L, "b", 0.5));
    }

    @Test
    void repairsWhatWasSampledAgainstAConstraint() {
        SearchSpace space = batches(randint(128, 16384), randint(1000, 60000));
        int repaired = 0;
        for (int trial = 0; trial < 10_000; trial++) {
            HyperParams values = space.sample(seeds, trial);
            assertThat(space.violation(values)).as("trial %d", trial).isNull();
            repaired += values.getLong("sgd_minibatch_size") == values.getLong("train_batch_size") ? 1 : 0;
        }
        // P(minibatch > batch) is (15384^2 / 2) / (16256 * 59000) = 0.123
        assertThat(repaired).isBetween(1050, 1420);
    }

    @Test
    void lowersTheFirstOrElseRaisesTheSecond() {
        SearchSpace space = batches(randint(128, 16384), randint(100, 60000));
        assertThat(space.repair(batch(500, 400))).isEqualTo(batch(400, 400));
        assertThat(space.repair(batch(500, 100))).isEqualTo(batch(128, 128));
        assertThat(space.repair(batch(128, 60))).isEqualTo(batch(128, 128));
        assertThat(space.repair(batch(300, 300))).isEqualTo(batch(300, 300));
    }

    @Test
    void repairsAgainstConstantsOptionsAndComputedValues() {
        assertThat(batches(randint(1, 1000), 64).repair(batch(500, 64))).isEqualTo(batch(64, 64));
        assertThat(batches(512, randint(100, 1000)).repair(batch(512, 200))).isEqualTo(batch(512, 512));
        assertThat(batches(choice(64, 256, 128), randint(100, 1000)).repair(batch(256, 200)))
                .isEqualTo(batch(128, 200));
        assertThat(batches(randint(100, 1000), choice(50, 150, 800)).repair(batch(500, 50)))
                .isEqualTo(batch(150, 150));
        assertThat(batches(sampleFrom(p -> 900), randint(100, 800))
                        .sample(seeds, 1)
                        .getLong("sgd_minibatch_size"))
                .isLessThan(800);
        SearchSpace mixed =
                SearchSpace.of(Map.of("a", uniform(0, 10), "b", randint(0, 5))).constraint(Constraint.atMost("a", "b"));
        assertThat(mixed.repair(HyperParams.of(Map.of("a", 7.5, "b", 3))))
                .isEqualTo(HyperParams.of(Map.of("a", 3.0, "b", 3)));
    }

    @Test
    void repairsChainsOfRulesTogether() {
        SearchSpace space = SearchSpace.of(Map.of("a", randint(50, 1000), "b", randint(0, 1000), "c", uniform(0, 1000)))
                .constraint(Constraint.atMost("a", "b"))
                .constraint(Constraint.atMost("b", "c"));
        for (int trial = 0; trial < 2000; trial++) {
            assertThat(space.violation(space.sample(seeds, trial))).isNull();
        }
        HyperParams worst = HyperParams.of(Map.of("a", 999, "b", 0, "c", 10.0));
        assertThat(space.repair(worst)).isEqualTo(HyperParams.of(Map.of("a", 50, "b", 50, "c", 50.0)));
    }

    @Test
    void refusesConstraintsThatNoValuesObeyWithTheNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches(randint(128, 16384), randint(10, 101)))
                .withMessageContaining("sgd_minibatch_size <= train_batch_size cannot hold")
                .withMessageContaining("(randint(128, 16384)) is at least 128")
                .withMessageContaining("(randint(10, 101)) is at most 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches(128, 64))
                .withMessageContaining("sgd_minibatch_size (constant) is at least 128")
                .withMessageContaining("train_batch_size (constant) is at most 64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches(randint(1, 9), 64).with("train_batch_size", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of("a", randint(5, 9), "b", randint(0, 9), "c", randint(0, 5)))
                        .constraint(Constraint.atMost("a", "b"))
                        .constraint(Constraint.atMost("b", "c")))
                .withMessageContaining("b <= c cannot hold: b (randint(0, 9)) is at least 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches(choice("small", "large"), 64))
                .withMessageContaining("needs numbers");
    }

    @Test
    void completesWhatASearcherHasChosen() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", loguniform(1e-5, 1e-3));
        config.put("n", randint(1, 10));
        config.put("k", 10);
        config.put("twice", sampleFrom(p -> 2 * p.getLong("n")));
        SearchSpace space = SearchSpace.of(config);
        HyperParams sampled = space.sample(seeds, 4);
        assertThat(space.complete(Map.of(), seeds, 4)).isEqualTo(sampled);
        assertThat(space.complete(Map.of("n", 7.4), seeds, 4))
                .isEqualTo(sampled.with("n", 7).with("twice", 14));
        assertThat(space.complete(Map.of("lr", 1.0, "twice", 3, "k", 11), seeds, 4))
                .isEqualTo(sampled.with("lr", 1e-3).with("twice", 3).with("k", 11));
        assertThat(space.complete(Map.of("n", 3), seeds, 4).names()).containsExactly("lr", "n", "k", "twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space.complete(Map.of("lrr", 1), seeds, 4))
                .withMessageContaining("There is no hyperparameter 'lrr' in the search space. Known: lr, n, k, twice.")
                .withMessageContaining("Maybe 'lr'?");
        SearchSpace ruled = batches(randint(1, 1000), randint(1, 1000));
        assertThat(ruled.complete(Map.of("sgd_minibatch_size", 700, "train_batch_size", 300), seeds, 0))
                .isEqualTo(batch(300, 300));
    }

    @Test
    void letsRulesOverAbsentNamesHold() {
        SearchSpace space =
                SearchSpace.of(Map.of("sgd_minibatch_size", randint(1, 9))).constraint(RULE);
        assertThat(RULE.holds(space.sample(seeds, 0))).isTrue();
        assertThat(space.constraint(RULE).constraints()).containsExactly(RULE);
    }

    @Test
    void namesWhatIsWrongWithValues() {
        SearchSpace space = batches(randint(1, 100), randint(10, 1000));
        assertThat(space.violation(batch(50, 40))).contains("sgd_minibatch_size <= train_batch_size does not hold");
        assertThat(space.violation(batch(100, 200))).contains("sgd_minibatch_size is 100, outside randint(1, 100)");
        assertThat(space.violation(HyperParams.empty())).contains("is missing");
        assertThat(space.violation(space.clamp(batch(1_000_000, 1_000_000)))).isNull();
    }

    @Test
    void writesItselfAsJson() {
        String json = Json.write(batches(randint(1, 100), 64).toJson());
        assertThat(json)
                .isEqualTo("{\"domains\":{\"sgd_minibatch_size\":{\"domain\":\"randint\",\"lower\":1,\"upper\":100}},"
                        + "\"constants\":{\"train_batch_size\":64},"
                        + "\"constraints\":[\"sgd_minibatch_size <= train_batch_size\"]}");
    }

    private static SearchSpace batches(Object minibatch, Object batch) {
        return SearchSpace.of(Map.of("sgd_minibatch_size", minibatch, "train_batch_size", batch))
                .constraint(RULE);
    }

    private static HyperParams batch(long minibatch, long batch) {
        return HyperParams.of(Map.of("sgd_minibatch_size", minibatch, "train_batch_size", batch));
    }
}
