package org.rltune.experiments.fuzz;

/**
 * What became of one mutated input.
 *
 * @param kind what kind of end it was
 * @param message what the user was told; empty if nothing went wrong
 * @param seconds how long it took
 */
record Outcome(Kind kind, String message, double seconds) {
    /** The ends that there may be, and the one that must not be. */
    enum Kind {
        /** Refused with one line that names the file, and the line in it. */
        REFUSED_WITH_LINE("refused, with the line"),
        /** Refused with one line that names the file and the key, as for what only several keys together make wrong. */
        REFUSED("refused, with the key"),
        /** Accepted, and only planned (--dry-run). */
        PLANNED("accepted, planned only"),
        /** Accepted and run to its end. */
        RAN("accepted and run"),
        /** Accepted and run until a trial failed or a row showed what is wrong, which the user is told. */
        TRIALS_FAILED("accepted, failed while it ran"),
        /** What must not be: a stack trace, a hang, a folder that is left half written, an error without a name. */
        BAD("BAD");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
