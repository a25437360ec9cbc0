package org.rltune.env;

/** No environment is registered under this id; the message lists what is, and the nearest name. */
public final class UnknownEnvException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Says which id is unknown. */
    public UnknownEnvException(String message) {
        super(message);
    }
}
