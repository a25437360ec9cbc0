package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.uniform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.random.Pcg64;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.SearchSpace;

class AshaStoppingTest extends SchedulerContract {
    static final SearchSpace X = SearchSpace.of(Map.of("x", uniform(0.0, 1.0)));

    @Override
    protected Scheduler scheduler() {
        return AshaScheduler.stopping().build();
    }

    /** The table of reference/ray.md, 2.1, with the rungs that doubles lose. */
    @ParameterizedTest
    @CsvSource({
        "1, 1000, 10, 0, '[1, 10, 100, 1000]'",
        "1, 243, 3, 0, '[1, 3, 9, 27, 81, 243]'",
        "5, 100, 3, 0, '[5, 15, 45]'",
        "1, 100, 4, 0, '[1, 4, 16, 64]'",
        "1, 16, 2, 0, '[1, 2, 4, 8, 16]'",
        "1, 81, 3, 0, '[1, 3, 9, 27, 81]'",
        "1, 81, 3, 2, '[9, 27, 81]'",
        "1, 81, 3, 4, '[81]'",
        "1, 81, 3, 5, '[]'",
        "7, 7, 3, 0, '[7]'",
        "1, 9223372036854775807, 4611686018427387904, 0, '[1]'"
    })
    void putsRungsAtExactPowers(long grace, long maxT, String factor, int bracket, String rungs) {
        long wide = Long.parseLong(factor);
        int capped = (int) Math.min(wide, Integer.MAX_VALUE);
        List<Long> milestones = Rungs.milestones(grace, maxT, capped, bracket);
        if (wide == capped) {
            assertThat(milestones.toString()).isEqualTo(rungs);
        } else { // near the largest long nothing overflows
            assertThat(milestones).isSorted().startsWith(1L).allMatch(m -> m > 0);
        }
    }

