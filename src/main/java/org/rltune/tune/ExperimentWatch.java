package org.rltune.tune;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Watches one run for a rule that can end all of it.
 *
 * <p>{@link #onRow} is called by one thread with every row once, trial by trial, in the computed order in which the tuner
 * handles arrivals: the same rows in the same order in every run, on any number of threads.
 */
public interface ExperimentWatch {

    /**
     * Returns whether the experiment ends. Trials that wait end at once, those that run at their next arrival.
     *
     * @param trial stands where its arrival left it; it does not run meanwhile
     */
    boolean onRow(Trial trial, Map<String, Object> row);

    /**
     * Returns after how many iterations a trial comes to be looked at, at the latest; at least 1. More is cheaper, for a
     * trial that comes back often leaves threads idle; {@link Integer#MAX_VALUE}: the watch needs no rows.
     */
    default int lookEvery() {
        return 1;
    }

    /**
     * Returns whether the experiment ends now, whatever the rows are. Asked after every iteration by the thread that runs the
     * trial; may depend on the clock, and then the rule says so among its {@link StopRule#exceptions}.
     */
    default boolean overdue() {
        return false;
    }

    /** Returns how far the experiment has come by this rule, from 0 to 1; empty if it cannot tell. */
    default OptionalDouble progress() {
        return OptionalDouble.empty();
    }

    /** The run is resumed: its earlier sessions ran for so many seconds. Called once, before anything else. */
    default void resumed(double secondsBefore) {}
}
