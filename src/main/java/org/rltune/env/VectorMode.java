package org.rltune.env;

/** How the environments of a vector are made and stepped; all give the same bits. */
public enum VectorMode {
    /** One {@link Env} each, stepped one after the other on the caller's thread. */
    SYNC,

    /** One {@link Env} each, stepped by several threads, each its own part: for steps of 50 microseconds and more. */
    THREADED,

    /** All at once, by the spec's {@link EnvSpec#withVectorEntryPoint vector entry point}. */
    VECTOR_ENTRY_POINT
}
