package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

class GaussianProcessSearchTest extends SearcherContract {
    private static final SearchSpace LINE = SearchSpace.of(Map.of("x", Domain.uniform(0, 1)));

    /** Fewer candidates and walks than by default, for speed; what the contract says must hold with any number. */
    private static GaussianProcessSearch.Builder quick() {
        return GaussianProcessSearch.builder()
                .nStartupTrials(32)
                .nPreliminarySamples(64)
                .nLocalSearch(3);
    }

    @Override
    protected Searcher searcher() {
        return quick().build();
    }

    private static Searcher begun(List<Double> xs) {
        Searcher searcher = quick().nStartupTrials(3)
                .pointsToEvaluate(xs.stream().map(x -> Map.of("x", x)).toList())
                .build();
        searcher.begin(new Searcher.Setup("score", Mode.MAX, LINE, Seeds.of(1), 100));
        return searcher;
    }

    private static double suggested(Searcher searcher, int number) {
        return ((Suggestion.Next) searcher.suggest(number)).config().getDouble("x");
    }

    private static void tell(Searcher searcher, int number, double score, Outcome outcome) {
        Candidate trial = new Candidate(number, ((Suggestion.Next) searcher.suggest(number)).config(), "");
        if (outcome != Outcome.FAILED) {
            trial.iterate(OptionalDouble.of(score));
        }
        trial.outcome = outcome;
        searcher.onTrialEnd(trial);
    }

    @Test
    void findsTheTopOfAParabolaInFewTrials() {
        Searcher searcher = begun(List.of(0.1, 0.5, 0.9));
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < 10; i++) {
            double x = suggested(searcher, i);
            double score = -Math.pow(x - 0.637, 2);
            best = Math.max(best, score);
            tell(searcher, i, score, Outcome.COMPLETED);
        }
        assertThat(best).isGreaterThan(-1e-5);
    }

    @Test
    void keepsAwayFromTrialsUnderWay() {
        Searcher searcher = begun(List.of(0.1, 0.5, 0.9));
        for (int i = 0; i < 3; i++) {
            double x = new double[] {0.1, 0.5, 0.9}[i];
            tell(searcher, i, -Math.abs(x - 0.7), Outcome.COMPLETED);
        }
        double first = suggested(searcher, 3);
        double second = suggested(searcher, 4);
        double third = suggested(searcher, 5);
        assertThat(Math.abs(first - second)).isGreaterThan(0.02);
        assertThat(Math.abs(third - second)).isGreaterThan(0.02);
        assertThat(Math.abs(third - first)).isGreaterThan(0.02);
    }

    @Test
    void failedTrialsCountAsTheWorst() {
        List<Double> xs = List.of(0.1, 0.3, 0.5, 0.75);
        Searcher healthy = begun(xs);
        Searcher crashed = begun(xs);
        for (int i = 0; i < xs.size(); i++) {
            tell(healthy, i, xs.get(i), Outcome.COMPLETED);
            tell(crashed, i, xs.get(i), i == 3 ? Outcome.FAILED : Outcome.COMPLETED);
        }
        assertThat(suggested(healthy, 10)).isGreaterThan(0.75);
        assertThat(suggested(crashed, 10)).isLessThan(0.72);
    }

    @Test
    void searchesWholeNumbersAndChoicesByTheModel() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("few", Domain.randint(0, 5));
        config.put("many", Domain.randint(0, 1000));
        config.put("option", Domain.choice("a", "b", "c"));
        SearchSpace space = SearchSpace.of(config);
        FakeSearch.Score score = trial -> OptionalDouble.of(-Math.abs(trial.config.getLong("few") - 3)
                - Math.abs(trial.config.getLong("many") - 700) / 300.0
                + (trial.config.get("option").equals("b") ? 1 : 0));
        FakeSearch search =
                new FakeSearch(quick().nStartupTrials(10).build(), space, 35, 1, 1, Mode.MAX, 1, score).run();
        // 1 at best; random search has above 0.95 in one of 500 trials
        double best = search.trials.stream()
                .mapToDouble(trial -> score.of(trial).orElseThrow())
                .max()
                .orElseThrow();
        assertThat(best).isGreaterThan(0.95);
    }

    @Test
    void drawsConditionalHyperparametersAtRandomAndSaysSo() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("x", Domain.uniform(0, 1));
        config.put(
                "optimizer",
                Domain.conditional(Map.of("sgd", Map.of("momentum", Domain.uniform(0, 1)), "adam", Map.of())));
        SearchSpace space = SearchSpace.of(config);
        FakeSearch search = new FakeSearch(
                        quick().nStartupTrials(5).build(),
                        space,
                        15,
                        1,
                        1,
                        Mode.MAX,
                        1,
                        trial -> OptionalDouble.of(trial.config.getDouble("x")))
                .run();
        search.trials.forEach(trial -> assertThat(space.violation(trial.config)).isNull());
        assertThat(search.searcher.preflight())
                .containsExactly("GaussianProcessSearch draws at random what it cannot model: momentum");
    }

    @Test
    void namesWhyItsBitsMayDiffer() {
        assertThat(new GaussianProcessSearch().exceptionsToReproducibility())
                .singleElement()
                .asString()
                .contains("one machine only");
        assertThat(new TpeSearch().exceptionsToReproducibility()).isEmpty();
    }
}
