package org.rltune.env;

/** No environment is registered under this id; the message says which part is unknown and what was probably meant. */
public final class UnknownEnvException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Which part of the id is unknown; Gymnasium has an exception class for each. */
    public enum Reason {
        /** No environment has this namespace: Gymnasium's {@code NamespaceNotFound}. */
        NAMESPACE,
        /** No environment of the namespace has this name: Gymnasium's {@code NameNotFound}. */
        NAME,
        /** The environment has no such version: Gymnasium's {@code VersionNotFound}. */
        VERSION,
        /** The environment has newer versions only: Gymnasium's {@code DeprecatedEnv}. */
        OLD_VERSION
    }

    private final Reason reason;

    UnknownEnvException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Which part of the id is unknown. */
    public Reason reason() {
        return reason;
    }
}
