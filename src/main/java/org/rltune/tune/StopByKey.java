package org.rltune.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.rltune.check.Check;

/**
 * {@code row[key] >= value}, or {@code <=}.
 *
 * @param atLeast whether the rule fires above; otherwise below
 */
record StopByKey(String key, boolean atLeast, double value) implements StopRule {
    StopByKey {
        Check.notBlank("stop key", key);
        Check.finite("stop(\"" + key + "\")", value);
        if (grows(key)) {
            Check.positive("stop(\"" + key + "\")", value);
            if (!atLeast) {
                throw new IllegalArgumentException("stop: " + key + " <= " + value
                        + " would end every trial at its first row, for " + key + " only grows. Maybe atLeast(\"" + key
                        + "\", " + value + ")?");
            }
        }
    }

    private static boolean grows(String key) {
        return ResultColumns.COUNTERS.contains(key) || key.equals(ResultColumns.TIME_TOTAL_S);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        OptionalDouble found = Rows.number(row, key);
        return found.isPresent() && (atLeast ? found.getAsDouble() >= value : found.getAsDouble() <= value);
    }

    @Override
    public OptionalDouble progress(Trial trial) {
        if (!grows(key)) {
            return OptionalDouble.empty();
        }
        Map<String, Object> row = trial.lastRow();
        double reached = row == null ? 0 : Rows.number(row, key).orElse(0);
        return OptionalDouble.of(Math.min(1, reached / value));
    }

    @Override
    public Set<String> columns() {
        return Set.of(key);
    }

    @Override
    public List<String> exceptions() {
        return ResultColumns.isVolatile(key) ? List.of("the stop rule " + this + " depends on the clock") : List.of();
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put(atLeast ? "at_least" : "at_most", value);
        return json;
    }

    @Override
    public String toString() {
        return key + (atLeast ? " >= " : " <= ") + value;
    }
}
