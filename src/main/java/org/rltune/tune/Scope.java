package org.rltune.tune;

/** Which of a trial's scores speaks for it when trials are compared. */
public enum Scope {
    /** The last one that it reported. */
    LAST,
    /** The best one that it reported. */
    BEST,
    /** The mean of all that it reported. */
    AVG
}
