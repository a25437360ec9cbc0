package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.grid;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.qrandint;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.sampleFrom;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;
import org.rltune.random.Seeds;

/** Domains and spaces as JSON and YAML, there and back. */
class SpaceFilesTest {
    static Stream<Domain> domains() {
        return Stream.concat(
                DomainContractTest.domains(),
                Stream.of(
                        conditional(Map.of("adam", Map.of("beta", uniform(0, 1), "eps", 1e-5), "sgd", Map.of())),
                        conditional(Map.of(true, Map.of("m", Map.of("x", randint(0, 3), "y", List.of(1, 2)))))));
    }

    @ParameterizedTest
    @MethodSource("domains")
    void readsBackWhatItWrites(Domain domain) {
        Domain read = Domain.fromJson(Json.parse(Json.write(domain.toJson()), "text"), "x");
        assertThat(Json.write(read.toJson())).isEqualTo(Json.write(domain.toJson()));
        assertThat(read).hasToString(domain.toString());
    }

    /** What a person writes, and what Java would. */
    static Stream<Object[]> forms() {
        return Stream.of(
                new Object[] {"{uniform: [0.1, 0.5]}", uniform(0.1, 0.5)},
                new Object[] {"{uniform: [0, 1]}", uniform(0, 1)},
                new Object[] {"{loguniform: [1e-5, 1e-3]}", loguniform(1e-5, 1e-3)},
                new Object[] {"{domain: loguniform, lower: 1e-5, upper: 1e-3}", loguniform(1e-5, 1e-3)},
                new Object[] {"{upper: 1e-3, domain: loguniform, lower: 1e-5}", loguniform(1e-5, 1e-3)},
                new Object[] {"{quniform: [0, 1, 0.1]}", Domain.quniform(0, 1, 0.1)},
                new Object[] {"{qloguniform: [0.1, 1, 0.1]}", Domain.qloguniform(0.1, 1, 0.1)},
                new Object[] {"{oneMinusLog: [0.9, 0.9999]}", Domain.oneMinusLog(0.9, 0.9999)},
                new Object[] {"{randn: [0, 1]}", Domain.randn(0, 1)},
                new Object[] {"{domain: randn, mean: 0, sd: 1}", Domain.randn(0, 1)},
                new Object[] {"{qrandn: [0, 1, 0.5]}", Domain.qrandn(0, 1, 0.5)},
                new Object[] {"{randint: [1, 30]}", randint(1, 30)},
                new Object[] {"{qrandint: [64, 512, 64]}", qrandint(64, 512, 64)},
                new Object[] {"{lograndint: [1, 1000.0]}", Domain.lograndint(1, 1000)},
                new Object[] {"{qlograndint: [64, 512, 64]}", Domain.qlograndint(64, 512, 64)},
                new Object[] {"{choice: [tanh, 3, 0.5, true, [64, 64]]}", choice("tanh", 3, 0.5, true, List.of(64, 64))
                },
                new Object[] {"{grid: [1, 2]}", grid(1, 2)},
                new Object[] {"{grid_search: [1, 2]}", grid(1, 2)});
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsBothForms(String yaml, Domain expected) {
        assertThat(Domain.fromJson(Json.parseYaml(yaml, "text"), "x")).isEqualTo(expected);
        assertThat(SearchSpace.ofConfig(Map.of("x", parse(yaml))).domains()).isEqualTo(Map.of("x", expected));
    }

    private static Object parse(String yaml) {
        Object value = Json.parseYaml(yaml, "text");
        return value == null ? "" : value;
    }

    @Test
    void readsANestedConfig() {
        String yaml = """
                env: CartPole-v1
                lr: {loguniform: [1e-5, 1e-3]}
                fcnet_hiddens: [64, 64]
                env_config:
                  gravity: {uniform: [8, 12]}
                  title: the moon
                  shape: {constant: {choice: [1, 2]}}
                optimizer:
                  conditional:
                    adam: {beta: {uniform: [0.8, 0.99]}}
                    sgd: {momentum: {choice: [0, 0.9]}, nesterov: true}
                """;
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", "CartPole-v1");
        config.put("lr", loguniform(1e-5, 1e-3));
        config.put("fcnet_hiddens", List.of(64, 64));
        Map<String, Object> env = new LinkedHashMap<>();
        env.put("gravity", uniform(8, 12));
        env.put("title", "the moon");
        env.put("shape", Map.of("choice", List.of(1, 2)));
        config.put("env_config", env);
        Map<String, Map<String, Object>> branches = new LinkedHashMap<>();
        branches.put("adam", Map.of("beta", uniform(0.8, 0.99)));
        branches.put("sgd", Map.of("momentum", choice(0, 0.9), "nesterov", true));
        config.put("optimizer", conditional(branches));
        SearchSpace java = SearchSpace.of(config);
        SearchSpace read = SearchSpace.ofConfig(Json.asObject(parse(yaml), "config"));
        assertThat(Json.write(read.toJson())).isEqualTo(Json.write(java.toJson()));
        assertThat(read.names()).isEqualTo(java.names());
        for (int trial = 0; trial < 20; trial++) {
            assertThat(read.sample(Seeds.of(1), trial))
                    .hasToString(java.sample(Seeds.of(1), trial).toString());
        }
    }

    @Test
    void readsBackASpaceFromWhatTheRunFileSays() {
        SearchSpace space = SearchSpace.of(Map.of(
                        "batch", randint(64, 512),
                        "k", 100,
                        "nested", Map.of("minibatch", randint(16, 512), "list", List.of(1, 2)),
                        "opt",
                                conditional(Map.of(
                                        "adam", Map.of("beta", uniform(0, 1)),
                                        "sgd", Map.of("m", conditional(Map.of("n", Map.of("d", uniform(0, 1)))))))))
                .constraint(Constraint.atMost("nested/minibatch", "batch"));
        for (SearchSpace one : List.of(space, space.with("opt", "sgd"))) {
            SearchSpace read = SearchSpace.fromJson(Json.parse(Json.write(one.toJson()), "run.json"));
            assertThat(Json.write(read.toJson())).isEqualTo(Json.write(one.toJson()));
            assertThat(read.conditions()).isEqualTo(one.conditions());
            assertThat(read.constraints()).isEqualTo(one.constraints());
            for (int trial = 0; trial < 20; trial++) {
                assertThat(read.sample(Seeds.of(1), trial)).isEqualTo(one.sample(Seeds.of(1), trial));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {loguniform: [1e-3, 1e-5]}         | config/lr: loguniform(0.001, 1.0E-5): the lower bound must be below
            {uniform: [0]}                     | config/lr is {uniform: [0]}, but uniform takes [lower, upper]
            {uniform: 3}                       | config/lr is {uniform: 3}, but uniform takes [lower, upper]
            {uniform: [a, 1]}                  | config/lr/uniform/lower is a (String), but it must be a number
            {randint: [1, 2.5]}                | config/lr/randint/upper is 2.5 (Double), but it must be a whole number
            {domain: unifrom, lower: 0}        | config/lr: there is no domain 'unifrom'
            {domain: uniform, lower: 0}        | config/lr: uniform takes [lower, upper], but upper is missing
            {domain: uniform, lowre: 0, upper: 1} | config/lr: uniform has no 'lowre'
            {choice: []}                       | config/lr: choice(): there must be at least one option
            {choice: 3}                        | config/lr/choice is 3 (Long), but it must be a list
            {conditional: {a: {x: {uniform: [1, 0]}}}} | config/lr/conditional/a/x: uniform(1.0, 0.0)
            {domain: sampleFrom}               | config/lr: sampleFrom is a function, which cannot be read from text
            {unifrom: [0, 1]}                  | config/lr is {"unifrom":[0,1]}, but there is no domain 'unifrom'. Maybe 'uniform'?
            null                               | config/lr is null
            """)
    void namesThePathOfWhatIsWrong(String yaml, String message) {
        Map<String, Object> config = Json.asObject(parse("{config: {lr: " + yaml + "}}"), "file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.ofConfig(config))
                .withMessageContaining(message);
    }

    @Test
    void readsConstraints() {
        assertThat(Constraint.parse("a <= b")).isEqualTo(Constraint.atMost("a", "b"));
        assertThat(Constraint.parse(Constraint.atMost("x/y", "z").toString())).isEqualTo(Constraint.atMost("x/y", "z"));
        for (String bad : List.of("a < b", "a <=", "<= b", "a <= b <= c", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Constraint.parse(bad))
                    .withMessageContaining("The constraint is '" + bad + "'");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.fromJson(
                        SearchSpace.of(Map.of("x", sampleFrom(p -> 1))).toJson()))
                .withMessageContaining("domains/x: sampleFrom is a function");
    }
}
