package org.rltune.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns that the tuner adds to a trainable's metrics, and which columns are no part of the result. */
public final class ResultColumns {
    public static final String TRAINING_ITERATION = "training_iteration";
    public static final String TIMESTEPS_TOTAL = "timesteps_total";
    public static final String EPISODES_TOTAL = "episodes_total";
    public static final String LINEAGE_TRAINING_ITERATION = "lineage_training_iteration";
    public static final String LINEAGE_TIMESTEPS_TOTAL = "lineage_timesteps_total";
    public static final String LINEAGE_EPISODES_TOTAL = "lineage_episodes_total";
    public static final String TIMESTEPS_THIS_ITER = "timesteps_this_iter";
    public static final String EPISODES_THIS_ITER = "episodes_this_iter";
    public static final String TIME_THIS_ITER_S = "time_this_iter_s";
    public static final String TIME_TOTAL_S = "time_total_s";
    public static final String TIMESTAMP = "timestamp";
    public static final String TRIAL_ID = "trial_id";
    public static final String EXPERIMENT_TAG = "experiment_tag";
    public static final String HOSTNAME = "hostname";
    public static final String PID = "pid";

    /** Hyperparameters in force stand in columns with this prefix. */
    public static final String CONFIG_PREFIX = "config/";

    /** Counters that the tuner keeps; what a trainable reports under these names is replaced. */
    static final List<String> COUNTERS = List.of(
            TRAINING_ITERATION,
            TIMESTEPS_TOTAL,
            EPISODES_TOTAL,
            LINEAGE_TRAINING_ITERATION,
            LINEAGE_TIMESTEPS_TOTAL,
            LINEAGE_EPISODES_TOTAL);

    /** Columns that a trainable may not report. */
    static final List<String> OWN =
            List.of(TIME_THIS_ITER_S, TIME_TOTAL_S, TIMESTAMP, TRIAL_ID, EXPERIMENT_TAG, HOSTNAME, PID);

    private static final List<String> VOLATILE =
            List.of(TIME_THIS_ITER_S, TIME_TOTAL_S, TIMESTAMP, "date", HOSTNAME, PID, "timers");

    private ResultColumns() {}

    /**
     * Returns whether a column speaks of time, host or process: it differs from run to run, is no part of the result
     * and does not count in the digest. Everything below {@code timers} is such a column.
     */
    public static boolean isVolatile(String column) {
        return VOLATILE.contains(column) || column.startsWith("timers/");
    }

    /** Returns the row without its volatile columns. */
    public static Map<String, Object> withoutVolatile(Map<String, Object> row) {
        Map<String, Object> kept = new LinkedHashMap<>(row);
        kept.keySet().removeIf(ResultColumns::isVolatile);
        return Collections.unmodifiableMap(kept);
    }
}
