package org.rltune.env;

/** Names an environment of a vector in errors. */
record VectorPlace(String id, int workerIndex) {
    /** What stands before the error: which environment, which episode, and which of its steps. */
    String of(int e, long episode, int step) {
        return of(e) + ", episode " + episode + ", step " + step + ": ";
    }

    String of(int e) {
        return id + " (worker " + workerIndex + ", vector index " + e + ")";
    }
}
