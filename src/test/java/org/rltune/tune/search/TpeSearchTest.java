package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class TpeSearchTest extends SearcherContract {
    private static final SearchSpace LINE = SearchSpace.of(Map.of("x", Domain.uniform(0, 1)));

    @Override
    protected Searcher searcher() {
        return new TpeSearch();
    }

    private static Searcher begun(TpeSearch.Builder builder, SearchSpace space, Mode mode) {
        Searcher searcher = builder.build();
        searcher.begin(new Searcher.Setup("score", mode, space, Seeds.of(5), 1000));
        return searcher;
    }

    private static Suggestion.Next next(Searcher searcher, int number) {
        return (Suggestion.Next) searcher.suggest(number);
    }

    /** Tells the searcher of a trial at x that ended with these scores, one per iteration. */
    private static void tell(Searcher searcher, int number, Outcome outcome, double... scores) {
        Candidate trial = new Candidate(number, next(searcher, number).config(), "");
        for (double score : scores) {
            trial.iterate(OptionalDouble.of(score));
        }
        trial.outcome = outcome;
        searcher.onTrialEnd(trial);
    }

    private static TpeSearch.Builder startingAt(double... xs) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (double x : xs) {
            points.add(Map.of("x", x));
        }
        return TpeSearch.builder().nStartupTrials(xs.length).pointsToEvaluate(points);
    }

    private static double medianSuggestion(Searcher searcher, int from) {
        double[] xs = new double[51];
        for (int i = 0; i < xs.length; i++) {
            // Asked again and again under other numbers; without results the others do not count when the liar is off.
            xs[i] = next(searcher, from + i).config().getDouble("x");
        }
        Arrays.sort(xs);
        return xs[xs.length / 2];
    }

    @Test
    void isRandomSearchUntilEnoughTrialsHaveResults() {
        Searcher searcher = begun(TpeSearch.builder().nStartupTrials(3), LINE, Mode.MAX);
        for (int number = 0; number < 3; number++) {
            assertThat(next(searcher, number).config()).isEqualTo(LINE.sample(Seeds.of(5), number));
        }
        tell(searcher, 3, Outcome.COMPLETED, 1);
        tell(searcher, 4, Outcome.FAILED, 1);
        tell(searcher, 5, Outcome.COMPLETED, Double.NaN);
        assertThat(next(searcher, 6).reason()).isEqualTo("random: 1 of 3 startup trials have results");
    }

    @Test
    void goesWhereTheGoodTrialsAre() {
        double[] xs = {0.1, 0.3, 0.5, 0.7, 0.9};
        Searcher searcher = begun(startingAt(xs).constantLiar(false), LINE, Mode.MIN);
        for (int i = 0; i < xs.length; i++) {
            tell(searcher, i, Outcome.COMPLETED, Math.abs(xs[i] - 0.9));
        }
        assertThat(medianSuggestion(searcher, 10)).isCloseTo(0.95, within(0.1));
    }

    @Test
    void ranksStoppedTrialsBehindCompletedOnesAndByHowFarTheyGot() {
        double[] xs = {0.05, 0.5, 0.95};
        Searcher completedWins = begun(startingAt(xs).constantLiar(false), LINE, Mode.MAX);
        tell(completedWins, 0, Outcome.COMPLETED, 1);
        tell(completedWins, 1, Outcome.STOPPED, 5, 5);
        tell(completedWins, 2, Outcome.STOPPED, 9);
        assertThat(medianSuggestion(completedWins, 10)).isLessThan(0.35);

        Searcher furtherWins = begun(startingAt(xs).constantLiar(false), LINE, Mode.MAX);
        tell(furtherWins, 0, Outcome.STOPPED, 1);
        tell(furtherWins, 1, Outcome.STOPPED, 9);
        tell(furtherWins, 2, Outcome.STOPPED, 2, 2, 2);
        assertThat(medianSuggestion(furtherWins, 10)).isGreaterThan(0.65);
    }

    @Test
    void keepsAwayFromFailuresAndFromTrialsUnderWay() {
        double[] xs = {0.3, 0.6, 0.7, 0.8, 0.9};
        double[] crashes = {0.02, 0.06, 0.1, 0.14};
        assertThat(medianBeside(xs, new double[0]))
                .as("left of the best, at the edge")
                .isLessThan(0.25);
        assertThat(medianBeside(xs, crashes))
                .as("between crashes and worse ones")
                .isBetween(0.25, 0.55);

        double[] two = {0.1, 0.9};
        Searcher liar = begun(startingAt(two), LINE, Mode.MAX);
        tell(liar, 0, Outcome.COMPLETED, 1);
        tell(liar, 1, Outcome.COMPLETED, 0);
        Searcher plain = begun(startingAt(two).constantLiar(false), LINE, Mode.MAX);
        tell(plain, 0, Outcome.COMPLETED, 1);
        tell(plain, 1, Outcome.COMPLETED, 0);
        assertThat(next(liar, 2).config()).isEqualTo(next(plain, 2).config()); // nothing is under way yet
        double spreadWithLiar = spread(liar);
        assertThat(spreadWithLiar).as("the liar keeps twenty trials apart").isGreaterThan(2 * spread(plain));
    }

    /** The median suggestion where trials completed at xs, the first one best, and others failed. */
    private static double medianBeside(double[] xs, double[] failures) {
        double[] all = Arrays.copyOf(xs, xs.length + failures.length);
        System.arraycopy(failures, 0, all, xs.length, failures.length);
        Searcher searcher = begun(startingAt(all).nStartupTrials(xs.length).constantLiar(false), LINE, Mode.MAX);
        for (int i = 0; i < all.length; i++) {
            if (i < xs.length) {
                tell(searcher, i, Outcome.COMPLETED, -xs[i]);
            } else {
                tell(searcher, i, Outcome.FAILED, 100);
            }
        }
        return medianSuggestion(searcher, 100);
    }

    private static double spread(Searcher searcher) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20; i++) {
            double x = next(searcher, 200 + i).config().getDouble("x");
            sum += x;
            squares += x * x;
        }
        return Math.sqrt(squares / 20 - sum * sum / 400);
    }

    @Test
    void comparesCandidatesAsTheConstraintsLeaveThem() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("small", Domain.uniform(0, 1));
        config.put("large", Domain.uniform(0, 1));
        SearchSpace space = SearchSpace.of(config).constraint(Constraint.atMost("small", "large"));
        Axes axes = Axes.of(space, "test");
        double[] settled = axes.settled(new double[] {0.9, 0.2}, Seeds.of(1), 0);
        HyperParams repaired = axes.config(new double[] {0.9, 0.2}, Seeds.of(1), 0);
        assertThat(space.violation(repaired)).isNull();
        assertThat(settled).containsExactly(repaired.getDouble("small"), repaired.getDouble("large"));
    }

    @Test
    void modelsEachAxisAloneWhereMultivariateIsOff() {
        FakeSearch apart = new FakeSearch(
                        TpeSearch.builder().multivariate(false).build(),
                        space(),
                        SAMPLES,
                        1,
                        1,
                        Mode.MAX,
                        1,
                        plain(1, 0))
                .run();
        FakeSearch together = search(1, Mode.MAX, 1, plain(1, 0)).run();
        assertThat(apart.trials.get(9).config).isEqualTo(together.trials.get(9).config);
        assertThat(apart.trials.get(10).config).isNotEqualTo(together.trials.get(10).config);
        apart.trials.forEach(
                trial -> assertThat(space().violation(trial.config)).isNull());
    }

    @Test
    void searchesDomainsOfEveryKind() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("q", Domain.quniform(0, 1, 0.25));
        config.put("n", Domain.randn(0, 1));
        config.put("d", Domain.oneMinusLog(0.9, 0.9999));
        config.put("li", Domain.lograndint(1, 1 << 20));
        config.put("huge", Domain.randint(Long.MIN_VALUE, Long.MAX_VALUE));
        config.put("one", Domain.choice("only"));
        config.put("double", Domain.sampleFrom(values -> 2 * values.getDouble("q")));
        SearchSpace space = SearchSpace.of(config);
        FakeSearch search = new FakeSearch(
                        new TpeSearch(),
                        space,
                        60,
                        2,
                        1,
                        Mode.MAX,
                        1,
                        trial -> OptionalDouble.of(
                                trial.config.getDouble("q") - Math.abs(trial.config.getDouble("n") - 1)))
                .run();
        search.trials.forEach(trial -> {
            assertThat(space.violation(trial.config)).isNull();
            assertThat(trial.config.getDouble("double")).isEqualTo(2 * trial.config.getDouble("q"));
        });
    }

    @Test
    void modelsWhatExistsTogetherTogether() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("x", Domain.uniform(0, 1));
        Map<String, Map<String, Object>> options = new LinkedHashMap<>();
        options.put("sgd", Map.of("momentum", Domain.uniform(0, 1), "nesterov", Domain.choice(true, false)));
        options.put("adam", Map.of("beta", Domain.uniform(0, 1)));
        config.put("optimizer", Domain.conditional(options));
        SearchSpace space = SearchSpace.of(config);
        FakeSearch search = new FakeSearch(
                        new TpeSearch(),
                        space,
                        80,
                        1,
                        1,
                        Mode.MAX,
                        1,
                        trial -> OptionalDouble.of(
                                trial.config.contains("momentum") ? 1 + trial.config.getDouble("momentum") : 0))
                .run();
        search.trials.forEach(trial -> assertThat(space.violation(trial.config)).isNull());
        double[] late = search.trials.stream()
                .skip(50)
                .filter(trial -> trial.config.contains("momentum"))
                .mapToDouble(trial -> trial.config.getDouble("momentum"))
                .sorted()
                .toArray();
        assertThat(late.length).as("of thirty choose sgd").isGreaterThan(20);
        assertThat(late[late.length / 2]).as("median momentum").isGreaterThan(0.8);
    }

    @Test
    void refusesGridsAndSpacesWithNothingToSearch() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> begun(TpeSearch.builder(), SearchSpace.of(Map.of("x", Domain.grid(1, 2))), Mode.MAX))
                .withMessageContaining("x is grid(1, 2)")
                .withMessageContaining("choice(...)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> begun(TpeSearch.builder(), SearchSpace.of(Map.of("x", 3)), Mode.MAX))
                .withMessageContaining("nothing to search");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TpeSearch.builder().nEiCandidates(0))
                .withMessageContaining("n_ei_candidates");
    }

    @Test
    void tellsItsSettingsAndItsModel() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("n_startup_trials", 4);
        expected.put("n_ei_candidates", 7);
        expected.put("multivariate", true);
        expected.put("constant_liar", false);
        expected.put("points_to_evaluate", List.of(Map.of("x", 0.5)));
        Searcher searcher = begun(
                TpeSearch.builder()
                        .nStartupTrials(4)
                        .nEiCandidates(7)
                        .constantLiar(false)
                        .pointsToEvaluate(List.of(Map.of("x", 0.5))),
                LINE,
                Mode.MAX);
        assertThat(searcher.settings()).isEqualTo(expected);
        for (int i = 0; i < 11; i++) {
            tell(searcher, i, Outcome.COMPLETED, i);
        }
        assertThat(searcher.summary()).isEqualTo("TpeSearch: 11 of 1000 trials, 11 in the model, 2 of them good");
        assertThat(next(searcher, 11).reason())
                .matches("TPE: best of 7 candidates, log l/g [-0-9.]+, 2 of 11 trials good");
    }
}
