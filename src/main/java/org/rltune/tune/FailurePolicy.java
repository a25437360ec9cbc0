package org.rltune.tune;

/**
 * What happens when a trial fails.
 *
 * @param maxFailures how often a trial is tried again; -1 for ever
 * @param failFast whether the first trial that fails ends the whole run
 */
record FailurePolicy(int maxFailures, boolean failFast) {
    FailurePolicy {
        if (failFast && maxFailures != 0) {
            throw new IllegalArgumentException("max_failures is " + maxFailures
                    + ", but fail_fast ends the run with the" + " first failure. Set one of the two only.");
        }
    }

    /** Returns whether a trial that has failed so often is tried again. */
    boolean triesAgain(int failures) {
        return maxFailures < 0 || failures <= maxFailures;
    }

    /** Returns such as {@code attempt 2 of 4}. */
    String attempt(int failures) {
        return "attempt " + failures + (maxFailures < 0 ? "" : " of " + (maxFailures + 1));
    }
}
