package org.rltune.tune;

import org.jspecify.annotations.Nullable;

/** Says what to do when a trial has used up memory or stack, which the errors of the JVM do not. */
final class Exhaustion {
    private static final int DEEPEST_CAUSE = 50;
    private static final long MIB = 1 << 20;

    private Exhaustion() {}

    /** Returns whether the heap was used up, so that memory must be freed before anything else is done. */
    static boolean ofMemory(Throwable error) {
        return cause(error, OutOfMemoryError.class) != null;
    }

    /** Returns an error with the remedy in its message and the given one as its cause; others are returned as they are. */
    static Throwable explained(Throwable error) {
        Throwable memory = cause(error, OutOfMemoryError.class);
        if (memory != null) {
            return new IllegalStateException(
                    "The trial ran out of memory (" + memory + "); the heap may grow to "
                            + Runtime.getRuntime().maxMemory() / MIB + " MiB. Give the JVM more (-Xmx), make the trial"
                            + " smaller (train_batch_size, num_envs_per_worker, fcnet_hiddens), or let fewer trials be"
                            + " under way (max_concurrent_trials, threads).",
                    error);
        }
        Throwable stack = cause(error, StackOverflowError.class);
        if (stack != null) {
            return new IllegalStateException(
                    "The trial used up the stack of its thread (" + stack + "). Look in error.txt for calls that repeat"
                            + " without end; if the depth is meant, give threads more stack (-Xss, or"
                            + " -XX:ThreadStackSize for all).",
                    error);
        }
        return error;
    }

    private static @Nullable Throwable cause(Throwable error, Class<? extends Throwable> type) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(cause)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }
}
