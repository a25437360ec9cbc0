package org.rltune.tune;

/** What a trial is doing. */
public enum TrialStatus {
    /** Has not begun. */
    PENDING,
    /** Is training, or waits for a free thread to do so. */
    RUNNING,
    /** Waits for a decision of the scheduler, its state in memory. */
    PAUSED,
    /** Has ended in order: a stop rule fired or the scheduler stopped it. */
    TERMINATED,
    /** Has failed; see {@code error.txt} in its folder. */
    ERROR;

    /** Returns whether nothing more will come from the trial. */
    public boolean ended() {
        return this == TERMINATED || this == ERROR;
    }
}
