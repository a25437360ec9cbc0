package org.rltune.tune;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.rltune.check.Suggest;

/** Checks that the columns which the settings name exist. */
final class RowChecks {
    private final String metric;
    private final Set<String> late;

    /** Column to the setting that names it. */
    private final Map<String, String> needed = new LinkedHashMap<>();

    RowChecks(RunSettings settings) {
        this.metric = settings.metric();
        this.late = settings.spec().lateMetrics(settings.space());
        if (!metric.isEmpty()) {
            needed.put(metric, "metric");
        }
        for (StopRule rule : settings.stopRules()) {
            rule.columns().forEach(column -> needed.putIfAbsent(column, "stop"));
        }
        if (!settings.checkpoints().scoreAttr().isEmpty()) {
            needed.putIfAbsent(settings.checkpoints().scoreAttr(), "checkpointScoreAttr");
        }
        needed.putIfAbsent(settings.scheduler().timeAttr(), "the scheduler's timeAttr");
    }

    /**
     * Checks a trial's first row.
     *
     * @throws IllegalArgumentException naming the column, the setting, the columns that exist, and the nearest of them
     */
    void first(Trial trial, Map<String, Object> row) {
        needed.forEach((column, setting) -> {
            Object value = Rows.get(row, column);
            if (value != null && !(value instanceof Number)) {
                throw new IllegalArgumentException(
                        setting + " names the column '" + column + "', but in the first row of " + trial.id()
                                + " it is " + value + ", not a number. Name a column of numbers.");
            }
            if (value == null && !late.contains(column)) {
                throw missing(trial, row, column, setting);
            }
        });
    }

    private IllegalArgumentException missing(Trial trial, Map<String, Object> row, String column, String setting) {
        Set<String> known = Rows.numericKeys(row);
        known.addAll(late);
        String steps = column.endsWith(ResultColumns.TIMESTEPS_TOTAL)
                ? " It exists if the trainable reports " + ResultColumns.TIMESTEPS_THIS_ITER + "."
                : "";
        return new IllegalArgumentException(setting + " names the column '" + column + "', but the first row of "
                + trial.id() + " has none. Its columns: " + String.join(", ", known) + "."
                + Suggest.nearest(column, known) + steps
                + " A metric that comes later must stand in the trainable's lateMetrics().");
    }

    /** Refuses a NaN in the metric: it has no rank, and "not yet" is said by leaving the metric out. */
    void score(Trial trial, Map<String, Object> row) {
        OptionalDouble score = metric.isEmpty() ? OptionalDouble.empty() : Rows.number(row, metric);
        if (score.isPresent() && Double.isNaN(score.getAsDouble())) {
            throw new IllegalStateException(
                    trial.id() + ", iteration " + (trial.trainingIteration() + 1) + ": the metric "
                            + metric
                            + " is NaN. Training has probably diverged: narrow the search space, or leave the metric"
                            + " out of the row where it does not exist yet.");
        }
    }
}
