package org.rltune.tune;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells all listeners, one call at a time. The first listener that fails ends the run: what it was to write down would be
 * lost otherwise.
 */
final class Notifier {
    private final List<RunListener> listeners;

    Notifier(List<RunListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Tells each; one that fails does not keep the others from hearing it. */
    void tell(Consumer<RunListener> what) {
        tell(false, what);
    }

    /** Tells each, or of what an earlier session has told already only those who want to hear it again. */
    synchronized void tell(boolean replayed, Consumer<RunListener> what) {
        RuntimeException first = null;
        for (RunListener listener : listeners) {
            try {
                if (!replayed || listener.hearsReplay()) {
                    what.accept(listener);
                }
            } catch (RuntimeException e) {
                RuntimeException named = new ListenerFailure(listener, e);
                if (first == null) {
                    first = named;
                } else {
                    first.addSuppressed(named);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A listener failed; not the trial's fault. */
    static final class ListenerFailure extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        ListenerFailure(RunListener listener, RuntimeException cause) {
            super("The run's " + listener.getClass().getSimpleName() + " failed: " + cause.getMessage(), cause);
        }
    }
}
