package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Ends the whole experiment when a rule about one trial fires for any trial. */
record StopAllWhen(StopRule rule) implements StopRule {
    StopAllWhen {
        if (rule.watch().isPresent()) {
            throw new IllegalArgumentException("stopAll holds the rule " + StopTexts.of(rule)
                    + ", which ends the whole experiment by itself." + " Leave stopAll out.");
        }
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        return false;
    }

    @Override
    public OptionalDouble progress(Trial trial) {
        return rule.progress(trial);
    }

    @Override
    public Set<String> columns() {
        return rule.columns();
    }

    @Override
    public StopRule bind(String metric, Mode mode) {
        return new StopAllWhen(rule.bind(metric, mode));
    }

    @Override
    public Optional<ExperimentWatch> watch() {
        return Optional.of(rule::shouldStop);
    }

    @Override
    public List<String> exceptions() {
        return rule.exceptions();
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> inner = rule.toJson();
        return inner.isEmpty() ? Map.of() : Map.of("stop_all", inner);
    }

    @Override
    public String toString() {
        return "all stop at " + StopTexts.of(rule);
    }
}
