package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** What the limiter and the repeater change about the searcher inside. */
final class WrappersTest {
    private static final SearchSpace SPACE =
            SearchSpace.of(Map.of("x", Domain.uniform(-5, 10), "y", Domain.uniform(0, 15)));

    private static void begin(Searcher searcher, int numSamples) {
        SearchSpace space = searcher.extend(SPACE);
        searcher.begin(
                new Searcher.Setup("score", Mode.MAX, space, Seeds.of(1), searcher.totalTrials(space, numSamples)));
    }

    private static Candidate make(Searcher searcher, int number) {
        return new Candidate(number, ((Suggestion.Next) searcher.suggest(number)).config(), "");
    }

    private static void end(Searcher searcher, Candidate trial, double score, Outcome outcome) {
        if (outcome != Outcome.FAILED) {
            trial.iterate(Double.isInfinite(score) ? OptionalDouble.empty() : OptionalDouble.of(score));
            searcher.onResult(trial);
        }
        trial.outcome = outcome;
        searcher.onTrialEnd(trial);
    }

    @Test
    void limitsHowManyAreUnderWay() {
        HillClimber inner = new HillClimber();
        Searcher limited = new ConcurrencyLimiter(inner, 2);
        begin(limited, 9);
        Candidate first = make(limited, 0);
        make(limited, 1);
        assertThat(limited.suggest(2))
                .isInstanceOfSatisfying(
                        Suggestion.Wait.class, wait -> assertThat(wait.reason()).contains("2 of 2"));
        end(limited, first, 1, Outcome.COMPLETED);
        assertThat(inner.told).hasSize(2);
        make(limited, 2);
        assertThat(limited.suggest(3)).isInstanceOf(Suggestion.Wait.class);
        assertThat(limited.defaultConcurrentTrials()).isEqualTo(2);
        assertThat(limited.learns()).isTrue();
        assertThat(new ConcurrencyLimiter(new RandomSearch(), 2).needsMetric()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConcurrencyLimiter(inner, 0))
                .withMessageContaining("max_concurrent");
    }

    @Test
    void tellsTheSearcherOfAWholeBatchAtOnce() {
        HillClimber inner = new HillClimber();
        Searcher limited = new ConcurrencyLimiter(inner, 2, true);
        begin(limited, 9);
        Candidate a = make(limited, 0);
        Candidate b = make(limited, 1);
        end(limited, b, 5, Outcome.STOPPED);
        assertThat(inner.told).isEmpty();
        assertThat(limited.suggest(2))
                .isInstanceOfSatisfying(
                        Suggestion.Wait.class, wait -> assertThat(wait.reason()).contains("1 of a batch of 2"));
        end(limited, a, 3, Outcome.FAILED);
        assertThat(inner.told)
                .containsExactly(
                        "result 1 OptionalDouble[5.0]",
                        "end 1 STOPPED OptionalDouble[5.0]",
                        "end 0 FAILED OptionalDouble.empty");
        assertThat(limited.suggest(2)).isInstanceOf(Suggestion.Next.class);
    }

    @Test
    void reportsTheMeanOverTheRepeatsThatCount() {
        HillClimber inner = new HillClimber();
        Searcher repeated = new Repeater(inner, 4);
        begin(repeated, 8);
        Candidate[] trials = new Candidate[8];
        for (int i = 0; i < 8; i++) {
            trials[i] = make(repeated, i);
        }
        assertThat(List.of(trials[0].config, trials[3].config)).containsOnly(trials[1].config);
        assertThat(trials[4].config).isNotEqualTo(trials[3].config).isEqualTo(trials[7].config);
        end(repeated, trials[3], 5, Outcome.COMPLETED);
        end(repeated, trials[0], 2, Outcome.COMPLETED);
        end(repeated, trials[1], Double.NaN, Outcome.COMPLETED);
        assertThat(inner.told).isEmpty();
        end(repeated, trials[2], 100, Outcome.FAILED);
        assertThat(inner.told).containsExactly("result 0 OptionalDouble[3.5]", "end 0 COMPLETED OptionalDouble[3.5]");
        for (int i = 4; i < 8; i++) {
            end(repeated, trials[i], 1, Outcome.FAILED);
        }
        assertThat(inner.told.get(2)).isEqualTo("end 1 FAILED OptionalDouble.empty");
    }

    @Test
    void reportsAConfigurationWithoutAnyScoreWithoutOne() {
        HillClimber inner = new HillClimber();
        Searcher repeated = new Repeater(inner, 2);
        begin(repeated, 2);
        Candidate a = make(repeated, 0);
        Candidate b = make(repeated, 1);
        end(repeated, a, Double.NaN, Outcome.COMPLETED);
        end(repeated, b, Double.POSITIVE_INFINITY, Outcome.COMPLETED); // stands for an absent one here
        assertThat(inner.told).containsExactly("result 0 OptionalDouble.empty", "end 0 COMPLETED OptionalDouble.empty");
    }

    @Test
    void numbersTheRepeatsOnlyIfToldTo() {
        Repeater indexed = new Repeater(new RandomSearch(), 3, true);
        begin(indexed, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(make(indexed, i).config.getLong(Repeater.TRIAL_INDEX)).isEqualTo(i);
        }
        Repeater plain = new Repeater(new RandomSearch(), 3);
        assertThat(plain.extend(SPACE)).isSameAs(SPACE);
    }

    @Test
    void countsEveryRepeatAsASample() {
        SearchSpace grid = SearchSpace.of(Map.of("x", Domain.grid(1, 2)));
        Repeater repeater = new Repeater(new BasicVariantGenerator(), 5);
        assertThat(repeater.totalTrials(repeater.extend(grid), 10)).isEqualTo(20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repeater.totalTrials(grid, 12))
                .withMessageContainingAll("num_samples is 12", "multiple of repeat, 5", "numSamples(15)");
    }

    @Test
    void refusesSchedulersThatStopSomeOfTheRepeats() {
        Repeater repeater = new Repeater(new RandomSearch(), 2);
        assertThatCode(() -> repeater.checkScheduler(new FifoScheduler())).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> repeater.checkScheduler(
                        PopulationBasedTraining.builder().build()))
                .withMessageContainingAll("mean of 2 trials", "PopulationBasedTraining", "FifoScheduler");
    }
}
