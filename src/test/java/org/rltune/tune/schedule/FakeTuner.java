package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** A tuner in a few lines: iterates fake trials as far as the scheduler lets them and carries out its decisions. */
final class FakeTuner {
    /** The metric of a trial after an iteration. */
    interface Score {
        OptionalDouble of(FakeTrial trial);
    }

    final List<FakeTrial> trials;
    final List<Decision> decisions = new ArrayList<>();
    final Score score;
    SearchSpace space;
    Scheduler scheduler;
    private Scheduler.Setup setup;

    FakeTuner(Scheduler scheduler, SearchSpace declared, int trials, Mode mode, long seed, Score score) {
        this(scheduler, declared, trials, mode, seed, "episode_reward_mean", score);
    }

    FakeTuner(Scheduler scheduler, SearchSpace declared, int trials, Mode mode, long seed, String metric, Score score) {
        this.scheduler = scheduler;
        this.score = score;
        this.space = scheduler.extend(declared);
        this.setup = new Scheduler.Setup(metric, mode, space, Seeds.of(seed), trials);
        scheduler.begin(setup);
        this.trials = IntStream.range(0, trials)
                .mapToObj(i -> new FakeTrial(i, space.sample(Seeds.of(seed), i)))
                .toList();
        this.trials.forEach(scheduler::onTrialAdd);
    }

    /** Continues with another scheduler that takes over the state of the first, by way of its text. */
    void replaceScheduler(Scheduler other) {
        String text = Json.write(scheduler.save());
        other.begin(setup);
        trials.forEach(other::onTrialAdd);
        other.restore(Json.asObject(Json.parse(text, "state"), "state"));
        scheduler = other;
    }

    /** Runs every trial to an own time, at which it ends; returns this. Fails if some wait for ever. */
    FakeTuner run(double until) {
        while (trials.stream().anyMatch(t -> !t.ended)) {
            List<FakeTrial> ready =
                    trials.stream().filter(t -> !t.ended && !t.waiting).toList();
            if (ready.isEmpty()) {
                throw new AssertionError("all wait for ever");
            }
            ready.forEach(trial -> step(trial, until));
        }
        return this;
    }

    /** Lets one trial go on until it ends or has to wait. */
    void step(FakeTrial trial, double until) {
        do {
            trial.iterate(score.of(trial));
        } while (trial.time < Math.min(until, scheduler.runUntil(trial)));
        if (trial.time >= until) {
            end(trial);
        } else {
            arrive(trial);
        }
    }

    List<Decision> arrive(FakeTrial trial) {
        trial.waiting = true;
        trial.snapshot();
        return carryOut(scheduler.onArrival(trial));
    }

    List<Decision> end(FakeTrial trial) {
        trial.ended = true;
        return carryOut(scheduler.onTrialEnd(trial));
    }

    private List<Decision> carryOut(List<Decision> made) {
        decisions.addAll(made);
        for (Decision decision : made) {
            FakeTrial target = trial(decision.trialId());
            target.waiting = decision instanceof Decision.Pause;
            if (decision instanceof Decision.Exploit exploit) {
                target.config = exploit.explored();
            }
        }
        return made;
    }

    FakeTrial trial(String id) {
        return trials.stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
    }

    List<Decision.Exploit> exploits() {
        return decisions.stream()
                .filter(Decision.Exploit.class::isInstance)
                .map(Decision.Exploit.class::cast)
                .toList();
    }

    /** One perturbation point at which trial i has the i-th score; NaN stands for an absent metric. */
    static List<Decision> point(Scheduler scheduler, SearchSpace space, Mode mode, double... scores) {
        return tuner(scheduler, space, mode, scores).decisions;
    }

    static FakeTuner tuner(Scheduler scheduler, SearchSpace space, Mode mode, double... scores) {
        FakeTuner tuner = new FakeTuner(scheduler, space, scores.length, mode, 1, FakeTuner::none);
        tuner.reach(scores);
        return tuner;
    }

    /** Brings all living trials to the next point with these scores. */
    List<Decision> reach(double... scores) {
        int before = decisions.size();
        List<FakeTrial> running =
                trials.stream().filter(t -> !t.ended && !t.waiting).toList();
        List<Double> until = running.stream().map(scheduler::runUntil).toList();
        for (int i = 0; i < running.size(); i++) {
            FakeTrial trial = running.get(i);
            double value = scores[trial.number];
            do {
                trial.iterate(Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value));
            } while (trial.time < until.get(i));
            arrive(trial);
        }
        return decisions.subList(before, decisions.size());
    }

    private static OptionalDouble none(FakeTrial trial) {
        return OptionalDouble.empty();
    }

    static HyperParams explored(Decision decision) {
        return ((Decision.Exploit) decision).explored();
    }
}
