package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.schedule.AshaStoppingTest.X;
import static org.rltune.tune.schedule.AshaStoppingTest.refuses;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

class HyperBandSchedulerTest extends WaitingSchedulerContract {
    @Override
    protected Scheduler scheduler() {
        return HyperBandScheduler.builder().build();
    }

    /** The tables of reference/ray.md, 2.2: trials and first time of each bracket; then where rounding goes wrong. */
    @ParameterizedTest
    @CsvSource({
        "1, 81, 3, '5@81 8@27 15@9 34@3 81@1'",
        "1, 100, 3, '5@100 8@33 15@11 34@3 81@1'",
        "1, 27, 3, '4@27 6@9 12@3 27@1'",
        "1, 243, 3, '6@243 9@81 18@27 41@9 98@3 243@1'",
        // Ray rounds log3(200) = 4.8 up to 5, and its largest bracket begins at int(200 / 243) = 0.
        "1, 200, 3, '5@200 8@66 15@22 34@7 81@2'",
        "1, 1000, 10, '4@1000 20@100 134@10 1000@1'",
        "1000, 81000, 3, '5@81000 8@27000 15@9000 34@3000 81@1000'",
        "1, 1, 3, '1@1'"
    })
    void plansTheGoldenTables(long grace, long maxT, int factor, String table) {
        HyperBandPlan plan = new HyperBandPlan(grace, maxT, factor);
        List<String> cells = IntStream.rangeClosed(0, plan.smax())
                .mapToObj(s -> plan.trials(s) + "@" + plan.times(s).get(0))
                .toList();
        assertThat(String.join(" ", cells)).isEqualTo(table);
        for (int s = 0; s <= plan.smax(); s++) {
            List<Long> times = plan.times(s);
            assertThat(times).hasSize(s + 1).endsWith(maxT);
            // Budgets are shared: a bracket's times are those of the next larger one without the first.
            assertThat(times).isEqualTo(plan.times(plan.smax()).subList(plan.smax() - s, plan.smax() + 1));
        }
    }

