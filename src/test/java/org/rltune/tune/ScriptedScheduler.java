package org.rltune.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sees every trial after each iteration, lets it go on, and records the order; tests override what they need. */
class ScriptedScheduler implements Scheduler {
    final List<String> arrivals = new ArrayList<>();
    final List<TrialView> views = new ArrayList<>();

    @Override
    public boolean needsMetric() {
        return false;
    }

    @Override
    public void begin(Setup setup) {}

    @Override
    public void onTrialAdd(TrialView trial) {
        views.add(trial);
    }

    @Override
    public String timeAttr() {
        return "training_iteration";
    }

    @Override
    public double runUntil(TrialView trial) {
        return trial.time() + 1;
    }

    @Override
    public boolean needsCheckpoint() {
        return false;
    }

    @Override
    public List<Decision> onArrival(TrialView trial) {
        arrivals.add(trial.number() + "@" + trial.trainingIteration());
        return List.of(new Decision.Continue(trial.id(), "go on"));
    }

    @Override
    public List<Decision> onTrialEnd(TrialView trial) {
        arrivals.add(trial.number() + " ended");
        return List.of();
    }

    @Override
    public String summary() {
        return "scripted";
    }

    @Override
    public Map<String, Object> save() {
        return Map.of();
    }

    @Override
    public void restore(Map<String, Object> state) {}
}
