package org.rltune.tune;

/** Whether a metric is better when it is larger or when it is smaller. */
public enum Mode {
    /** Larger is better. */
    MAX,
    /** Smaller is better. */
    MIN;

    /** Returns the value with its sign set so that larger is better. */
    public double signed(double value) {
        return this == MAX ? value : -value;
    }
}
