package org.rltune.tune;

/** The version of rltune, as recorded with every run; a test compares it with the build's. */
public final class Version {
    /** The version. */
    public static final String RLTUNE = "0.1.0-SNAPSHOT";

    private Version() {}
}
