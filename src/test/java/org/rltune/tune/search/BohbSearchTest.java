package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class BohbSearchTest extends SearcherContract {
    private static final SearchSpace LINE = SearchSpace.of(Map.of("x", Domain.uniform(0, 1)));

    @Override
    protected Searcher searcher() {
        return new BohbSearch();
    }

    private static final List<Axis> TWO = Axes.of(
                    SearchSpace.of(Map.of("a", Domain.uniform(0, 1), "c", Domain.choice("p", "q", "r"))), "test")
            .list();

    /** normal_reference of statsmodels: 1.06 std n^(-1/(4+d)), the deviation divided by n. */
    @Test
    void hasTheBandwidthOfTheNormalReferenceRule() {
        List<double[]> points =
                List.of(new double[] {0.1, 0}, new double[] {0.4, 0}, new double[] {0.7, 1}, new double[] {0.8, 0});
        double[] widths = new KernelDensity(TWO, points, 1e-3).widths();
        double shrink = Math.pow(4, -1.0 / 6);
        assertThat(widths[0]).isCloseTo(1.06 * Math.sqrt((0.16 + 0.01 + 0.04 + 0.09) / 4) * shrink, within(1e-15));
        assertThat(widths[1]).isCloseTo(1.06 * Math.sqrt(3.0 / 16) * shrink, within(1e-15));
        double[] narrow = new KernelDensity(TWO, List.of(new double[] {0.5, 2}), 1e-3).widths();
        assertThat(narrow).containsExactly(1e-3, 1e-3);
        double[] wide = new KernelDensity(TWO, List.of(new double[] {0.5, 0}, new double[] {0.5, 2}), 1e-3).widths();
        assertThat(wide[1]).as("capped where all options are as likely").isEqualTo(2.0 / 3);
    }

    @Test
    void densityIsTheMeanOfItsKernels() {
        KernelDensity density = new KernelDensity(TWO, List.of(new double[] {0.2, 0}, new double[] {0.6, 1}), 1e-3);
        double h = density.widths()[0];
        double c = density.widths()[1];
        double expected = 0;
        expected += Math.exp(-Math.pow(0.1 / h, 2) / 2) / (h * Math.sqrt(2 * Math.PI)) * (1 - c);
        expected += Math.exp(-Math.pow(0.3 / h, 2) / 2) / (h * Math.sqrt(2 * Math.PI)) * c / 2;
        assertThat(density.at(new double[] {0.3, 0})).isCloseTo(expected / 2, within(1e-12));
    }

    @Test
    void drawsAroundItsPointsThreeTimesAsWide() {
        KernelDensity density = new KernelDensity(
                TWO, List.of(new double[] {0.48, 0}, new double[] {0.5, 0}, new double[] {0.52, 1}), 1e-3);
        Pcg64 random = Seeds.of(2).stream("test");
        int n = 20_000;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double[] point = density.around(random, 3);
            squares += (point[0] - 0.5) * (point[0] - 0.5) / n;
        }
        double h = 3 * density.widths()[0];
        double centres = 2 * 0.02 * 0.02 / 3;
        assertThat(squares).isCloseTo(h * h + centres, within(0.05 * (h * h + centres)));
    }

    private static Searcher begun(BohbSearch.Builder builder, int given) {
        List<Map<String, Object>> points = new ArrayList<>();
        for (int i = 0; i < given; i++) {
            points.add(Map.of("x", (i + 0.5) / given));
        }
        Searcher searcher = builder.pointsToEvaluate(points).build();
        searcher.begin(new Searcher.Setup("score", Mode.MAX, LINE, Seeds.of(1), 1000));
        return searcher;
    }

    private static Candidate told(Searcher searcher, int number, double... scores) {
        HyperParams config = ((Suggestion.Next) searcher.suggest(number)).config();
        Candidate trial = new Candidate(number, config, "");
        for (double score : scores) {
            trial.iterate(OptionalDouble.of(score));
            searcher.onResult(trial);
        }
        return trial;
    }

    @Test
    void usesTheLargestBudgetThatHasEnoughResults() {
        // One axis: min_points_in_model is 2, and 2 good and 2 bad results are needed.
        Searcher searcher = begun(BohbSearch.builder().randomFraction(0), 20);
        for (int i = 0; i < 3; i++) {
            told(searcher, i, 1, 2, 3);
        }
        assertThat(((Suggestion.Next) searcher.suggest(100)).reason())
                .isEqualTo("random: no budget has enough results");
        for (int i = 3; i < 10; i++) {
            told(searcher, i, 1);
        }
        assertThat(((Suggestion.Next) searcher.suggest(101)).reason())
                .endsWith("2 good and 8 bad results of budget 1.0");
        told(searcher, 10, 1, 2);
        assertThat(((Suggestion.Next) searcher.suggest(102)).reason())
                .endsWith("2 good and 2 bad results of budget 2.0");
        for (int i = 11; i < 20; i++) {
            told(searcher, i, 1, 2);
        }
        // 13 results: 15 % are 1, at least 2; 85 % are 11
        assertThat(((Suggestion.Next) searcher.suggest(103)).reason())
                .endsWith("2 good and 11 bad results of budget 2.0");
        assertThat(searcher.summary()).endsWith("model of budget 2.0 with 13 results");
    }

    @Test
    void goesWhereTheGoodResultsAreAndRanksFailuresLast() {
        Searcher searcher = begun(BohbSearch.builder().randomFraction(0), 20);
        for (int i = 0; i < 20; i++) {
            double x = (i + 0.5) / 20;
            Candidate trial = told(searcher, i, x);
            trial.outcome = x > 0.8 ? Outcome.FAILED : Outcome.COMPLETED;
            searcher.onTrialEnd(trial);
        }
        double[] xs = new double[101];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = ((Suggestion.Next) searcher.suggest(200 + i)).config().getDouble("x");
        }
        Arrays.sort(xs);
        assertThat(xs[50]).isBetween(0.65, 0.85);
    }

    @Test
    void drawsAThirdAtRandom() {
        Searcher searcher = begun(BohbSearch.builder(), 10);
        for (int i = 0; i < 10; i++) {
            told(searcher, i, i);
        }
        int random = 0;
        for (int i = 0; i < 900; i++) {
            Suggestion.Next next = (Suggestion.Next) searcher.suggest(100 + i);
            random += next.reason().startsWith("random: one of the random fraction") ? 1 : 0;
        }
        assertThat(random).isBetween(300 - 57, 300 + 57); // four deviations
    }
}
