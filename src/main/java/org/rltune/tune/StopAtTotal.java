package org.rltune.tune;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.rltune.check.Check;

/** The sum over all trials of a column's newest values has reached a value. */
record StopAtTotal(String column, double value) implements StopRule {
    StopAtTotal {
        Check.notBlank("the column of a total", column);
        Check.positive("the total of " + column, value);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        return false;
    }

    @Override
    public Optional<ExperimentWatch> watch() {
        return Optional.of(new Watch());
    }

    @Override
    public Set<String> columns() {
        return Set.of(column);
    }

    @Override
    public List<String> exceptions() {
        return ResultColumns.isVolatile(column)
                ? List.of("the stop rule " + this + " depends on the clock")
                : List.of();
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment_total", column);
        json.put("at_least", value);
        return json;
    }

    @Override
    public String toString() {
        return "total of " + column + " >= " + value;
    }

    private final class Watch implements ExperimentWatch {
        private final Map<Integer, Double> newest = new HashMap<>();
        private volatile double total;

        @Override
        public boolean onRow(Trial trial, Map<String, Object> row) {
            OptionalDouble now = Rows.number(row, column);
            if (now.isPresent()) {
                Double before = newest.put(trial.number(), now.getAsDouble());
                total = total - (before == null ? 0 : before) + now.getAsDouble();
            }
            return total >= value;
        }

        @Override
        public OptionalDouble progress() {
            return OptionalDouble.of(Math.max(0, Math.min(1, total / value)));
        }
    }
}
