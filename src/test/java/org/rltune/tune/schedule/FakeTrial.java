package org.rltune.tune.schedule;

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
    boolean waiting;
    boolean ended;

    FakeTrial(int number, HyperParams config) {
        this.number = number;
        this.config = config;
    }

    /** Runs one iteration. */
    void iterate(OptionalDouble result) {
        iteration++;
        time += stepsPerIteration;
        score = result;
    }

    /** Keeps the trial as it stands, as the tuner does at arrival. */
    void snapshot() {
        checkpoint = Optional.of(new Checkpoint(id(), iteration, score, Map.of("weights", new byte[] {(byte) number})));
    }

    @Override
    public String id() {
        return "t0000" + number;
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
    public boolean ended() {
        return ended;
    }
}
