package org.rltune.env;

import org.jspecify.annotations.Nullable;

/** An environment failed or broke its own contract; the message names the environment, its place and the value. */
public final class EnvException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** A failure with its cause, if it had one. */
    public EnvException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
