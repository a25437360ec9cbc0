package org.rltune.tune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Ends the whole experiment when its best results agree: the standard deviation (over n) of the best values of all rows of
 * all trials is at most a bound. The rule of Ray Tune's {@code ExperimentPlateauStopper}.
 */
public final class StopAllOnPlateau implements StopRule {
    private final String metric;
    private final double std;
    private final int top;
    private final int patience;
    private final @Nullable Mode mode;

    private StopAllOnPlateau(String metric, double std, int top, int patience, @Nullable Mode mode) {
        this.metric = Check.notBlank("the metric of a plateau", metric);
        this.std = Check.finite("std", Check.atLeast("std", std, 0.0));
        this.top = Check.atLeast("top", top, 2);
        this.patience = Check.atLeast("patience", patience, 0);
        this.mode = mode;
    }

    static StopAllOnPlateau of(String metric) {
        return new StopAllOnPlateau(metric, 0.001, 10, 0, null);
    }

    /** Sets the bound that the standard deviation must not exceed; at least 0; default 0.001. */
    public StopAllOnPlateau std(double std) {
        return new StopAllOnPlateau(metric, std, top, patience, mode);
    }

    /** Sets of how many of the best values it is taken; at least 2; default 10. */
    public StopAllOnPlateau top(int top) {
        return new StopAllOnPlateau(metric, std, top, patience, mode);
    }

    /** Sets for how many rows in a row that must hold; at least 0; default 0, which is at once, as 1 is. */
    public StopAllOnPlateau patience(int rows) {
        return new StopAllOnPlateau(metric, std, top, rows, mode);
    }

    /** Sets which values are best; default: the run's mode, if the metric is the run's. */
    public StopAllOnPlateau mode(Mode mode) {
        return new StopAllOnPlateau(metric, std, top, patience, mode);
    }

    @Override
    public StopRule bind(String runMetric, Mode runMode) {
        if (mode != null) {
            return this;
        }
        if (!metric.equals(runMetric)) {
            throw new IllegalArgumentException("The stop rule " + this + " is about " + metric + ", which is not the"
                    + " metric of the run, so it is not known which values are best. Add mode(Mode.MIN) or"
                    + " mode(Mode.MAX).");
        }
        return mode(runMode);
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
        return Set.of(metric);
    }

    @Override
    public List<String> exceptions() {
        return ResultColumns.isVolatile(metric)
                ? List.of("the stop rule " + this + " depends on the clock")
                : List.of();
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment_plateau", metric);
        json.put("std", std);
        json.put("top", top);
        json.put("patience", patience);
        if (mode != null) {
            json.put("mode", mode.name());
        }
        return json;
    }

    @Override
    public String toString() {
        return "plateau of the best " + top + " values of " + metric + " (std <= " + std + ", patience " + patience
                + (mode == null ? "" : ", mode " + mode) + ")";
    }

    private final class Watch implements ExperimentWatch {
        /** The best values, signed so that larger is better, ascending; the first {@code size} of them. */
        private final double[] best = new double[top];

        private int size;
        private int rowsOnPlateau;

        @Override
        public boolean onRow(Trial trial, Map<String, Object> row) {
            OptionalDouble value = Rows.number(row, metric);
            if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
                return false;
            }
            insert((mode == null ? Mode.MAX : mode).signed(value.getAsDouble()));
            boolean plateau = size == top && Spread.std(best) <= std;
            rowsOnPlateau = plateau ? rowsOnPlateau + 1 : 0;
            return rowsOnPlateau > 0 && rowsOnPlateau >= patience;
        }

        private void insert(double value) {
            if (size < top) {
                best[size++] = value;
                Arrays.sort(best, 0, size);
            } else if (value > best[0]) {
                best[0] = value;
                Arrays.sort(best);
            }
        }
    }
}
