package org.rltune.tune;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;

/**
 * One run of a function on a thread of its own, in lock step with the thread that trains: one of the two works, the other
 * waits.
 */
final class FunctionRun {
    private static final System.Logger LOG = System.getLogger(FunctionRun.class.getName());
    private static final long PATIENCE_MILLIS = 10_000;

    /** What the function did until it waits again, or ended. */
    sealed interface Event {}

    /** It reported. */
    record Reported(Map<String, Object> metrics, byte @Nullable [] checkpoint) implements Event {}

    /** It returned, or threw. */
    record Ended(@Nullable Throwable error) implements Event {}

    /** Semaphores, for a queue or a condition makes a ForkJoinPool start another thread for the one that waits. */
    private final Semaphore turn = new Semaphore(0);

    private final Semaphore told = new Semaphore(0);
    private volatile @Nullable Event event;
    private final Thread thread;
    private volatile boolean closed;

    FunctionRun(TrainableFunction function, TrialContext context, byte @Nullable [] checkpoint, int iteration) {
        RunSession session = new RunSession(context, checkpoint, iteration);
        this.thread = new Thread(() -> run(function, session), "rltune-" + context.trialId());
        thread.setDaemon(true);
        // Threads of a pool may see other class loaders, and so no plug-ins.
        thread.setContextClassLoader(function.getClass().getClassLoader());
        thread.start();
    }

    /** Lets the function work until it reports or ends. */
    Event next() {
        turn.release();
        try {
            told.acquire();
            return Objects.requireNonNull(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new CancellationException("The thread that trains was interrupted.");
        }
    }

    /** Makes the function end where it waits. */
    void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} does not end though it was interrupted; its function catches CancellationException.",
                    thread.getName());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(TrainableFunction function, RunSession session) {
        Throwable error = null;
        try {
            turn.acquire();
            function.train(session.config(), session);
        } catch (Throwable e) {
            error = e;
        }
        event = new Ended(error);
        told.release();
    }

    private final class RunSession implements Session {
        private final TrialContext context;
        private final byte @Nullable [] checkpoint;
        private int iteration;
        private boolean asked;

        RunSession(TrialContext context, byte @Nullable [] checkpoint, int iteration) {
            this.context = context;
            this.checkpoint = checkpoint;
            this.iteration = iteration;
        }

        @Override
        public void report(Map<String, ?> metrics) {
            tell(metrics, null);
        }

        @Override
        public void report(Map<String, ?> metrics, byte[] bytes) {
            tell(metrics, bytes.clone());
        }

        private void tell(Map<String, ?> metrics, byte @Nullable [] bytes) {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException(
                        "report was called by the thread "
                                + Thread.currentThread().getName()
                                + ", but only the function's own thread may call it. Collect the metrics there and report once.");
            }
            if (checkpoint != null && !asked) {
                throw new IllegalStateException(
                        "The function of " + context.trialId() + " reported without having asked for"
                                + " session.checkpoint(): it would have started from nothing. Restore what it holds first.");
            }
            Map<String, Object> copy = Collections.unmodifiableMap(Rows.ordered(metrics));
            try {
                if (closed) {
                    throw cancelled();
                }
                event = new Reported(copy, bytes);
                told.release();
                turn.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cancelled();
            }
            iteration++;
        }

        private CancellationException cancelled() {
            return new CancellationException("The trial " + context.trialId() + " goes on no more.");
        }

        @Override
        public Optional<byte[]> checkpoint() {
            asked = true;
            return checkpoint == null ? Optional.empty() : Optional.of(checkpoint.clone());
        }

        @Override
        public HyperParams config() {
            return context.config();
        }

        @Override
        public String trialId() {
            return context.trialId();
        }

        @Override
        public int iteration() {
            return iteration;
        }

        @Override
        public Seeds seeds() {
            return context.seeds();
        }
    }
}
