package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.grid;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;

/** Domains inside of maps and lists, and how a trainable reads them. */
class NestedConfigTest {
    private final Seeds seeds = Seeds.of(9);

    private static SearchSpace space() {
        Map<String, Object> optimizer = new LinkedHashMap<>();
        optimizer.put("name", "adam");
        optimizer.put("lr", loguniform(1e-5, 1e-3));
        optimizer.put("betas", Map.of("b1", uniform(0.8, 0.99), "b2", 0.999));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", "CartPole-v1");
        config.put("optimizer", optimizer);
        config.put("widths", List.of(randint(32, 257), 64));
        config.put("model", Map.of("layers", List.of(64, 64)));
        return SearchSpace.of(config);
    }

    @Test
    void namesWhatIsNestedByItsPath() {
        assertThat(space().names())
                .containsExactly(
                        "env",
                        "optimizer/name",
                        "optimizer/lr",
                        "optimizer/betas/b1",
                        "optimizer/betas/b2",
                        "widths/0",
                        "widths/1",
                        "model");
        assertThat(space().domains().keySet()).containsExactly("optimizer/lr", "optimizer/betas/b1", "widths/0");
        assertThat(space().constants())
                .isEqualTo(Map.of(
                        "env",
                        "CartPole-v1",
                        "optimizer/name",
                        "adam",
                        "optimizer/betas/b2",
                        0.999,
                        "widths/1",
                        64L,
                        "model",
                        Map.of("layers", List.of(64L, 64L))));
    }

    @Test
    void drawsTheSameWhetherAPathIsNestedOrWrittenOut() {
        SearchSpace flat = SearchSpace.of(Map.of("optimizer/lr", loguniform(1e-5, 1e-3)));
        assertThat(space().sample(seeds, 3).get("optimizer/lr"))
                .isEqualTo(flat.sample(seeds, 3).get("optimizer/lr"));
    }

