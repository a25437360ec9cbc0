package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rltune.check.Check;

/** The run's metric has reached a value, in the direction of the run's mode; becomes a {@link StopByKey} in a run. */
record StopAtTarget(String metric, double value) implements StopRule {
    StopAtTarget {
        Check.notBlank("the metric of a target", metric);
        Check.finite("the target of " + metric, value);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        throw new IllegalStateException(
                "The stop rule " + this + " was asked before bind(metric, mode) told it which way is better.");
    }

    @Override
    public StopRule bind(String runMetric, Mode mode) {
        if (!metric.equals(runMetric)) {
            String optimised = runMetric.isEmpty() ? "nothing" : runMetric;
            throw new IllegalArgumentException("The stop rule " + this
                    + " takes its direction from the run, but the run"
                    + " optimises " + optimised + ", not " + metric + ". Say StopRule.atLeast(\"" + metric + "\", "
                    + value + ") or atMost(...) instead.");
        }
        return new StopByKey(metric, mode == Mode.MAX, value);
    }

    @Override
    public Set<String> columns() {
        return Set.of(metric);
    }

    @Override
    public List<String> exceptions() {
        return List.of();
    }

    @Override
    public Map<String, Object> toJson() {
        return Map.of("target", value);
    }

    @Override
    public String toString() {
        return metric + " reaches " + value;
    }
}