    /** The golden cutoffs of reference/ray.md's appendix. */
    @Test
    void cutsAtNumPysPercentile() {
        assertThat(rung(2, 1, 2).cutoff()).hasValue(1.5);
        assertThat(rung(4, 1, 2, 3, 4).cutoff()).hasValue(3.25);
        assertThat(rung(4, 4, Double.NaN, 2, 1, Double.NaN, 3).cutoff()).hasValue(3.25); // nanpercentile
        assertThat(rung(4).cutoff()).isEmpty();
        assertThat(rung(4, Double.NaN).cutoff()).isEmpty();
        assertThat(rung(3, 7).cutoff()).hasValue(7);
        assertThat(rung(2, Double.NEGATIVE_INFINITY, 1).cutoff()).hasValue(Double.NEGATIVE_INFINITY);
        // Seven values: place 6 * 2 / 3 is the fifth. Five values: place 2.666..., between the third and the fourth.
        assertThat(rung(3, 5, 1, 4, 2, 3, 9, 7).cutoff()).hasValue(5);
        assertThat(rung(3, 5, 1, 4, 2, 3).cutoff().orElseThrow()).isEqualTo(3 + 2 / 3.0, within());
        assertThat(new double[] {Percentiles.median(new double[] {3, 1, 2}), Percentiles.median(new double[] {4, 1})})
                .containsExactly(2, 2.5);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-15);
    }

    private static Rung rung(int factor, double... scores) {
        Rung rung = new Rung(1, Mode.MAX, factor);
        for (int i = 0; i < scores.length; i++) {
            rung.add(new Rung.Entry("t" + i, i, Score.of(scores[i]), true));
        }
        return rung;
    }

    /** The rule of reference/ray.md, 2.1, written down once more, straight from its words. */
    @Test
    void decidesAsTheRuleSaysOnRandomScores() {
        for (int seed = 0; seed < 200; seed++) {
            Pcg64 random = new Pcg64(seed);
            int factor = 2 + (int) random.integers(0, 4);
            AshaScheduler asha =
                    AshaScheduler.stopping().reductionFactor(factor).maxT(50).build();
            int trials = 30;
            double[][] scores = new double[trials][51];
            for (double[] row : scores) {
                for (int t = 1; t <= 50; t++) {
                    row[t] = random.integers(-5, 6);
                }
            }
            boolean min = seed % 2 == 0;
            FakeTuner tuner = new FakeTuner(
                    asha,
                    X,
                    trials,
                    min ? Mode.MIN : Mode.MAX,
                    seed,
                    t -> OptionalDouble.of(scores[t.number][t.iteration + 1]));
            tuner.run(1000);
            int[] expected = new int[trials];
            boolean[] stopped = new boolean[trials];
            for (long rung = 1; rung <= 50; rung *= factor) {
                List<Double> recorded = new ArrayList<>();
                for (int i = 0; i < trials; i++) {
                    if (!stopped[i]) {
                        double score = (min ? -1 : 1) * scores[i][(int) rung];
                        expected[i] = (int) rung;
                        stopped[i] = !recorded.isEmpty() && score < percentile(recorded, 1 - 1.0 / factor) - 1e-9;
                        recorded.add(score);
                    }
                }
            }
            for (int i = 0; i < trials; i++) {
                assertThat(tuner.trials.get(i).iteration)
                        .as("seed %d, trial %d", seed, i)
                        .isEqualTo(stopped[i] ? expected[i] : 50);
            }
        }
    }

    private static double percentile(List<Double> values, double quantile) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        double place = quantile * (sorted.size() - 1);
        int below = (int) Math.floor(place + 1e-9);
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + Math.max(0, place - below) * (sorted.get(above) - sorted.get(below));
    }

    @Test
    void givesTheNumbersOnWhichItRestsAsTheReason() {
        FakeTuner tuner = FakeTuner.tuner(scheduler(), X, Mode.MAX, 1, 2, 3, 4, 3.25, 3.4);
        assertThat(tuner.decisions.stream().map(Decision::reason))
                .containsExactly(
                        "rung 1: rank 1 of 1 by episode_reward_mean (1.0); nobody was here before to be compared with",
                        "rung 1: rank 1 of 2 by episode_reward_mean (2.0), not worse than the cutoff 1.0 (best 1 of 4"
                                + " among the 1 score before)",
                        "rung 1: rank 1 of 3 by episode_reward_mean (3.0), not worse than the cutoff 1.75 (best 1 of 4"
                                + " among the 2 scores before)",
                        "rung 1: rank 1 of 4 by episode_reward_mean (4.0), not worse than the cutoff 2.5 (best 1 of 4"
                                + " among the 3 scores before)",
                        "rung 1: rank 2 of 5 by episode_reward_mean (3.25), not worse than the cutoff 3.25 (best 1 of 4"
                                + " among the 4 scores before)",
                        "rung 1: rank 2 of 6 by episode_reward_mean (3.4), not worse than the cutoff 3.25 (best 1 of 4"
                                + " among the 5 scores before)");
        FakeTuner min = FakeTuner.tuner(scheduler(), X, Mode.MIN, 1, 2);
        assertThat(min.decisions.get(1))
                .isEqualTo(new Decision.Stop(
                        "t00001",
                        "rung 1: rank 2 of 2 by episode_reward_mean (2.0), worse than the cutoff 1.0 (best 1 of 4 among"
                                + " the 1 score before)"));
        assertThat(min.scheduler.summary())
                .isEqualTo(
                        "AshaScheduler: stopping, 1 stopped; rung 64: 0 trials | rung 16: 0 trials | rung 4: 0 trials"
                                + " | rung 1: 2 trials, cutoff 1.25");
    }

    @Test
    void countsATrialAtTheHighestRungThatItReachedAndFillsNoneLate() {
        FakeTuner tuner =
                new FakeTuner(scheduler(), X, 3, Mode.MAX, 1, t -> OptionalDouble.of(t.time + t.stepsPerIteration));
        tuner.trials.get(0).stepsPerIteration = 16.5;
        tuner.step(tuner.trials.get(0), 1000); // stands at 16.5
        assertThat(tuner.scheduler.summary())
                .contains("rung 16: 1 trial, cutoff 16.5 | rung 4: 0 trials | rung 1: 0 trials");
        tuner.step(tuner.trials.get(0), 1000);
        assertThat(tuner.trials.get(0).time).isEqualTo(66);
        assertThat(tuner.scheduler.summary())
                .contains(
                        "rung 64: 1 trial, cutoff 66.0 | rung 16: 1 trial, cutoff 16.5 | rung 4: 0 trials | rung 1: 0");
        tuner.step(tuner.trials.get(1), 1000);
        assertThat(tuner.decisions.get(2)).isInstanceOf(Decision.Continue.class); // nobody at rung 1 to lose against
    }

    @Test
    void stopsAtMaxTOnlyIfToldTo() {
        FakeTuner tuner = new FakeTuner(
                        scheduler(), X, 1, Mode.MAX, 1, t -> OptionalDouble.of(t.time + t.stepsPerIteration))
                .run(400);
        assertThat(tuner.trials.get(0).iteration).isEqualTo(100);
        assertThat(tuner.decisions.get(tuner.decisions.size() - 1).reason()).isEqualTo("reached max_t 100");
        Scheduler open = AshaScheduler.stopping().stopLastTrials(false).build();
        FakeTuner free =
                new FakeTuner(open, X, 1, Mode.MAX, 1, t -> OptionalDouble.of(t.time + t.stepsPerIteration)).run(400);
        assertThat(free.trials.get(0).iteration).isEqualTo(400);
        Scheduler exact = AshaScheduler.stopping().maxT(64).build();
        FakeTuner last =
                new FakeTuner(exact, X, 1, Mode.MAX, 1, t -> OptionalDouble.of(t.time + t.stepsPerIteration)).run(400);
        assertThat(last.decisions.get(last.decisions.size() - 1).reason())
                .isEqualTo("rung 64: rank 1 of 1 by episode_reward_mean (64.0); reached max_t 64");
    }

    @Test
    void passesATrialWithoutAScoreOnceAndStopsNaNAtOnce() {
        FakeTuner tuner = new FakeTuner(
                scheduler(),
                X,
                4,
                Mode.MAX,
                1,
                t -> t.number == 0
                        ? OptionalDouble.of(-3)
                        : t.number == 1 ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty());
        tuner.run(400);
        assertThat(tuner.trials).extracting(t -> t.iteration).containsExactly(100, 1, 4, 4);
        assertThat(tuner.decisions)
                .extracting(Decision::reason)
                .contains(
                        "rung 1: rank 2 of 2 by episode_reward_mean (NaN), which is worse than the cutoff -3.0 (best 1 of 4 among"
                                + " the 1 score before)",
                        "rung 1: rank 3 of 3, no episode_reward_mean: not compared this time, but worse than every score if it is"
                                + " still absent at the next rung",
                        "rung 4: rank 2 of 2, no episode_reward_mean at 2 rungs in a row, which is worse than the cutoff -3.0"
                                + " (best 1 of 4 among the 1 score before)");
    }

    @Test
    void letsAnEndedTrialCountWhereItCameTo() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 2, Mode.MAX, 1, t -> OptionalDouble.of(5 - t.number));
        while (!tuner.trials.get(0).ended) {
            tuner.step(tuner.trials.get(0), 16); // ends at rung 16 by a stop rule
        }
        assertThat(tuner.scheduler.summary()).contains("rung 64: 0 trials | rung 16: 1 trial, cutoff 5.0");
        FakeTuner failed = new FakeTuner(scheduler(), X, 2, Mode.MAX, 1, t -> OptionalDouble.of(5 - t.number));
        failed.fails = t -> t.iteration == 16;
        while (!failed.trials.get(0).ended) {
            failed.step(failed.trials.get(0), 400);
        }
        assertThat(failed.scheduler.summary()).contains("rung 16: 0 trials | rung 4: 1 trial, cutoff 5.0");
    }

    /** Brackets by softmax over their numbers of rungs: 3, 2, 1 rungs are e^2 : e : 1. */
    @Test
    void assignsBracketsByTheirRungsFromAStreamOfItsOwn() {
        AshaScheduler asha = AshaScheduler.stopping().maxT(16).brackets(3).build();
        int[] counts = new int[3];
        FakeTuner tuner = new FakeTuner(asha, X, 3000, Mode.MAX, 7, t -> OptionalDouble.of(1));
        for (FakeTrial trial : tuner.trials) {
            double first = asha.runUntil(trial);
            counts[first == 1 ? 0 : first == 4 ? 1 : 2]++;
        }
        double sum = StrictMath.exp(2) + StrictMath.E + 1;
        // Within 4 standard deviations of a binomial: false alarm 6e-5 each.
        double[] shares = {StrictMath.exp(2) / sum, StrictMath.E / sum, 1 / sum};
        for (int s = 0; s < 3; s++) {
            double sd = Math.sqrt(3000 * shares[s] * (1 - shares[s]));
            assertThat((double) counts[s]).isBetween(3000 * shares[s] - 4 * sd, 3000 * shares[s] + 4 * sd);
        }
        FakeTuner fewer = new FakeTuner(
                AshaScheduler.stopping().maxT(16).brackets(3).build(), X, 10, Mode.MAX, 7, t -> OptionalDouble.of(1));
        for (int i = 0; i < 10; i++) {
            assertThat(fewer.scheduler.runUntil(fewer.trials.get(i))).isEqualTo(asha.runUntil(tuner.trials.get(i)));
        }
    }

    @Test
    void measuresTimeInTimesteps() {
        Scheduler asha = AshaScheduler.stopping()
                .timeAttr("timesteps_total")
                .gracePeriod(1000)
                .maxT(20000)
                .reductionFactor(2)
                .build();
        FakeTuner tuner = new FakeTuner(asha, X, 4, Mode.MAX, 1, t -> OptionalDouble.of(-t.number));
        tuner.trials.forEach(t -> t.stepsPerIteration = 400);
        tuner.run(1e9);
        assertThat(tuner.trials).extracting(t -> t.time).containsExactly(20000.0, 1200.0, 1200.0, 1200.0);
        assertThat(asha.settings())
                .containsEntry("form", "stopping")
                .containsEntry("grace_period", 1000L)
                .containsEntry("max_t", 20000L)
                .containsEntry("reduction_factor", 2)
                .containsEntry("brackets", 1)
                .containsEntry("stop_last_trials", true);
    }

    @Test
    void refusesSettingsThatDoNotFit() {
        refuses(() -> AshaScheduler.stopping().gracePeriod(0), "gracePeriod is 0");
        refuses(() -> AshaScheduler.stopping().maxT(-1), "maxT is -1");
        refuses(() -> AshaScheduler.stopping().reductionFactor(1), "reductionFactor is 1");
        refuses(() -> AshaScheduler.stopping().brackets(0), "brackets is 0");
        refuses(() -> AshaScheduler.stopping().timeAttr("time_total_s"), "by the clock");
        refuses(() -> AshaScheduler.stopping().metric(" "), "metric");
        refuses(() -> AshaScheduler.stopping().gracePeriod(200).build(), "gracePeriod is 200 and maxT is 100");
        refuses(() -> AshaScheduler.stopping().brackets(5).build(), "brackets is 5", "4 rungs", "brackets(4)");
        refuses(
                () -> AshaScheduler.stopping()
                        .timeAttr("timesteps_total")
                        .maxT(9)
                        .build(),
                "gracePeriod is not set, and there is no default in timesteps_total");
        refuses(
                () -> AshaScheduler.stopping()
                        .timeAttr("timesteps_total")
                        .gracePeriod(9)
                        .build(),
                "maxT is not set");
        refuses(
                () -> new FakeTuner(scheduler(), X, 1, Mode.MAX, 1, " ", t -> OptionalDouble.empty()),
                "needs a metric");
    }

    static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e).hasMessageContainingAll(words));
    }
}