    @Test
    void readsBackByPathAndAsMapsAndLists() {
        HyperParams values = space().sample(seeds, 0);
        double lr = values.getDouble("optimizer/lr");
        double b1 = values.getDouble("optimizer/betas/b1");
        long width = values.getLong("widths/0");
        Map<String, Object> optimizer = Map.of("name", "adam", "lr", lr, "betas", Map.of("b1", b1, "b2", 0.999));
        assertThat(values.get("optimizer")).isEqualTo(optimizer);
        assertThat(values.get("optimizer/betas")).isEqualTo(Map.of("b1", b1, "b2", 0.999));
        assertThat(values.get("widths")).isEqualTo(List.of(width, 64L));
        assertThat(values.get("model/layers")).isEqualTo(List.of(64L, 64L));
        assertThat(values.getLong("model/layers/1")).isEqualTo(64);
        assertThat(values.nested())
                .isEqualTo(Map.of(
                        "env",
                        "CartPole-v1",
                        "optimizer",
                        optimizer,
                        "widths",
                        List.of(width, 64L),
                        "model",
                        Map.of("layers", List.of(64L, 64L))));
        assertThat(values.nested().keySet()).containsExactly("env", "optimizer", "widths", "model");
        assertThat(HyperParams.of(values.nested()).getDouble("optimizer/lr")).isEqualTo(lr);
        for (String absent :
                List.of("optimizer/lrr", "widths/2", "model/layers/2", "model/layers/x", "env/name", "opt")) {
            assertThat(values.contains(absent)).as(absent).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> values.get(absent));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.get("optimizer/lrr"))
                .withMessageContaining("Maybe 'optimizer/lr'?");
    }

    @Test
    void setsPartsOfNestedValues() {
        HyperParams values = HyperParams.of(Map.of("model", Map.of("layers", List.of(64, 64), "act", "tanh")));
        assertThat(values.with("model/layers/1", 32).with("model/act", "relu").with("model/bias", true))
                .isEqualTo(HyperParams.of(
                        Map.of("model", Map.of("layers", List.of(64, 32), "act", "relu", "bias", true))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.with("model/layers/2", 3))
                .withMessageContaining("The value of model/layers is [64,64], which has no part '2'");
        HyperParams flat = HyperParams.of(Map.of("model/act", "tanh"));
        assertThat(flat.with("model/act", "relu").names()).containsExactly("model/act");
    }

    @Test
    void declaresAPartOfAConstantAnew() {
        SearchSpace space = space().with("model/layers/0", choice(32, 64)).with("optimizer/lr", 1e-3);
        assertThat(space.names())
                .containsExactly(
                        "env",
                        "optimizer/name",
                        "optimizer/lr",
                        "optimizer/betas/b1",
                        "optimizer/betas/b2",
                        "widths/0",
                        "widths/1",
                        "model/layers/0",
                        "model/layers/1");
        assertThat(space.constants()).containsEntry("optimizer/lr", 1e-3).containsEntry("model/layers/1", 64L);
        assertThat(space.with("optimizer", "none").names())
                .containsExactly("env", "optimizer", "widths/0", "widths/1", "model/layers/0", "model/layers/1");
        assertThat(SearchSpace.of(Map.of("env_config", Map.of()))
                        .with("env_config/gravity", uniform(8, 12))
                        .names())
                .containsExactly("env_config/gravity");
    }

    @Test
    void clampsRepairsAndComputesByPath() {
        SearchSpace space = SearchSpace.of(Map.of(
                        "sgd",
                                Map.of(
                                        "minibatch",
                                        randint(16, 512),
                                        "twice",
                                        sampleFrom(p -> 2 * p.getLong("sgd/minibatch"))),
                        "batch", randint(64, 256)))
                .constraint(Constraint.atMost("sgd/minibatch", "batch"));
        HyperParams values = space.complete(Map.of("sgd/minibatch", 1000, "batch", 100), seeds, 0);
        assertThat(values).isEqualTo(HyperParams.of(Map.of("sgd/minibatch", 100, "sgd/twice", 200, "batch", 100)));
        assertThat(space.violation(values.with("sgd/minibatch", 5))).startsWith("sgd/minibatch is 5, outside");
        assertThat(SearchSpace.of(Map.of("a", Map.of("x", grid(1, 2)), "b", List.of(grid(3, 4, 5))))
                        .gridSize())
                .isEqualTo(6);
    }

    @Test
    void takesChosenValuesNestedOrByPath() {
        HyperParams flat = space().complete(Map.of("optimizer/lr", 1e-4, "widths/0", 40), seeds, 2);
        assertThat(space().complete(Map.of("optimizer", Map.of("lr", 1e-4), "widths", List.of(40, 64)), seeds, 2))
                .isEqualTo(flat);
        assertThat(space().named(Map.of("model", Map.of("layers", List.of(1)), "env", "x"))
                        .names())
                .containsExactly("env", "model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space().complete(Map.of("optimizer", Map.of("lrr", 1e-4)), seeds, 2))
                .withMessageContaining("There is no hyperparameter 'optimizer/lrr'")
                .withMessageContaining("Maybe 'optimizer/lr'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> space().complete(Map.of("optimizer", 3), seeds, 2))
                .withMessageContaining("There is no hyperparameter 'optimizer'");
    }

    @Test
    void waitsForAWholeGroupThatIsNotChosenYet() {
        SearchSpace space = SearchSpace.of(Map.of(
                "all", sampleFrom(p -> ((Map<?, ?>) p.get("group")).size()),
                "group", Map.of("a", 1, "b", sampleFrom(p -> p.getLong("group/a") + 1))));
        assertThat(space.sample(seeds, 0).getLong("all")).isEqualTo(2);
    }

    @Test
    void refusesNamesThatAreBothAValueAndAGroup() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("model", "small");
        config.put("model/width", randint(1, 9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(config))
                .withMessageContaining("The name model has a value of its own")
                .withMessageContaining("such as model/width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyperParams.of(
                                config.containsKey("model") ? Map.of("model", 1, "model/width", 2) : Map.of())
                        .nested())
                .withMessageContaining("The name model has a value of its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of("a/b", 1, "a", Map.of("b", uniform(0, 1)))))
                .withMessageContaining("a/b is declared twice");
    }

    @Test
    void refusesKeysThatWouldMakeAMapAList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of(Map.of("a", Map.of("0", uniform(0, 1)))))
                .withMessageContaining("a has the key 0")
                .withMessageContaining("use a list");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyperParams.of(Map.of("a/0", 1, "a/2", 2)).nested())
                .withMessageContaining("The list a has the elements")
                .withMessageContaining("but not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice(Map.of("x", uniform(0, 1))))
                .withMessageContaining("choice(...)[0]/x is the domain uniform(0.0, 1.0)")
                .withMessageContaining("conditional(...)");
    }
}
