package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.SearchSpace;

/** What holds for every scheduler. */
abstract class SchedulerContract {
    static final double END = 400;

    /** Returns a new scheduler that measures time in iterations. */
    protected abstract Scheduler scheduler();

    /** Returns how many trials the runs have. */
    protected int trials() {
        return 8;
    }

    static SearchSpace space() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("clip_param", uniform(0.1, 0.5));
        config.put("lambda", uniform(0.9, 1.0));
        config.put("lr", loguniform(1e-5, 1e-3));
        config.put("train_batch_size", randint(1000, 60000));
        config.put("num_sgd_iter", randint(1, 30));
        config.put("sgd_minibatch_size", randint(128, 16384));
        config.put("fcnet_activation", choice("tanh", "relu", "elu"));
        config.put("gamma", 0.99);
        return SearchSpace.of(config).constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
    }

    /** A score that jumps around, is negative for half the time and absent now and then. */
    static OptionalDouble noise(FakeTrial trial) {
        Pcg64 random = Seeds.of(5).stream("score", trial.number, trial.iteration);
        return random.nextDouble() < 0.05 ? OptionalDouble.empty() : OptionalDouble.of(random.uniform(-100, 100));
    }

    FakeTuner run(Scheduler scheduler, Mode mode, long seed, FakeTuner.Score score) {
        return new FakeTuner(scheduler, space(), trials(), mode, seed, score).run(END);
    }

    @Test
    void staysInTheSpace() {
        FakeTuner tuner = run(scheduler(), Mode.MAX, 1, SchedulerContract::noise);
        for (Decision.Exploit exploit : tuner.exploits()) {
            assertThat(tuner.space.violation(exploit.explored())).isNull();
            assertThat(exploit.explored().names()).isEqualTo(tuner.space.names());
        }
        tuner.trials.forEach(
                trial -> assertThat(tuner.space.violation(trial.config)).isNull());
    }

    @Test
    void givesTheSameDecisionsForTheSameSeedAndResults() {
        List<Decision> first = run(scheduler(), Mode.MAX, 1, SchedulerContract::noise).decisions;
        assertThat(texts(run(scheduler(), Mode.MAX, 1, SchedulerContract::noise).decisions))
                .isEqualTo(texts(first));
    }

    @Test
    void canBeginAgainAsIfItWereNew() {
        Scheduler scheduler = scheduler();
        List<String> first = texts(run(scheduler, Mode.MAX, 1, SchedulerContract::noise).decisions);
        assertThat(texts(run(scheduler, Mode.MAX, 1, SchedulerContract::noise).decisions))
                .isEqualTo(first);
    }

    @Test
    void ranksNegativeScoresLikePositiveOnes() {
        List<Decision> low = run(scheduler(), Mode.MAX, 1, trial -> shifted(trial, -1000)).decisions;
        List<Decision> high = run(scheduler(), Mode.MAX, 1, trial -> shifted(trial, 1000)).decisions;
        assertThat(withoutReasons(low)).isEqualTo(withoutReasons(high));
    }

    @Test
    void ranksSmallScoresFirstWhereSmallerIsBetter() {
        List<Decision> max = run(scheduler(), Mode.MAX, 1, trial -> shifted(trial, 0)).decisions;
        List<Decision> min = run(scheduler(), Mode.MIN, 1, trial -> negated(shifted(trial, 0))).decisions;
        assertThat(withoutReasons(min)).isEqualTo(withoutReasons(max));
    }

    @Test
    void survivesSaveAndRestoreAtAnyMoment() {
        List<String> straight = texts(run(scheduler(), Mode.MAX, 1, SchedulerContract::noise).decisions);
        FakeTuner moved = new FakeTuner(scheduler(), space(), trials(), Mode.MAX, 1, trial -> noise(trial));
        int[] step = {0};
        moved.beforeStep = () -> {
            if (step[0]++ % 3 == 0) {
                moved.replaceScheduler(scheduler());
            }
        };
        moved.run(END);
        assertThat(texts(moved.decisions)).isEqualTo(straight);
    }

    @Test
    void leavesNoTrialBehindWhenOthersFailOrJumpInTime() {
        for (double[] steps : new double[][] {{1, 1, 1, 1, 1, 1, 1, 1}, {60, 1, 7, 13, 2.5, 1, 1, 90}, {400, 3}}) {
            for (int failing : new int[] {0, 1, 4, trials()}) {
                FakeTuner tuner = new FakeTuner(scheduler(), space(), trials(), Mode.MAX, 1, SchedulerContract::noise);
                tuner.trials.forEach(t -> t.stepsPerIteration = steps[t.number % steps.length]);
                int failures = failing;
                tuner.fails = t -> t.number < failures && t.iteration == 1 + t.number * 5;
                tuner.run(END); // fails if some wait for ever
                assertThat(tuner.trials).allMatch(t -> t.ended);
            }
        }
    }

    @Test
    void takesNoTrialWithoutAScoreForABetterOne() {
        FakeTuner tuner = new FakeTuner(
                scheduler(),
                space(),
                trials(),
                Mode.MAX,
                1,
                t -> t.number == 2
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(t.number == 5 ? Double.NaN : -1e6 - t.number));
        tuner.run(END);
        double longest = tuner.trials.stream().mapToDouble(t -> t.time).max().orElseThrow();
        assertThat(tuner.trials)
                .filteredOn(t -> t.time == longest)
                .extracting(t -> t.number)
                .matches(all -> all.size() == trials() || (!all.contains(2) && !all.contains(5)));
        assertThat(tuner.exploits())
                .noneMatch(e -> List.of("t00002", "t00005").contains(e.donor().trialId()));
    }

    @Test
    void surveysARunInWhichNothingIsEverScored() {
        for (OptionalDouble nothing : List.of(OptionalDouble.empty(), OptionalDouble.of(Double.NaN))) {
            FakeTuner tuner = run(scheduler(), Mode.MIN, 1, t -> nothing);
            assertThat(tuner.trials).allMatch(t -> t.ended);
            assertThat(tuner.exploits()).isEmpty();
            assertThat(tuner.scheduler.summary()).isNotBlank();
        }
    }

    @Test
    void givesAReasonForEveryDecision() {
        assertThat(run(scheduler(), Mode.MAX, 1, SchedulerContract::noise).decisions)
                .allMatch(decision -> decision.reason().length() > 10);
    }

    @Test
    void writesSettingsThatAreJson() {
        Map<String, Object> settings = scheduler().settings();
        assertThat(Json.parse(Json.write(settings), "settings")).isInstanceOf(Map.class);
        assertThat(settings.keySet()).allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
    }

    @Test
    void savesJson() {
        FakeTuner tuner = run(scheduler(), Mode.MAX, 1, SchedulerContract::noise);
        assertThat(Json.parse(Json.write(tuner.scheduler.save()), "state")).isInstanceOf(Map.class);
        assertThat(tuner.scheduler.summary())
                .startsWith(tuner.scheduler.getClass().getSimpleName() + ": ");
    }

    @Test
    void neverCopiesATrialFromItself() {
        for (Decision.Exploit exploit :
                run(scheduler(), Mode.MAX, 1, SchedulerContract::noise).exploits()) {
            assertThat(exploit.donor().trialId()).isNotEqualTo(exploit.trialId());
        }
    }

    static OptionalDouble shifted(FakeTrial trial, double by) {
        return OptionalDouble.of(by + (trial.number * 37 + trial.iteration * 11) % 101);
    }

    private static OptionalDouble negated(OptionalDouble score) {
        return OptionalDouble.of(-score.orElseThrow());
    }

    /** Everything but the bytes of checkpoints. */
    static List<String> texts(List<Decision> decisions) {
        return decisions.stream().map(d -> withoutReason(d) + " " + d.reason()).toList();
    }

    static List<String> withoutReasons(List<Decision> decisions) {
        return decisions.stream().map(SchedulerContract::withoutReason).toList();
    }

    private static String withoutReason(Decision decision) {
        String what = decision.getClass().getSimpleName() + " " + decision.trialId();
        return decision instanceof Decision.Exploit exploit
                ? what + " " + exploit.donor().trialId() + "@" + exploit.donor().trainingIteration() + " "
                        + exploit.explored() + " " + exploit.changes()
                : what;
    }
}