    /** One whole set of 81/3: in each bracket the better half of everything survives, ceil(n / 3) at each time. */
    @Test
    void runsOneSetAsThePaperCountsIt() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 143, Mode.MAX, 1, t -> OptionalDouble.of(t.number % 89));
        tuner.run(400);
        int first = 0;
        int[] sizes = {81, 34, 15, 8, 5};
        int[][] expected = {
            {54, 1, 18, 3, 6, 9, 2, 27, 1, 81},
            {22, 3, 8, 9, 2, 27, 2, 81},
            {10, 9, 3, 27, 2, 81},
            {5, 27, 3, 81},
            {5, 81}
        };
        for (int b = 0; b < 5; b++) {
            List<FakeTrial> bracket = tuner.trials.subList(first, first + sizes[b]);
            for (int i = 0; i < expected[b].length; i += 2) {
                int time = expected[b][i + 1];
                assertThat(bracket).filteredOn(t -> t.iteration == time).hasSize(expected[b][i]);
            }
            int best = bracket.stream().mapToInt(t -> t.number % 89).max().orElseThrow();
            assertThat(bracket).filteredOn(t -> t.number % 89 == best).allMatch(t -> t.iteration == 81);
            first += sizes[b];
        }
        assertThat(tuner.scheduler.warnings()).isEmpty();
    }

    @Test
    void givesTheNumbersOnWhichItRestsAsTheReason() {
        Scheduler small = HyperBandScheduler.builder().maxT(3).build(); // brackets 3@1, 2@3
        FakeTuner tuner = new FakeTuner(small, X, 5, Mode.MIN, 1, t -> OptionalDouble.of(t.number));
        tuner.run(400);
        assertThat(tuner.decisions.subList(0, 4))
                .containsExactly(
                        new Decision.Continue(
                                "t00000",
                                "bracket 1 at 1: rank 1 of 3, episode_reward_mean 0.0, among the best 1 (3 / 3); goes on"
                                        + " to 3"),
                        new Decision.Stop(
                                "t00001",
                                "bracket 1 at 1: rank 2 of 3, episode_reward_mean 1.0, not among the best 1 (3 / 3)"),
                        new Decision.Stop(
                                "t00002",
                                "bracket 1 at 1: rank 3 of 3, episode_reward_mean 2.0, not among the best 1 (3 / 3)"),
                        new Decision.Stop("t00003", "bracket 0 at 3: episode_reward_mean 3.0, reached max_t 3"));
        assertThat(small.summary())
                .isEqualTo("HyperBandScheduler: 5 stopped; bracket 1: 0 of 3 trials left, kept 1 of 3 at 1 (down to"
                        + " episode_reward_mean 0.0) | bracket 0: 0 of 2 trials left");
    }

    @Test
    void fillsTheLargestBracketFirstUnlessToldOtherwise() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 200, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(firsts(tuner, 0, 80, 81, 114, 115, 129, 130, 137, 138, 142, 143))
                .containsExactly(1.0, 1.0, 3.0, 3.0, 9.0, 9.0, 27.0, 27.0, 81.0, 81.0, 1.0);
        Scheduler ray = HyperBandScheduler.builder().smallestFirst(true).build();
        FakeTuner rays = new FakeTuner(ray, X, 200, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(firsts(rays, 0, 4, 5, 12, 13, 62, 142, 143))
                .containsExactly(81.0, 81.0, 27.0, 27.0, 9.0, 1.0, 1.0, 81.0);
        FakeTuner bohb =
                new FakeTuner(HyperBandScheduler.forBohb().build(), X, 200, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(firsts(bohb, 0, 81)).containsExactly(1.0, 3.0);
        refuses(() -> HyperBandScheduler.forBohb().smallestFirst(true), "BOHB learns from short trials first");
    }

    private static List<Double> firsts(FakeTuner tuner, int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(i -> tuner.scheduler.runUntil(tuner.trials.get(i)))
                .toList();
    }

    @Test
    void stopsBadTrialsEarlyThoughThereAreFew() {
        FakeTuner tuner = new FakeTuner(scheduler(), X, 8, Mode.MAX, 1, t -> OptionalDouble.of(t.number)).run(400);
        assertThat(tuner.trials).extracting(t -> t.iteration).containsExactly(1, 1, 1, 1, 1, 3, 3, 81);
        assertThat(tuner.scheduler.warnings())
                .containsExactly(
                        "HyperBandScheduler takes 143 trials for one set of its 5 brackets, but there are 8: some"
                                + " brackets stay empty or get fewer trials than planned. Maybe numSamples(143), or a smaller"
                                + " maxT or larger gracePeriod?");
    }

    /** A searcher that ends early leaves a bracket incomplete; the tuner then calls onStall. */
    @Test
    void cutsAnIncompleteBracketWhenNoMoreTrialsCome() {
        HyperBandScheduler hyperBand = HyperBandScheduler.builder().build();
        hyperBand.begin(new Scheduler.Setup("m", Mode.MAX, X, org.rltune.random.Seeds.of(1), 100));
        FakeTrial[] trials = new FakeTrial[4];
        for (int i = 0; i < 4; i++) {
            trials[i] = new FakeTrial(i, X.sample(org.rltune.random.Seeds.of(1), i));
            hyperBand.onTrialAdd(trials[i]);
            trials[i].iterate(OptionalDouble.of(i));
            assertThat(hyperBand.onArrival(trials[i])).isEmpty();
        }
        List<Decision> decisions = hyperBand.onStall();
        assertThat(decisions).filteredOn(Decision.Continue.class::isInstance).hasSize(2);
        assertThat(decisions.get(0).reason())
                .isEqualTo(
                        "bracket 4 at 1: rank 1 of 4, m 3.0, among the best 2 (4 / 3); nothing runs, and no more of the"
                                + " 81 planned trials can come; goes on to 3");
        assertThat(hyperBand.onStall()).isEmpty();
    }

    @Test
    void waitsNoLongerForATrialThatFailed() {
        Scheduler small = HyperBandScheduler.builder().maxT(3).build();
        FakeTuner tuner = new FakeTuner(small, X, 3, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        tuner.step(tuner.trials.get(0), 400);
        tuner.step(tuner.trials.get(1), 400);
        assertThat(tuner.decisions).isEmpty();
        assertThat(tuner.end(tuner.trials.get(2))).hasSize(2);
        assertThat(tuner.decisions.get(0).reason()).contains("rank 1 of 2").contains("the best 1 (2 / 3)");
    }

    @Test
    void passesOverTimesThatAllKeptTrialsHavePassed() {
        HyperBandBuilder steps = HyperBandScheduler.builder()
                .timeAttr("timesteps_total")
                .gracePeriod(100)
                .maxT(8100);
        FakeTuner tuner = new FakeTuner(steps.build(), X, 9, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        tuner.trials.forEach(t -> t.stepsPerIteration = 1000);
        tuner.run(1e9);
        // Seen at 1000 (for 100; 300 and 900 are passed), 3000 (for 2700) and 9000 (for 8100).
        assertThat(tuner.trials).filteredOn(t -> t.time == 1000).hasSize(6);
        assertThat(tuner.trials).filteredOn(t -> t.time == 3000).hasSize(2);
        assertThat(tuner.trials)
                .filteredOn(t -> t.time == 9000)
                .extracting(t -> t.number)
                .containsExactly(8);
        FakeTuner mixed = new FakeTuner(steps.build(), X, 6, Mode.MAX, 1, t -> OptionalDouble.of(t.number));
        mixed.trials.forEach(t -> t.stepsPerIteration = t.number == 5 ? 1000 : 100);
        mixed.trials.forEach(t -> mixed.step(t, 1e9));
        assertThat(mixed.decisions.get(0))
                .isInstanceOf(Decision.Pause.class)
                .matches(d -> d.reason().endsWith("waits until the others reach 300"));
        mixed.run(1e9);
        assertThat(mixed.trials.get(5).time).isEqualTo(9000);
    }

    @Test
    void goesOnBeyondMaxTIfToldTo() {
        Scheduler open = HyperBandScheduler.builder().stopLastTrials(false).build();
        FakeTuner tuner = new FakeTuner(open, X, 8, Mode.MAX, 1, t -> OptionalDouble.of(t.number)).run(400);
        assertThat(tuner.trials.get(7).iteration).isEqualTo(400);
        assertThat(open.settings())
                .containsEntry("form", "hyperband")
                .containsEntry("max_t", 81L)
                .containsEntry("reduction_factor", 3)
                .containsEntry("stop_last_trials", false)
                .containsEntry("fill", "largest first");
    }

    @Test
    void refusesSettingsThatDoNotFit() {
        refuses(() -> HyperBandScheduler.builder().maxT(0), "maxT is 0");
        refuses(() -> HyperBandScheduler.builder().reductionFactor(1), "reductionFactor is 1");
        refuses(() -> HyperBandScheduler.builder().gracePeriod(0), "gracePeriod is 0");
        refuses(() -> HyperBandScheduler.builder().gracePeriod(82).build(), "gracePeriod is 82 and maxT is 81");
        refuses(() -> HyperBandScheduler.builder().timeAttr("timesteps_total").build(), "gracePeriod is not set");
    }
}
