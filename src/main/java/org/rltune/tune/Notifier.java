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
            } catch (VirtualMachineError e) {
                throw e; // whoever called cannot go on either
            } catch (RuntimeException | Error e) {
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

        ListenerFailure(RunListener listener, Throwable cause) {
            super("The run's listener " + name(listener.getClass()) + " failed: " + said(cause), cause);
        }

        /** Classes without a name of their own are known by where they stand. */
        private static String name(Class<?> type) {
            return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
        }

        private static String said(Throwable cause) {
            String message = cause.getMessage();
            return message == null || cause instanceof Error ? cause.toString() : message;
        }
    }
}
