package org.rltune.tune;

/** A failure of an earlier run, known by its message only; the stack trace is in the trial's {@code error.txt}. */
final class RecordedFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecordedFailure(String message) {
        super(message, null, false, false);
    }
}
