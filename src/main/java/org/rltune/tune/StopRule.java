package org.rltune.tune;

import java.util.Map;
import java.util.OptionalDouble;

/** Says when a trial has had enough. Several rules combine: the first that fires ends the trial. */
@FunctionalInterface
public interface StopRule {

    /**
     * Returns whether the trial ends after this row. Called once for each row, in order, from the thread that runs the
     * trial; the answer may depend on the trial's rows only.
     */
    boolean shouldStop(Trial trial, Map<String, Object> row);

    /** Returns how far the trial has come by this rule, from 0 to 1; empty if the rule cannot tell. */
    default OptionalDouble progress(Trial trial) {
        return OptionalDouble.empty();
    }

    /**
     * Ends a trial when its row's value is at least the given one, as in Ray Tune, whatever the mode. Counters are the
     * trial's own: {@code training_iteration} 50 is fifty iterations of this trial, also after it copied another one.
     *
     * @param key a column, nested ones with "/"
     * @throws IllegalArgumentException if the value is not finite, or not positive where the key is a counter
     */
    static StopRule atLeast(String key, double value) {
        return new StopAtLeast(key, value);
    }
}
