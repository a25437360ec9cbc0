package org.rltune.env;

import org.jspecify.annotations.Nullable;

/** One environment of a batch failed; the vector environment adds its place, episode and step. */
final class BatchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int index;

    BatchFailure(int index, String what, @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.index = index;
    }

    /** The place among the environments. */
    int index() {
        return index;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
