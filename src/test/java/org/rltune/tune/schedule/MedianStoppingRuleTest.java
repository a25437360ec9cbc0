package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.schedule.AshaStoppingTest.X;
import static org.rltune.tune.schedule.AshaStoppingTest.refuses;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

class MedianStoppingRuleTest extends SchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return MedianStoppingRule.builder().build();
    }

    /** The rule of reference/ray.md, 2.4, over all results anew at each step; trials run one after the other. */
    @Test
    void decidesAsTheRuleSaysOnRandomScores() {
        for (int seed = 0; seed < 100; seed++) {
            Pcg64 random = new Pcg64(seed);
            int grace = 1 + (int) random.integers(0, 5);
            int samples = 1 + (int) random.integers(0, 4);
            int trials = 12;
            int end = 15;
            double[][] scores = new double[trials][end + 1];
            for (double[] row : scores) {
                for (int t = 1; t <= end; t++) {
                    row[t] = random.nextDouble() < 0.1 ? Double.NaN : random.uniform(-10, 10);
                }
            }
            Scheduler rule = MedianStoppingRule.builder()
                    .gracePeriod(grace)
                    .minSamplesRequired(samples)
                    .build();
            FakeTuner tuner = new FakeTuner(
                    rule, X, trials, Mode.MAX, seed, t -> OptionalDouble.of(scores[t.number][t.iteration + 1]));
            int[] reached = new int[trials];
            for (int i = 0; i < trials; i++) {
                FakeTrial trial = tuner.trials.get(i);
                while (!trial.ended) {
                    tuner.step(trial, end);
                }
                reached[i] = expected(scores, reached, i, grace, samples, end);
                assertThat(trial.iteration).as("seed %d, trial %d", seed, i).isEqualTo(reached[i]);
            }
        }
    }

    private static int expected(double[][] scores, int[] reached, int own, int grace, int samples, int end) {
        for (int t = grace; t < end; t++) {
            // The latest time, at most t, that enough of the earlier trials have reached.
            int at = t;
            while (at >= grace && count(reached, own, at) < samples) {
                at--;
            }
            if (at < grace) {
                continue;
            }
            int until = at;
            double[] means = Arrays.stream(scores, 0, own)
                    .filter(row -> reached[Arrays.asList(scores).indexOf(row)] >= until)
                    .mapToDouble(row -> Arrays.stream(row, grace, until + 1)
                            .filter(v -> !Double.isNaN(v))
                            .average()
                            .orElse(Double.NaN))
                    .filter(mean -> !Double.isNaN(mean))
                    .sorted()
                    .toArray();
            if (means.length < samples) {
                continue;
            }
            double median = (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
            double best = Arrays.stream(scores[own], 1, t + 1)
                    .filter(v -> !Double.isNaN(v))
                    .max()
                    .orElse(Double.NEGATIVE_INFINITY);
            if (best < median) {
                return t;
            }
        }
        return end;
    }

    private static int count(int[] reached, int own, int at) {
        return (int) Arrays.stream(reached, 0, own).filter(r -> r >= at).count();
    }

    @Test
    void judgesTheFirstTrialsToo() {
        // In step, trial 0 is always the first at each time, and nobody has come as far as it has.
        FakeTuner tuner = new FakeTuner(scheduler(), X, 6, Mode.MAX, 1, t -> OptionalDouble.of(t.number)).run(20);
        assertThat(tuner.trials).extracting(t -> t.iteration).startsWith(5).endsWith(20, 20, 20);
        assertThat(tuner.decisions)
                .filteredOn(d -> d.trialId().equals("t00000"))
                .extracting(Decision::reason)
                .containsExactly(
                        "at 4 training_iteration: not judged, since fewer than 3 others have scores after the grace period",
                        "at 5 training_iteration: best episode_reward_mean so far 0.0 is worse than the median 3.0 of the"
                                + " running means of 5 trials up to 4");
        assertThat(tuner.scheduler.summary()).startsWith("MedianStoppingRule: 3 stopped at ");
    }

    @Test
    void showsScoresAsReportedWhereSmallerIsBetter() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 6, Mode.MIN, 1, t -> OptionalDouble.of(-t.number)).run(20);
        assertThat(tuner.decisions)
                .filteredOn(Decision.Stop.class::isInstance)
                .first()
                .matches(d -> d.reason()
                        .endsWith("best episode_reward_mean so far 0.0 is worse than the median -3.0 of the"
                                + " running means of 5 trials up to 4"));
    }

    @Test
    void pausesUntilNothingElseIsToRunWhereStopsAreSoft() {
        Scheduler soft = MedianStoppingRule.builder().hardStop(false).build();
        FakeTuner tuner = new FakeTuner(soft, X, 6, Mode.MAX, 1, t -> OptionalDouble.of(t.number)).run(20);
        assertThat(tuner.trials).allMatch(t -> t.iteration == 20);
        assertThat(tuner.decisions).filteredOn(Decision.Pause.class::isInstance).hasSize(3);
        assertThat(tuner.decisions)
                .filteredOn(d -> d.reason().startsWith("hard_stop is false"))
                .hasSize(3);
        assertThat(soft.summary()).contains("3 paused");
    }

    @Test
    void stopsWhatIsNeverScoredAndWhatIsNaN() {
        FakeTuner tuner = new FakeTuner(
                scheduler(),
                X,
                6,
                Mode.MAX,
                1,
                t -> t.number < 4
                        ? OptionalDouble.of(-1e9)
                        : t.number == 4 ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty());
        tuner.run(20);
        assertThat(tuner.trials).extracting(t -> t.iteration).containsExactly(20, 20, 20, 20, 4, 5);
    }

    @Test
    void looksOnlyEveryInterval() {
        Scheduler rare = MedianStoppingRule.builder()
                .timeAttr("timesteps_total")
                .gracePeriod(400)
                .intervalSteps(500)
                .build();
        FakeTuner tuner = new FakeTuner(rare, X, 1, Mode.MAX, 1, t -> OptionalDouble.of(1));
        tuner.trials.get(0).stepsPerIteration = 100;
        tuner.step(tuner.trials.get(0), 5000);
        assertThat(tuner.trials.get(0).time).isEqualTo(500); // max(grace, 0 + interval)
        tuner.step(tuner.trials.get(0), 5000);
        assertThat(tuner.trials.get(0).time).isEqualTo(1000);
        assertThat(rare.settings())
                .containsEntry("grace_period", 400.0)
                .containsEntry("min_samples_required", 3)
                .containsEntry("interval_steps", 500.0)
                .containsEntry("hard_stop", true);
    }

    @Test
    void warnsAndRefuses() {
        Scheduler rule = scheduler();
        new FakeTuner(rule, X, 3, Mode.MAX, 1, t -> OptionalDouble.of(1));
        assertThat(rule.warnings()).singleElement().asString().contains("at least 3 others, but there are 3 trials");
        refuses(() -> MedianStoppingRule.builder().gracePeriod(0), "gracePeriod is 0.0");
        refuses(() -> MedianStoppingRule.builder().minSamplesRequired(0), "minSamplesRequired is 0");
        refuses(() -> MedianStoppingRule.builder().intervalSteps(-1), "intervalSteps is -1.0");
        refuses(() -> MedianStoppingRule.builder().timeAttr("time_total_s"), "by the clock");
        refuses(() -> MedianStoppingRule.builder().timeAttr("timesteps_total").build(), "gracePeriod is not set");
    }
}
