package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Searcher;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

class CmaEsSearchTest extends SearcherContract {
    private static final SearchSpace PLANE =
            SearchSpace.of(Map.of("x", Domain.uniform(-1, 1), "y", Domain.loguniform(1e-4, 1)));

    @Override
    protected Searcher searcher() {
        return new CmaEsSearch();
    }

    private static double bowl(Candidate trial) {
        double x = trial.config.getDouble("x") - 0.4;
        double y = Math.log10(trial.config.getDouble("y")) + 3;
        return -x * x - y * y;
    }

    @Test
    void climbsToTheTop() {
        FakeSearch search = new FakeSearch(
                        new CmaEsSearch(), PLANE, 250, 4, 1, Mode.MAX, 1, trial -> OptionalDouble.of(bowl(trial)))
                .run();
        double best =
                search.trials.stream().mapToDouble(CmaEsSearchTest::bowl).max().orElseThrow();
        assertThat(best).isGreaterThan(-1e-4);
        assertThat(search.searcher.summary()).startsWith("CmaEsSearch: 250 of 250 trials, generation ");
    }

    @Test
    void beginsTheNextGenerationWhenEnoughTrialsHaveEndedHoweverManyAreUnderWay() {
        FakeSearch search = new FakeSearch(
                        CmaEsSearch.builder().popsize(5).build(),
                        PLANE,
                        60,
                        9,
                        1,
                        Mode.MAX,
                        1,
                        trial -> OptionalDouble.of(bowl(trial)))
                .run();
        // A generation takes 5 trials to begin the next, while up to 8 more of it are under way: 60 / 13.
        assertThat(search.trials.get(search.trials.size() - 1).reason).matches("CMA-ES: generation [34], .*");
    }

    @Test
    void ranksFailedTrialsLast() {
        FakeSearch search = new FakeSearch(
                        new CmaEsSearch(), PLANE, 120, 1, 1, Mode.MAX, 3, trial -> OptionalDouble.of(bowl(trial)))
                .ending(trial -> trial.config.getDouble("x") > 0 ? Outcome.FAILED : Outcome.COMPLETED)
                .run();
        long crashes = search.trials.stream()
                .skip(90)
                .filter(trial -> trial.config.getDouble("x") > 0)
                .count();
        assertThat(crashes).as("failures among the last 30").isLessThan(20);
        double best = search.trials.stream()
                .filter(trial -> trial.config.getDouble("x") <= 0)
                .mapToDouble(CmaEsSearchTest::bowl)
                .max()
                .orElseThrow();
        assertThat(best).as("the top of what does not fail is -0.16").isBetween(-0.2, -0.16);
    }

    @Test
    void refusesSpacesWithoutNumbersAndSaysWhatItLeavesToChance() {
        Searcher searcher = new CmaEsSearch();
        SearchSpace choices = SearchSpace.of(Map.of("a", Domain.choice("x", "y")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> searcher.begin(new Searcher.Setup("s", Mode.MAX, choices, Seeds.of(1), 9)))
                .withMessageContaining("are numbers")
                .withMessageContaining("TpeSearch");
        searcher.begin(new Searcher.Setup("s", Mode.MAX, space(), Seeds.of(1), 9));
        assertThat(searcher.preflight())
                .containsExactly("CmaEsSearch draws at random what it cannot model: fcnet_activation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaEsSearch.builder().popsize(3))
                .withMessageContaining("popsize");
    }
}
