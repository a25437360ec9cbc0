package org.rltune.env;

/** A step was asked for before the first reset or after the end of an episode. */
public final class ResetNeededException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Says which step was refused. */
    public ResetNeededException(String message) {
        super(message);
    }
}
