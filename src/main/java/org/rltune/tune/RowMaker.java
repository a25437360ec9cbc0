package org.rltune.tune;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.tune.space.HyperParams;

/** Makes a row from what an iteration returned: counters, metrics, hyperparameters in force, times, who and where. */
final class RowMaker {
    static final String HOST = host();
    private static final long PID = ProcessHandle.current().pid();

    private final List<String> tuned;
    private final Row.Maker rows = new Row.Maker();

    /** @param tuned the hyperparameters that get a column and must be in force as ordered */
    RowMaker(Collection<String> tuned) {
        this.tuned = List.copyOf(tuned);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    /** Returns the metrics in the types of a row. */
    static Map<String, Object> metrics(Iteration iteration) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        iteration.metrics().forEach((name, value) -> {
            if (ResultColumns.OWN.contains(name) || name.startsWith(ResultColumns.CONFIG_PREFIX)) {
                throw new IllegalArgumentException("The trainable reported a metric named " + name
                        + ", but the tuner writes that column itself. Report it under another name.");
            }
            metrics.put(name, Rows.normal(name, value));
        });
        return metrics;
    }

    Row row(
            Trial trial,
            Map<String, Object> metrics,
            Counters counters,
            HyperParams inForce,
            double seconds,
            double total) {
        Map<String, Object> row = new LinkedHashMap<>();
        counters.putInto(row);
        metrics.forEach((name, value) -> {
            if (!ResultColumns.COUNTERS.contains(name)) {
                row.put(name, value);
            }
        });
        for (String name : tuned) {
            if (trial.config().contains(name)) { // not so while another value does away with it
                row.put(ResultColumns.CONFIG_PREFIX + name, inForce.get(name));
            }
        }
        row.put(ResultColumns.TIME_THIS_ITER_S, seconds);
        row.put(ResultColumns.TIME_TOTAL_S, total);
        row.put(ResultColumns.TIMESTAMP, Instant.now().getEpochSecond());
        row.put(ResultColumns.TRIAL_ID, trial.id());
        row.put(ResultColumns.EXPERIMENT_TAG, trial.tag());
        row.put(ResultColumns.HOSTNAME, HOST);
        row.put(ResultColumns.PID, PID);
        return rows.of(row);
    }

    /** Whether two values say the same: a trainable may use the 1 of a {@code choice(0.5, 1)} as 1.0. */
    private static boolean same(Object wanted, Object used) {
        if (wanted instanceof Number one && used instanceof Number other) {
            return one.equals(other)
                    || (one.doubleValue() == other.doubleValue() && one.longValue() == other.longValue());
        }
        if (wanted instanceof List<?> one && used instanceof List<?> other && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return wanted.equals(used);
    }

    /**
     * Compares what was in force with what was ordered.
     *
     * @throws IllegalStateException naming every hyperparameter that differs, with both values
     */
    void checkInForce(Trial trial, HyperParams ordered, HyperParams inForce) {
        StringBuilder wrong = new StringBuilder();
        for (String name : tuned) {
            if (!ordered.contains(name)) {
                continue;
            }
            Object wanted = ordered.get(name);
            Object used = inForce.contains(name) ? inForce.get(name) : "not reported";
            if (!same(wanted, used)) {
                wrong.append(wrong.length() == 0 ? "" : ", ")
                        .append(name)
                        .append(" was ordered as ")
                        .append(wanted);
                wrong.append(" but ").append(used).append(" was in force");
            }
        }
        if (wrong.length() > 0) {
            throw new IllegalStateException(trial.id() + ", iteration " + (trial.trainingIteration() + 1) + ": " + wrong
                    + ". The trainable must use and report every hyperparameter that is tuned; correct its create,"
                    + " configure or train.");
        }
    }
}
