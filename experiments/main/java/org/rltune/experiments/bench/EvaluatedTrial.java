package org.rltune.experiments.bench;

import java.util.List;
import java.util.OptionalDouble;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Scheduler.TrialView;
import org.rltune.tune.space.HyperParams;

/** A trial of one iteration that has ended with a score. */
record EvaluatedTrial(int number, HyperParams config, double value) implements TrialView {
    @Override
    public String id() {
        return "t" + number;
    }

    @Override
    public int trainingIteration() {
        return 1;
    }

    @Override
    public double time() {
        return 1;
    }

    @Override
    public OptionalDouble score() {
        return OptionalDouble.of(value);
    }

    @Override
    public List<TimedScore> scores() {
        return List.of(new TimedScore(1, 1, value));
    }

    @Override
    public Checkpoint checkpoint() {
        throw new UnsupportedOperationException("The evaluation of a function has no checkpoint. Ask for its score.");
    }

    @Override
    public boolean ended() {
        return true;
    }

    @Override
    public Outcome outcome() {
        return Outcome.COMPLETED;
    }
}
