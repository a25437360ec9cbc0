package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.grid;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.oneMinusLog;
import static org.rltune.tune.space.Domain.qlograndint;
import static org.rltune.tune.space.Domain.quniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Seeds;

/** What docs/search-spaces.md shows is this source, and what it says is so. */
class SearchSpacesPageTest {
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "src")).toAbsolutePath();
    private static final Path PAGE = MODULE.getParent().resolve("docs/search-spaces.md");
    private static final Path SOURCE = MODULE.resolve("test/java/org/rltune/tune/space/SearchSpacesPageTest.java");

    private final Seeds seeds = Seeds.of(4);
    private int used;

    // The page's examples, word for word but for comments and space.

    SearchSpace first() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", "CartPole-v1");
        config.put("lr", loguniform(1e-5, 1e-3));
        config.put("gamma", oneMinusLog(0.9, 0.9999));
        config.put("sgd_minibatch_size", qlograndint(64, 1024, 64));
        config.put("train_batch_size", randint(1000, 4001));
        config.put("fcnet_activation", choice("tanh", "relu"));
        return SearchSpace.of(config).constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
    }

    SearchSpace nested() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env_config", Map.of("goal", uniform(-3, 3), "title", "walk"));
        config.put("fcnet_hiddens", List.of(qlograndint(16, 256, 16), 64));
        return SearchSpace.of(config);
    }

    void read(HyperParams values) {
        double goal = values.getDouble("env_config/goal");
        Object whole = values.get("env_config");
        Map<String, Object> all = values.nested();
        use(goal, whole, all);
    }

    SearchSpace conditionalSpace() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", loguniform(1e-5, 1e-1));
        config.put(
                "optimizer",
                conditional(Map.of(
                        "adam", Map.of("beta", uniform(0.8, 0.99), "epsilon", 1e-5),
                        "sgd", Map.of("momentum", choice(0.0, 0.9)))));
        return SearchSpace.of(config);
    }

    private void use(double goal, Object whole, Map<String, Object> all) {
        assertThat(whole).isEqualTo(Map.of("goal", goal, "title", "walk"));
        assertThat(all.get("env_config")).isEqualTo(whole);
        used++;
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String bare(String java) {
        return java.replaceAll("//[^\n]*", "").replaceAll("\\s", "");
    }

    @Test
    void showsThisSource() throws IOException {
        String source = bare(Files.readString(SOURCE));
        assertThat(blocks("java"))
                .hasSize(3)
                .allSatisfy(block -> assertThat(source).contains(bare(block)));
    }

    @Test
    void saysWhatItsExamplesDo() {
        for (int trial = 0; trial < 50; trial++) {
            assertThat(first().violation(first().sample(seeds, trial))).isNull();
            HyperParams optimizer = conditionalSpace().sample(seeds, trial);
            assertThat(optimizer.names())
                    .isIn(List.of("lr", "optimizer", "beta", "epsilon"), List.of("lr", "optimizer", "momentum"));
        }
        assertThat(nested().names())
                .containsExactly("env_config/goal", "env_config/title", "fcnet_hiddens/0", "fcnet_hiddens/1");
        read(nested().sample(seeds, 0));
        assertThat(used).isEqualTo(1);
        SearchSpace whole = SearchSpace.of(Map.of("env_config", Map.of("goal", 1.0)));
        assertThat(whole.with("env_config/goal", uniform(0, 1)).domains()).containsKey("env_config/goal");
        assertThat(conditionalSpace().with("optimizer", grid("adam", "sgd")).gridSize())
                .isEqualTo(2);
    }

    @Test
    void listsEveryDomainInBothForms() throws IOException {
        StringBuilder seen = new StringBuilder();
        Pattern.compile("\\| `(\\w+\\(.*?\\))` \\| `(\\{.*?})` \\| (real|whole|any) \\|")
                .matcher(page())
                .results()
                .forEach(row -> {
                    Domain domain = Domain.fromJson(Json.parseYaml(row.group(2), "page"), row.group(2));
                    assertThat(domain).hasToString(row.group(1));
                    Object first = domain.extremes().get(0);
                    assertThat(first instanceof Double).isEqualTo(row.group(3).equals("real"));
                    assertThat(!(domain instanceof UnitScale))
                            .isEqualTo(row.group(3).equals("any"));
                    seen.append(row.group(1));
                });
        for (String name : DomainJson.NAMES) {
            if (!List.of("grid_search", "conditional", "sampleFrom").contains(name)) {
                assertThat(seen).contains(name + "(");
            }
            assertThat(page()).contains("`" + (name.equals("grid_search") ? "{" + name : name));
        }
    }

    @Test
    void readsItsFile() throws IOException {
        Map<String, Object> yaml = Json.asObject(Json.parseYaml(blocks("yaml").get(0), "page"), "page");
        SearchSpace read = SearchSpace.ofConfig(yaml);
        Map<String, Domain> domains = new LinkedHashMap<>(conditionalSpace().domains());
        domains.putAll(nested().domains());
        domains.put("lr", loguniform(1e-5, 1e-3));
        domains.put("train_batch_size", randint(1000, 4001));
        assertThat(read.domains()).isEqualTo(domains);
        assertThat(read.conditions()).isEqualTo(conditionalSpace().conditions());
        assertThat(read.constants().get("literal")).isEqualTo(Map.of("choice", List.of(1L, 2L)));
    }

    @Test
    void quotesTheErrors() throws IOException {
        String[] errors = blocks("text").get(0).split("\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loguniform(0.001, 1e-5))
                .withMessage(errors[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quniform(0, 1, 0.3))
                .withMessage(errors[1]);
    }
}
