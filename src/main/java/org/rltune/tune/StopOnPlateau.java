package org.rltune.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Ends a trial whose column has stopped moving: the standard deviation (over n) of its last values is below a bound. The
 * rule of Ray Tune's {@code TrialPlateauStopper}; rows without a number in the column are passed over.
 */
public final class StopOnPlateau implements StopRule {
    private final String metric;
    private final double std;
    private final int numResults;
    private final int gracePeriod;
    private final @Nullable Double metricThreshold;
    private final @Nullable Mode mode;

    private StopOnPlateau(
            String metric,
            double std,
            int numResults,
            int gracePeriod,
            @Nullable Double metricThreshold,
            @Nullable Mode mode) {
        this.metric = Check.notBlank("the metric of a plateau", metric);
        this.std = Check.positive("std", std);
        this.numResults = Check.atLeast("num_results", numResults, 2);
        this.gracePeriod = Check.atLeast("grace_period", gracePeriod, 0);
        this.metricThreshold = metricThreshold;
        this.mode = mode;
    }

    static StopOnPlateau of(String metric) {
        return new StopOnPlateau(metric, 0.01, 4, 4, null, null);
    }

    /** Sets the bound that the standard deviation must be below; above 0; default 0.01. */
    public StopOnPlateau std(double std) {
        return new StopOnPlateau(metric, std, numResults, gracePeriod, metricThreshold, mode);
    }

    /** Sets over how many of the last values it is taken; at least 2; default 4. */
    public StopOnPlateau numResults(int numResults) {
        return new StopOnPlateau(metric, std, numResults, gracePeriod, metricThreshold, mode);
    }

    /** Sets how many rows a trial has before it can end by this rule; at least 0; default 4. */
    public StopOnPlateau gracePeriod(int rows) {
        return new StopOnPlateau(metric, std, numResults, rows, metricThreshold, mode);
    }

    /** Lets the rule fire only where the newest value is at least as good as this one; the run's mode says what is good. */
    public StopOnPlateau metricThreshold(double value) {
        return new StopOnPlateau(metric, std, numResults, gracePeriod, Check.finite("metric_threshold", value), mode);
    }

    /** Sets which values are good, for {@link #metricThreshold}; default: the run's mode, if the metric is the run's. */
    public StopOnPlateau mode(Mode mode) {
        return new StopOnPlateau(metric, std, numResults, gracePeriod, metricThreshold, mode);
    }

    @Override
    public StopRule bind(String runMetric, Mode runMode) {
        if (metricThreshold == null || mode != null) {
            return this;
        }
        if (!metric.equals(runMetric)) {
            throw new IllegalArgumentException("The stop rule " + this + " has a metric_threshold, but " + metric
                    + " is not the metric of the run, so it is not known which values are good. Add mode(Mode.MIN) or"
                    + " mode(Mode.MAX).");
        }
        return mode(runMode);
    }

    @Override
    public boolean shouldStop(Trial trial, Map<String, Object> row) {
        OptionalDouble newest = Rows.number(row, metric);
        if (newest.isEmpty() || !goodEnough(newest.getAsDouble())) {
            return false;
        }
        List<Map<String, Object>> rows = trial.rows();
        int end = rows.size();
        while (end > 0 && rows.get(end - 1) != row) {
            end--; // the row may be one of several that are looked at late
        }
        if (end < gracePeriod) {
            return false;
        }
        double[] last = new double[numResults];
        int found = 0;
        for (int i = end - 1; i >= 0 && found < numResults; i--) {
            OptionalDouble value = Rows.number(rows.get(i), metric);
            if (value.isPresent()) {
                last[found++] = value.getAsDouble();
            }
        }
        return found == numResults && Spread.std(last) < std;
    }

    private boolean goodEnough(double value) {
        Double threshold = metricThreshold;
        Mode better = mode;
        return threshold == null || better == null || better.signed(value) >= better.signed(threshold);
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
        json.put("plateau", metric);
        json.put("std", std);
        json.put("num_results", numResults);
        json.put("grace_period", gracePeriod);
        if (metricThreshold != null) {
            json.put("metric_threshold", metricThreshold);
        }
        if (mode != null) {
            json.put("mode", mode.name());
        }
        return json;
    }

    @Override
    public String toString() {
        return "plateau of " + metric + " (std < " + std + ", num_results " + numResults + ", grace_period "
                + gracePeriod + (metricThreshold == null ? "" : ", metric_threshold " + metricThreshold)
                + (mode == null ? "" : ", mode " + mode) + ")";
    }
}
