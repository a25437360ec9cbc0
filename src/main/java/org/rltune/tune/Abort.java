package org.rltune.tune;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Why the whole run ends early, once something happened that is not one trial's own failure. */
final class Abort {
    private final AtomicReference<@Nullable RuntimeException> cause = new AtomicReference<>();

    /** An error inside a slice that concerns the whole run; the cause is what the user sees. */
    static final class Fatal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient RuntimeException reason;

        Fatal(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }

        RuntimeException reason() {
            return reason;
        }
    }

    /** The first cause counts; later ones are attached to it. */
    void raise(RuntimeException e) {
        RuntimeException first = cause.compareAndExchange(null, e);
        if (first != null && first != e) {
            first.addSuppressed(e);
        }
    }

    boolean raised() {
        return cause.get() != null;
    }

    @Nullable
    RuntimeException cause() {
        return cause.get();
    }
}
