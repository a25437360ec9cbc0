package org.rltune.tune.file;

import org.jspecify.annotations.Nullable;

/** A value of a file that is not allowed; the message begins with the file and the line. */
final class PlacedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PlacedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
