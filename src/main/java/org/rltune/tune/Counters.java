package org.rltune.tune;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trial has done itself, and what was done along the lineage of its weights: after an exploit the lineage
 * continues from the donor's checkpoint while the own counters go on as if nothing had happened.
 *
 * @param own counts of this trial
 * @param base what to add to the own counts to get those of the lineage; may be negative
 * @param countsTimesteps whether the trainable reported {@code timesteps_this_iter}
 * @param countsEpisodes whether the trainable reported {@code episodes_this_iter}
 */
record Counters(Counts own, Counts base, boolean countsTimesteps, boolean countsEpisodes) {
    static final Counters START = new Counters(Counts.ZERO, Counts.ZERO, false, false);

    /** Iterations, timesteps and episodes. */
    record Counts(long iterations, long timesteps, long episodes) {
        static final Counts ZERO = new Counts(0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(iterations + other.iterations, timesteps + other.timesteps, episodes + other.episodes);
        }

        Counts minus(Counts other) {
            return new Counts(iterations - other.iterations, timesteps - other.timesteps, episodes - other.episodes);
        }
    }

    Counts lineage() {
        return own.plus(base);
    }

    /** Returns the counters after one more iteration with the given metrics. */
    Counters after(Map<String, Object> metrics) {
        long timesteps = increment(metrics, ResultColumns.TIMESTEPS_THIS_ITER);
        long episodes = increment(metrics, ResultColumns.EPISODES_THIS_ITER);
        return new Counters(
                own.plus(new Counts(1, timesteps, episodes)),
                base,
                countsTimesteps || metrics.containsKey(ResultColumns.TIMESTEPS_THIS_ITER),
                countsEpisodes || metrics.containsKey(ResultColumns.EPISODES_THIS_ITER));
    }

    /** Returns the counters of a trial that took over weights with the given lineage counts. */
    Counters adopting(Counts donorLineage) {
        return new Counters(own, donorLineage.minus(own), countsTimesteps, countsEpisodes);
    }

    private static long increment(Map<String, Object> metrics, String name) {
        Object value = metrics.get(name);
        if (value == null) {
            return 0;
        }
        if (!(value instanceof Long count) || count < 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", but it must be a whole number of at least 0. Correct the trainable.");
        }
        return count;
    }

    /** Puts the counters into a row. */
    void putInto(Map<String, Object> row) {
        Counts lineage = lineage();
        row.put(ResultColumns.TRAINING_ITERATION, own.iterations());
        if (countsTimesteps) {
            row.put(ResultColumns.TIMESTEPS_TOTAL, own.timesteps());
        }
        if (countsEpisodes) {
            row.put(ResultColumns.EPISODES_TOTAL, own.episodes());
        }
        row.put(ResultColumns.LINEAGE_TRAINING_ITERATION, lineage.iterations());
        if (countsTimesteps) {
            row.put(ResultColumns.LINEAGE_TIMESTEPS_TOTAL, lineage.timesteps());
        }
        if (countsEpisodes) {
            row.put(ResultColumns.LINEAGE_EPISODES_TOTAL, lineage.episodes());
        }
    }

    /** Returns the counters that a row was written with. */
    static Counters of(Map<String, Object> row) {
        Counts own = new Counts(
                Rows.counter(row, ResultColumns.TRAINING_ITERATION),
                Rows.counter(row, ResultColumns.TIMESTEPS_TOTAL),
                Rows.counter(row, ResultColumns.EPISODES_TOTAL));
        return new Counters(
                own,
                lineageOf(row).minus(own),
                row.containsKey(ResultColumns.TIMESTEPS_TOTAL),
                row.containsKey(ResultColumns.EPISODES_TOTAL));
    }

    /** Returns the lineage counts of a row. */
    static Counts lineageOf(Map<String, Object> row) {
        return new Counts(
                Rows.counter(row, ResultColumns.LINEAGE_TRAINING_ITERATION),
                Rows.counter(row, ResultColumns.LINEAGE_TIMESTEPS_TOTAL),
                Rows.counter(row, ResultColumns.LINEAGE_EPISODES_TOTAL));
    }

    /** Returns the counters of a row alone, for a checkpoint. */
    static Map<String, Object> columnsOf(Map<String, Object> row) {
        Map<String, Object> counters = new LinkedHashMap<>(row);
        counters.keySet().retainAll(ResultColumns.COUNTERS);
        return counters;
    }
}
