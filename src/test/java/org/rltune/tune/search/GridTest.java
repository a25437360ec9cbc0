package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Which trials a grid comes to, in which order, and what is said and refused before they start. */
final class GridTest {
    private static SearchSpace space(Object... namesAndValues) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            config.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return SearchSpace.of(config);
    }

    private static List<HyperParams> all(Searcher searcher, SearchSpace space, int numSamples) {
        int total = begin(searcher, space, numSamples);
        List<HyperParams> configs = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            configs.add(((Suggestion.Next) searcher.suggest(i)).config());
        }
        return configs;
    }

    private static int begin(Searcher searcher, SearchSpace space, int numSamples) {
        int total = searcher.totalTrials(space, numSamples);
        searcher.begin(new Searcher.Setup("score", Mode.MAX, space, Seeds.of(1), total));
        return total;
    }

    private static String preflight(Searcher searcher, SearchSpace space, int numSamples) {
        begin(searcher, space, numSamples);
        return String.join("\n", searcher.preflight());
    }

    @Test
    void goesThroughAllCombinationsLikeNestedLoops() {
        SearchSpace space = space("a", Domain.grid(1, 2), "b", Domain.grid("x", "y", "z"), "c", 7);
        assertThat(all(new BasicVariantGenerator(), space, 1))
                .extracting(config -> config.getLong("a") + config.getString("b") + config.getLong("c"))
                .containsExactly("1x7", "1y7", "1z7", "2x7", "2y7", "2z7");
    }

    @Test
    void repeatsTheGridForEachSampleAndDrawsTheRestForEachTrial() {
        SearchSpace space = space("a", Domain.grid(1, 2), "lr", Domain.uniform(0, 1));
        List<HyperParams> configs = all(new BasicVariantGenerator(), space, 3);
        assertThat(configs).extracting(config -> config.getLong("a")).containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
        assertThat(configs.stream().map(config -> config.get("lr")).distinct()).hasSize(6);
        // what is drawn is what random search draws for a trial of that number
        List<HyperParams> random = all(new RandomSearch(), space("lr", Domain.uniform(0, 1)), 6);
        assertThat(configs.stream().map(config -> config.get("lr")))
                .containsExactlyElementsOf(
                        random.stream().map(config -> config.get("lr")).toList());
    }

    @Test
    void keepsTheDrawnValuesOverTheGridIfToldTo() {
        SearchSpace space = space("a", Domain.grid(1, 2), "lr", Domain.uniform(0, 1));
        List<HyperParams> configs = all(new BasicVariantGenerator().constantGridSearch(true), space, 3);
        for (int sample = 0; sample < 3; sample++) {
            assertThat(configs.get(2 * sample).get("lr"))
                    .isEqualTo(configs.get(2 * sample + 1).get("lr"));
        }
        assertThat(configs.stream().map(config -> config.get("lr")).distinct()).hasSize(3);
    }

    @Test
    void triesPointsFirstEachInThePlaceOfOneSample() {
        SearchSpace space = space("a", Domain.grid(1, 2), "b", Domain.grid(3, 4), "lr", Domain.uniform(0, 1));
        Searcher searcher = new BasicVariantGenerator()
                .pointsToEvaluate(List.of(Map.of("lr", 0.5, "a", 2), Map.of("a", 1, "b", 4)));
        List<HyperParams> configs = all(searcher, space, 3);
        // The first point leaves b open (2 trials), the second leaves no grid open (1); one sample is left (4).
        assertThat(configs)
                .extracting(config -> config.getLong("a") + "" + config.getLong("b"))
                .containsExactly("23", "24", "14", "13", "14", "23", "24");
        assertThat(configs.subList(0, 2))
                .allSatisfy(config -> assertThat(config.getDouble("lr")).isEqualTo(0.5));
        assertThat(configs.get(2).getDouble("lr")).isNotEqualTo(0.5).isBetween(0.0, 1.0);
        assertThat(searcher.totalTrials(space, 1)).isEqualTo(3); // all points are tried in any case
        assertThat(searcher.preflight())
                .containsExactly("grid: 2 hyperparameters with 2 steps each: 4 combinations"
                        + " x 1 sample + 3 of points_to_evaluate = 7 trials");
    }

    @Test
    void refusesPointsOutsideTheSpace() {
        SearchSpace space = space(
                        "lr",
                        Domain.uniform(0, 1),
                        "small",
                        Domain.randint(1, 9),
                        "large",
                        Domain.randint(1, 9),
                        "env",
                        "CartPole-v1")
                .constraint(Constraint.atMost("small", "large"));
        refuses(space, Map.of("lrr", 0.5), "points_to_evaluate[0] sets lrr", "does not declare", "Maybe 'lr'?");
        refuses(space, Map.of("env", "Other"), "sets env, which is the constant CartPole-v1");
        refuses(space, Map.of("lr", 1.5), "sets lr to 1.5, outside uniform(0.0, 1.0)");
        refuses(space, Map.of("small", 5, "large", 2), "small=5", "does not go together", "small <= large");
        // An int for a real domain is what a user writes, and fits.
        Searcher searcher = new BasicVariantGenerator().pointsToEvaluate(List.of(Map.of("lr", 1, "large", 2)));
        HyperParams config = all(searcher, space, 1).get(0);
        assertThat(config.get("lr")).isEqualTo(1.0);
        assertThat(config.getLong("large")).isEqualTo(2);
        assertThat(config.getLong("small")).isLessThanOrEqualTo(2);
    }

    private static void refuses(SearchSpace space, Map<String, ?> point, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicVariantGenerator()
                        .pointsToEvaluate(List.of(point))
                        .totalTrials(space, 1))
                .withMessageContainingAll(words);
    }

    @Test
    void leavesOutCombinationsThatBreakAConstraintAndSaysSo() {
        SearchSpace space = space(
                        "small", Domain.grid(64, 128, 256), "large", Domain.grid(100, 200), "x", Domain.grid("p", "q"))
                .constraint(Constraint.atMost("small", "large"));
        assertThat(all(new BasicVariantGenerator(), space, 1))
                .extracting(config -> config.getLong("small") + "/" + config.getLong("large") + config.get("x"))
                .containsExactly("64/100p", "64/100q", "64/200p", "64/200q", "128/200p", "128/200q");
        assertThat(preflight(new BasicVariantGenerator(), space, 1))
                .isEqualTo(
                        "grid: small 3 x large 2 x x 2 = 12, of which 6 are left out since they break small <= large:"
                                + " 6 trials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicVariantGenerator()
                        .totalTrials(
                                space("small", Domain.grid(5), "large", Domain.grid(3))
                                        .constraint(Constraint.atMost("small", "large")),
                                1))
                .withMessageContaining("small <= large");
    }

    @Test
    void movesOnlyWhatIsDrawnWhereAConstraintBindsItToTheGrid() {
        SearchSpace space = space("small", Domain.grid(64, 512), "large", Domain.randint(100, 1000))
                .constraint(Constraint.atMost("small", "large"));
        List<HyperParams> configs = all(new BasicVariantGenerator(), space, 50);
        assertThat(configs).extracting(config -> config.getLong("small")).containsOnly(64L, 512L);
        assertThat(configs)
                .hasSize(100)
                .allSatisfy(config -> assertThat(space.violation(config)).isNull());
    }

    @Test
    void showsTheSizeOfAGridAndRefusesOneThatNoRunCanHold() {
        Map<String, Object> ten = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            ten.put("h" + i, Domain.grid(1, 2, 3, 4));
        }
        assertThat(preflight(new BasicVariantGenerator(), SearchSpace.of(ten), 1))
                .isEqualTo("grid: 10 hyperparameters with 4 steps each: 1,048,576 trials");
        assertThat(preflight(new BasicVariantGenerator(), SearchSpace.of(ten), 5))
                .isEqualTo("grid: 10 hyperparameters with 4 steps each: 1,048,576 combinations x 5 samples ="
                        + " 5,242,880 trials");
        assertThat(preflight(new BasicVariantGenerator(), space("a", Domain.grid(1, 2), "b", Domain.grid(1)), 1))
                .isEqualTo("grid: a 2 x b 1: 2 trials");
        assertThat(preflight(new BasicVariantGenerator(), space("lr", Domain.uniform(0, 1)), 5))
                .isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicVariantGenerator().totalTrials(SearchSpace.of(ten), 3000))
                .withMessageContainingAll(
                        "10 hyperparameters with 4 steps each",
                        "1,048,576 x 3000",
                        "= 3,145,728,000 trials",
                        "2,147,483,647");
        for (int i = 10; i < 16; i++) {
            ten.put("h" + i, Domain.grid(1, 2, 3, 4));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BasicVariantGenerator().totalTrials(SearchSpace.of(ten), 1))
                .withMessageContainingAll("16 hyperparameters with 4 steps each", "4,294,967,296 trials");
    }

    @Test
    void cutsDomainsIntoEvenStepsOfTheirOwnScale() {
        assertThat(values(new GridSearch(3), Domain.loguniform(1e-5, 1e-3)))
                .satisfiesExactly(
                        v -> assertThat((Double) v).isEqualTo(1e-5),
                        v -> assertThat((Double) v).isCloseTo(1e-4, org.assertj.core.data.Offset.offset(1e-16)),
                        v -> assertThat((Double) v).isEqualTo(1e-3));
        assertThat(values(new GridSearch(5), Domain.uniform(-1, 1))).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
        assertThat(values(new GridSearch(1), Domain.uniform(0, 4))).containsExactly(2.0);
        assertThat(values(new GridSearch(9), Domain.randint(1, 4))).containsExactly(1L, 2L, 3L);
        assertThat(values(new GridSearch(2), Domain.choice("a", "b", "c"))).containsExactly("a", "b", "c");
        assertThat(values(new GridSearch(2), Domain.grid(4, 2))).containsExactly(4L, 2L);
        // Quartiles of the standard normal: no bounds, so the middles of two halves.
        assertThat(values(new GridSearch(2), Domain.randn(0, 1)))
                .satisfiesExactly(
                        v -> assertThat((Double) v).isCloseTo(-0.6745, org.assertj.core.data.Offset.offset(1e-4)),
                        v -> assertThat((Double) v).isCloseTo(0.6745, org.assertj.core.data.Offset.offset(1e-4)));
    }

    private static List<Object> values(Searcher searcher, Domain domain) {
        return all(searcher, space("v", domain), 1).stream()
                .map(config -> config.get("v"))
                .toList();
    }

    @Test
    void drawsAtRandomWhatOnlyAnOptionBrings() {
        Map<String, Map<String, ?>> options = new LinkedHashMap<>();
        options.put("adam", Map.of("beta", Domain.uniform(0.9, 0.99)));
        options.put("sgd", Map.of());
        SearchSpace space = space("optimizer", Domain.conditional(options), "lr", Domain.uniform(0, 1));
        assertThat(all(new GridSearch(2), space, 1))
                .allSatisfy(config -> assertThat(space.violation(config)).isNull())
                .extracting(config -> config.get("optimizer") + "/" + config.get("lr"))
                .containsExactlyInAnyOrder("adam/0.0", "adam/1.0", "sgd/0.0", "sgd/1.0");
        Searcher points = new BasicVariantGenerator()
                .pointsToEvaluate(List.of(Map.of("optimizer", "adam", "beta", 0.95), Map.of("optimizer", "sgd")));
        assertThat(all(points, space, 3))
                .satisfiesExactly(
                        config -> assertThat(config.getDouble("beta")).isEqualTo(0.95),
                        config -> assertThat(config.contains("beta")).isFalse(),
                        config -> assertThat(space.violation(config)).isNull());
    }

    @Test
    void takesOtherStepsForOneNameAndRefusesUnknownNames() {
        SearchSpace space = space("lr", Domain.uniform(0, 1), "x", Domain.uniform(0, 1), "c", Domain.choice(1, 2));
        assertThat(new GridSearch(4).steps("x", 2).totalTrials(space, 1)).isEqualTo(16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GridSearch(4).steps("lrr", 2).totalTrials(space, 1))
                .withMessageContainingAll("steps are set for lrr", "Those are: lr, x", "Maybe 'lr'?");
    }
}
