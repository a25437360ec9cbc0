package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.HyperParams;

/** A trial without a trainable, as a searcher sees it. */
final class Candidate implements Scheduler.TrialView {
    final int number;
    final HyperParams config;
    final String reason;
    final List<Scheduler.TimedScore> scores = new ArrayList<>();
    OptionalDouble score = OptionalDouble.empty();
    int iteration;
    Scheduler.Outcome outcome = Scheduler.Outcome.OPEN;

    Candidate(int number, HyperParams config, String reason) {
        this.number = number;
        this.config = config;
        this.reason = reason;
    }

    /** Runs one iteration with this result. */
    void iterate(OptionalDouble result) {
        iteration++;
        score = result;
        result.ifPresent(value -> scores.add(new Scheduler.TimedScore(iteration, iteration, value)));
    }

    @Override
    public String id() {
        String digits = Integer.toString(number);
        return "t" + "0".repeat(5 - digits.length()) + digits;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public HyperParams config() {
        return config;
    }

    @Override
    public int trainingIteration() {
        return iteration;
    }

    @Override
    public double time() {
        return iteration;
    }

    @Override
    public OptionalDouble score() {
        return score;
    }

    @Override
    public List<Scheduler.TimedScore> scores() {
        return List.copyOf(scores);
    }

    @Override
    public Checkpoint checkpoint() {
        throw new IllegalStateException("a searcher needs no checkpoint");
    }

    @Override
    public boolean ended() {
        return outcome != Scheduler.Outcome.OPEN;
    }

    @Override
    public Scheduler.Outcome outcome() {
        return outcome;
    }
}
