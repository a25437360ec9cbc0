package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.HyperParams;

/** A trial without a trainable: its score is set by the test. */
final class FakeTrial implements Scheduler.TrialView {
    final int number;
    HyperParams config;
    OptionalDouble score = OptionalDouble.empty();
    Optional<Checkpoint> checkpoint = Optional.empty();
    int iteration;
    double stepsPerIteration = 1;
    double time;
    final List<Scheduler.TimedScore> scores = new ArrayList<>();
    boolean waiting;
    boolean ended;
    Scheduler.Outcome outcome = Scheduler.Outcome.COMPLETED;

    FakeTrial(int number, HyperParams config) {
        this.number = number;
        this.config = config;
    }

    /** Runs one iteration. */
    void iterate(OptionalDouble result) {
        iteration++;
        time += stepsPerIteration;
        score = result;
        result.ifPresent(value -> scores.add(new Scheduler.TimedScore(iteration, time, value)));
    }

    /** Keeps the trial as it stands, as the tuner does at arrival. */
    void snapshot() {
        checkpoint = Optional.of(new Checkpoint(id(), iteration, score, Map.of("weights", new byte[] {(byte) number})));
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
        return time;
    }

    @Override
    public OptionalDouble score() {
        return score;
    }

    @Override
    public Checkpoint checkpoint() {
        return checkpoint.orElseThrow(() -> new IllegalStateException(id() + " has no checkpoint"));
    }

    @Override
    public List<Scheduler.TimedScore> scores() {
        return List.copyOf(scores);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Scheduler.Outcome outcome() {
        return ended ? outcome : Scheduler.Outcome.OPEN;
    }
}
