package org.rltune.tune.schedule;

import java.util.List;
import java.util.Map;
import org.rltune.tune.Decision;
import org.rltune.tune.Scheduler;

/** Lets every trial run to its end, in the order in which they were made. */
public final class FifoScheduler implements Scheduler {
    private int trials;
    private int ended;

    @Override
    public void begin(Setup setup) {
        trials = setup.numSamples();
        ended = 0;
    }

    @Override
    public boolean needsMetric() {
        return false;
    }

    @Override
    public String timeAttr() {
        return "training_iteration";
    }

    @Override
    public boolean interrupts() {
        return false;
    }

    /** Returns infinity: the scheduler never needs to see a trial. */
    @Override
    public double runUntil(TrialView trial) {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public boolean needsCheckpoint() {
        return false;
    }

    @Override
    public List<Decision> onArrival(TrialView trial) {
        return List.of(new Decision.Continue(trial.id(), "every trial runs to its end"));
    }

    @Override
    public List<Decision> onTrialEnd(TrialView trial) {
        ended++;
        return List.of();
    }

    @Override
    public String summary() {
        return "FifoScheduler: " + ended + " of " + trials + " trials ended";
    }

    @Override
    public Map<String, Object> save() {
        return Map.of("ended", ended);
    }

    @Override
    public void restore(Map<String, Object> state) {
        ended = org.rltune.json.Json.asInt(state.get("ended"), "ended");
    }
}
