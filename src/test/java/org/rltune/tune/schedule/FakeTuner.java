package org.rltune.tune.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
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
    /** The metric of a trial in its next iteration, before its counters move on. */
    interface Score {
        OptionalDouble of(FakeTrial trial);
    }

    final List<FakeTrial> trials;
    final List<Decision> decisions = new ArrayList<>();
    final Score score;
    SearchSpace space;
    Scheduler scheduler;

    /** Which trials fail after which iteration. */
    Predicate<FakeTrial> fails = trial -> false;

    /** Runs before a trial goes on. */
    Runnable beforeStep = () -> {};

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
            if (ready.isEmpty() && carryOut(scheduler.onStall()).isEmpty()) {
                throw new AssertionError("all wait for ever");
            }
            for (FakeTrial trial : ready) {
                if (!trial.ended) {
                    beforeStep.run();
                    step(trial, until);
                }
            }
        }
        return this;
    }

    /** Lets one trial go on until it ends or has to wait. */
    void step(FakeTrial trial, double until) {
        double stop = Math.min(until, scheduler.runUntil(trial));
        do {
            trial.iterate(score.of(trial));
            if (fails.test(trial)) {
                trial.outcome = Scheduler.Outcome.FAILED;
                end(trial);
                return;
            }
        } while (trial.time < stop);
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
        trial.waiting = false;
        return carryOut(scheduler.onTrialEnd(trial));
    }

    List<Decision> stall() {
        return carryOut(scheduler.onStall());
    }

    /** Carries decisions out in order, and those that follow; refuses what the tuner refuses. */
    private List<Decision> carryOut(List<Decision> made) {
        int before = decisions.size();
        Deque<Decision> open = new ArrayDeque<>(made);
        while (!open.isEmpty()) {
            Decision decision = open.removeFirst();
            decisions.add(decision);
            FakeTrial target = trial(decision.trialId());
            if (target.ended || !target.waiting) {
                throw new AssertionError("decided about a trial that does not wait: " + decision);
            }
            target.waiting = decision instanceof Decision.Pause;
            if (decision instanceof Decision.Exploit exploit) {
                target.config = exploit.explored();
            } else if (decision instanceof Decision.Configure configure) {
                target.config = configure.config();
            } else if (decision instanceof Decision.Stop) {
                target.ended = true;
                target.outcome = Scheduler.Outcome.STOPPED;
                open.addAll(scheduler.onTrialEnd(target));
            }
        }
        return List.copyOf(decisions.subList(before, decisions.size()));
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
