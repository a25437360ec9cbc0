package org.rltune.tune;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the whole experiment is to end in order, by the watches of its stop rules. */
final class StopAll {
    private final Map<StopRule, ExperimentWatch> watches = new LinkedHashMap<>();
    private final int lookEvery;

    /** How many rows of each trial were looked at; used by the main loop only. */
    private final Map<Trial, Integer> seen = new LinkedHashMap<>();

    private @Nullable String seenReason;
    private volatile @Nullable String overdueReason;

    private BooleanSupplier held = () -> false;
    private volatile boolean asRecorded;

    /** @param secondsBefore for how long earlier sessions of the run ran */
    StopAll(List<StopRule> rules, double secondsBefore) {
        rules.forEach(rule -> rule.watch().ifPresent(watch -> watches.put(rule, watch)));
        watches.values().forEach(watch -> watch.resumed(secondsBefore));
        this.lookEvery = watches.values().stream()
                .mapToInt(ExperimentWatch::lookEvery)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Returns after how many iterations a trial must be looked at; the largest int if never. */
    int lookEvery() {
        return lookEvery;
    }

    /** Returns whether any watch needs rows: then trials depend on each other. */
    boolean looks() {
        return lookEvery != Integer.MAX_VALUE;
    }

    /** As long as this holds the clock ends nothing: what an earlier session recorded is played again. */
    void hold(BooleanSupplier held) {
        this.held = held;
    }

    /** Ends the experiment as an earlier session did. */
    void endAsRecorded(String reason) {
        overdueReason = reason;
        asRecorded = true;
    }

    /** Shows the watches the rows that a trial has added since it was looked at last. Called by the main loop. */
    void look(Trial trial) {
        List<Map<String, Object>> rows = trial.rows();
        int from = seen.getOrDefault(trial, 0);
        seen.put(trial, rows.size());
        for (Map<String, Object> row : rows.subList(from, rows.size())) {
            watches.forEach((rule, watch) -> {
                if (watch.onRow(trial, row) && seenReason == null) {
                    seenReason = StopTexts.of(rule) + " (" + trial.id() + ", iteration "
                            + Rows.counter(row, ResultColumns.TRAINING_ITERATION) + ")";
                }
            });
        }
    }

    /** Returns why the experiment is to end, or null. Called by the main loop. */
    @Nullable
    String reason() {
        return seenReason != null ? seenReason : overdue();
    }

    /** Ends the experiment in order: trials that run stop after their current iteration. Safe to call from any thread. */
    void end(String reason) {
        overdueReason = reason;
    }

    /** Returns why the experiment is to end at once, by the clock or otherwise, or null. Safe to call from any thread. */
    @Nullable
    String overdue() {
        if (!asRecorded && held.getAsBoolean()) {
            return null;
        }
        if (overdueReason == null) {
            watches.forEach((rule, watch) -> {
                if (watch.overdue()) {
                    overdueReason = StopTexts.of(rule);
                }
            });
        }
        return overdueReason;
    }

    OptionalDouble progress() {
        return watches.values().stream()
                .map(ExperimentWatch::progress)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }
}
