package org.rltune.tune.log;

import java.util.OptionalDouble;

/**
 * Decides when a reporter that writes into a pipe says something: a table when every trial has reported and at each
 * quarter of the way, a line at each twentieth, and at growing intervals where the way is long or unknown. The number of
 * lines grows with the logarithm of the time, never with the number of results.
 */
final class ReportPace {
    /** What to print. */
    enum Print {
        NOTHING,
        LINE,
        TABLE
    }

    private static final int STEPS = 20;
    private static final double FIRST_INTERVAL_SECONDS = 15;
    private static final double LONGEST_INTERVAL_SECONDS = 1800;

    private int step;
    private boolean begun;
    private int lines;
    private double interval = FIRST_INTERVAL_SECONDS;
    private double lastSeconds;

    /** Returns what to print now. */
    Print next(OptionalDouble progress, double elapsedSeconds, boolean everyTrialReported) {
        int reached = (int) Math.floor(progress.orElse(0) * STEPS + 1e-9);
        if (reached >= STEPS) {
            return Print.NOTHING;
        }
        boolean first = everyTrialReported && !begun;
        boolean quarter = reached / 5 > step / 5;
        boolean due = elapsedSeconds - lastSeconds >= interval;
        boolean further = reached > step;
        step = Math.max(step, reached);
        if (!first && !further && !due) {
            return Print.NOTHING;
        }
        if (due && !further) {
            interval = Math.min(2 * interval, LONGEST_INTERVAL_SECONDS);
        }
        begun |= everyTrialReported;
        lastSeconds = elapsedSeconds;
        lines++;
        return first || quarter || (progress.isEmpty() && lines % 5 == 0) ? Print.TABLE : Print.LINE;
    }
}
