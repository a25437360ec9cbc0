package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Searcher;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * What holds for every searcher. A test class of one searcher extends this, and overrides {@link #space} if the method
 * cannot search all of these domains.
 */
abstract class SearcherContract {
    static final int SAMPLES = 40;

    /** Returns a new searcher, not begun. */
    protected abstract Searcher searcher();

    /** Returns the space that is searched; {@link #quality} must make sense in it. */
    protected SearchSpace space() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("x", uniform(-5, 10));
        config.put("y", uniform(0, 15));
        config.put("lr", loguniform(1e-5, 1e-1));
        config.put("train_batch_size", randint(1000, 60000));
        config.put("sgd_minibatch_size", randint(128, 16384));
        config.put("fcnet_activation", choice("tanh", "relu", "elu"));
        config.put("gamma", 0.99);
        return SearchSpace.of(config).constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
    }

    /** Returns whether another seed gives other suggestions. */
    protected boolean drawsAtRandom() {
        return true;
    }

    /** Returns how good a configuration is: 0 at best, about -2 on average. Says nothing about most hyperparameters. */
    protected double quality(HyperParams config) {
        double x = (config.getDouble("x") - 4) / 5;
        double y = (config.getDouble("y") - 4) / 5;
        return -(x * x) - y * y;
    }

    final FakeSearch.Score plain(double sign, double shift) {
        return trial -> OptionalDouble.of(sign * (quality(trial.config) - 1.0 / (1 + trial.iteration) + shift));
    }

    /** Sometimes absent, sometimes NaN, and now and then infinite, beside the quality. */
    final FakeSearch.Score noisy() {
        return trial -> {
            Pcg64 random = Seeds.of(9).stream("noise", trial.number, trial.iteration);
            double dice = random.nextDouble();
            if (dice < 0.2) {
                return OptionalDouble.empty();
            }
            double value = quality(trial.config) + random.standardNormal();
            return OptionalDouble.of(dice < 0.3 ? Double.NaN : dice < 0.35 ? Double.NEGATIVE_INFINITY : value);
        };
    }

    private static Outcome anyEnd(Candidate trial) {
        return switch (trial.number % 7) {
            case 2, 5 -> Outcome.FAILED;
            case 3 -> Outcome.STOPPED;
            default -> Outcome.COMPLETED;
        };
    }

    FakeSearch search(int concurrent, Mode mode, long seed, FakeSearch.Score score) {
        return new FakeSearch(searcher(), space(), SAMPLES, concurrent, 3, mode, seed, score);
    }

    private FakeSearch rough() {
        return search(3, Mode.MAX, 1, noisy()).ending(SearcherContract::anyEnd);
    }

    private static void staysInTheSpace(FakeSearch search) {
        assertThat(search.trials).isNotEmpty();
        for (Candidate trial : search.trials) {
            assertThat(search.space.violation(trial.config))
                    .as("trial %d", trial.number)
                    .isNull();
            assertThat(trial.config.names()).isEqualTo(search.space.names());
            search.space
                    .constants()
                    .forEach((name, value) -> assertThat(trial.config.get(name)).isEqualTo(value));
        }
    }

    @Test
    void staysInTheSpaceAndKeepsConstantsAndConstraints() {
        staysInTheSpace(search(4, Mode.MAX, 1, plain(1, 0)).run());
        staysInTheSpace(search(1, Mode.MIN, 2, plain(1, 0)).run());
    }

    @Test
    void livesWithFailedAndStoppedTrialsAndWithAbsentAndOddScores() {
        FakeSearch search = rough().run();
        staysInTheSpace(search);
        assertThat(search.trials).hasSizeGreaterThan(search.searcher.totalTrials(search.space, SAMPLES) / 2);
    }

    @Test
    void livesWithTrialsThatAllFailOrAllScoreTheSame() {
        staysInTheSpace(
                search(4, Mode.MAX, 1, noisy()).ending(trial -> Outcome.FAILED).run());
        staysInTheSpace(search(4, Mode.MAX, 1, trial -> OptionalDouble.of(-7)).run());
    }

    @Test
    void suggestsTheSameForTheSameSeedAndResults() {
        List<String> first = rough().run().suggestions();
        assertThat(rough().run().suggestions()).isEqualTo(first);
        List<String> other = search(3, Mode.MAX, 2, noisy())
                .ending(SearcherContract::anyEnd)
                .run()
                .suggestions();
        assertThat(other.equals(first)).isNotEqualTo(drawsAtRandom());
    }

    @Test
    void canBeginAgainAsIfItWereNew() {
        Searcher searcher = searcher();
        List<String> first = new FakeSearch(searcher, space(), SAMPLES, 2, 2, Mode.MAX, 1, plain(1, 0))
                .run()
                .suggestions();
        List<String> again = new FakeSearch(searcher, space(), SAMPLES, 2, 2, Mode.MAX, 1, plain(1, 0))
                .run()
                .suggestions();
        assertThat(again).isEqualTo(first);
    }

    @Test
    void dependsOnResultsExactlyIfItLearns() {
        List<String> good = search(1, Mode.MAX, 1, plain(1, 0)).run().suggestions();
        List<String> bad = search(1, Mode.MAX, 1, plain(-1, 0)).run().suggestions();
        boolean learnsFromScores = !good.equals(bad);
        if (learnsFromScores) {
            assertThat(searcher().learns()).isTrue();
        }
        if (!searcher().learns()) {
            FakeSearch.Score none = trial -> OptionalDouble.empty();
            assertThat(search(7, Mode.MAX, 1, none).run().suggestions()).isEqualTo(good);
        }
    }

    @Test
    void ranksSmallScoresFirstWhereSmallerIsBetter() {
        List<String> max = search(3, Mode.MAX, 1, plain(1, 0)).run().suggestions();
        assertThat(search(3, Mode.MIN, 1, plain(-1, 0)).run().suggestions()).isEqualTo(max);
    }

    @Test
    void movesTowardsBetterScoresWhateverTheirSign() {
        if (!comparesScores()) {
            return;
        }
        for (double shift : new double[] {-1000, 0, 1000}) {
            improves(Mode.MAX, plain(1, shift), "max, shifted by " + shift);
            improves(Mode.MIN, plain(-1, shift), "min, shifted by " + shift);
        }
    }

    /** Returns whether scores steer the searcher, so that it must get better with them. */
    protected boolean comparesScores() {
        return searcher().learns();
    }

    private void improves(Mode mode, FakeSearch.Score score, String what) {
        double first = 0;
        double last = 0;
        for (long seed = 1; seed <= 3; seed++) {
            FakeSearch search = search(2, mode, seed, score).run();
            int part = search.trials.size() / 4;
            first += median(search.trials.subList(0, part));
            last += median(search.trials.subList(search.trials.size() - part, search.trials.size()));
        }
        assertThat(last / 3)
                .as("median quality of the last quarter of the trials, first was %f, %s", first / 3, what)
                .isGreaterThan(first / 3);
    }

    private double median(List<Candidate> trials) {
        double[] sorted = trials.stream()
                .mapToDouble(trial -> quality(trial.config))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    @Test
    void survivesSaveAndRestoreAtAnyMoment() {
        List<String> straight = rough().run().suggestions();
        assertThat(rough().replacing(this::searcher).run().suggestions()).isEqualTo(straight);
    }

    @Test
    void endsWhenAllTrialsAreMadeAndWaitsOnlyWhileSomeAreUnderWay() {
        for (int concurrent : new int[] {1, 2, 5, 1000}) {
            FakeSearch search = search(concurrent, Mode.MAX, 1, plain(1, 0)).run(); // fails if it stands still
            assertThat(search.trials).hasSizeLessThanOrEqualTo(search.searcher.totalTrials(search.space, SAMPLES));
        }
    }

    @Test
    void tellsOfItself() {
        FakeSearch search = rough().run();
        assertThat(search.searcher.summary())
                .startsWith(search.searcher.getClass().getSimpleName() + ": ")
                .doesNotContain("\n");
        assertThat(Json.parse(Json.write(search.searcher.settings()), "settings"))
                .isInstanceOf(Map.class);
        assertThat(search.searcher.preflight())
                .allSatisfy(line -> assertThat(line).isNotBlank());
        assertThat(search.searcher.defaultConcurrentTrials()).isPositive();
    }

    @Test
    void mustBegin() {
        assertThatIllegalStateException()
                .isThrownBy(() -> searcher().suggest(0))
                .withMessageContaining("Call begin first");
    }
}
