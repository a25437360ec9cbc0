package org.rltune.tune;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far an experiment has come, kept up to date row by row: asking costs the same for ten trials and for ten thousand.
 * Safe for use by threads.
 */
final class ProgressMeter {
    private final List<StopRule> stopRules;
    private int total;
    private int made;
    private int reported;
    private int unknown;
    private double sum;

    /** @param total how many trials there will be at most */
    ProgressMeter(List<StopRule> stopRules, int total) {
        this.stopRules = stopRules;
        this.total = total;
    }

    /** How far one trial has come; negative where no rule can tell. */
    static final class Share {
        private double value;
        private boolean reported;
    }

    synchronized void made(Trial trial) {
        made++;
        add(trial.share().value = of(trial));
    }

    /** A trial has a new row, or has ended. */
    void changed(Trial trial) {
        double now = of(trial); // rules may be slow: not under the lock
        boolean row = trial.lastRow() != null;
        synchronized (this) {
            Share share = trial.share();
            remove(share.value);
            add(share.value = now);
            reported += row && !share.reported ? 1 : 0;
            share.reported |= row;
        }
    }

    /** There will be no more trials than have been made. */
    synchronized void complete() {
        total = made;
    }

    synchronized int totalTrials() {
        return total;
    }

    synchronized boolean everyTrialReported() {
        return made > 0 && reported == made;
    }

    synchronized OptionalDouble progress() {
        return unknown > 0 || made == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, sum / total));
    }

    private void add(double share) {
        sum += Math.max(0, share);
        unknown += share < 0 ? 1 : 0;
    }

    private void remove(double share) {
        sum -= Math.max(0, share);
        unknown -= share < 0 ? 1 : 0;
    }

    private double of(Trial trial) {
        if (trial.status().ended()) {
            return 1;
        }
        double furthest = -1;
        for (StopRule rule : stopRules) {
            OptionalDouble progress = rule.progress(trial);
            furthest = Math.max(furthest, progress.orElse(-1));
        }
        return furthest;
    }
}
