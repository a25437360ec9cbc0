package org.rltune.rollout;

/**
 * An environment did not answer in time. The cause holds the stacks of all threads at that moment.
 */
public final class EnvTimeoutException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    EnvTimeoutException(String message, Throwable stacks) {
        super(message, stacks);
    }
}
