package org.rltune.tune;

/** Which of a trial's scores speaks for it when trials are compared. */
public enum Scope {
    /** The last one that it reported. */
    LAST,
    /** The best one that it reported. */
    BEST,
    /** The mean of all that it reported. */
    AVG,
    /** The mean of the last five that it reported, or of all if they are fewer. */
    LAST_5_AVG,
    /** The mean of the last ten that it reported, or of all if they are fewer. */
    LAST_10_AVG;

    /** Returns of how many of the last scores the mean is taken; the largest int for all of them. */
    int window() {
        return switch (this) {
            case LAST, BEST -> 1;
            case AVG -> Integer.MAX_VALUE;
            case LAST_5_AVG -> 5;
            case LAST_10_AVG -> 10;
        };
    }
}
