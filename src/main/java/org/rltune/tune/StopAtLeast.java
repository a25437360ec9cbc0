package org.rltune.tune;

import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.check.Check;

/** {@code row[key] >= value}. */
record StopAtLeast(String key, double value) implements StopRule {
    StopAtLeast {
        Check.notBlank("stop key", key);
        Check.finite("stop(\"" + key + "\")", value);
        if (ResultColumns.COUNTERS.contains(key) || key.equals(ResultColumns.TIME_TOTAL_S)) {
            Check.positive("stop(\"" + key + "\")", value);
        }
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        OptionalDouble found = Rows.number(row, key);
        return found.isPresent() && found.getAsDouble() >= value;
    }

    @Override
    public OptionalDouble progress(Trial trial) {
        if (value <= 0 || !(ResultColumns.COUNTERS.contains(key) || key.equals(ResultColumns.TIME_TOTAL_S))) {
            return OptionalDouble.empty();
        }
        Map<String, Object> row = trial.lastRow();
        double reached = row == null ? 0 : Rows.number(row, key).orElse(0);
        return OptionalDouble.of(Math.min(1, reached / value));
    }

    @Override
    public String toString() {
        return key + " >= " + value;
    }
}
