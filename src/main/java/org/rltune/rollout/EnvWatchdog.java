package org.rltune.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs what uses environments on threads of its own, and gives such a thread up when the environments do not answer in time.
 *
 * <p>A thread that hangs in foreign code cannot be stopped. It is interrupted, which ends a wait, and left behind as a daemon,
 * which keeps no JVM alive; the caller gets an {@link EnvTimeoutException} with the stacks of all threads. Whether the caller
 * gets one depends on the clock; what an environment gives that answers does not.
 */
public final class EnvWatchdog {
    private static final long LONGEST_POLL_NANOS = 100_000_000;

    private final String owner;
    private final double timeoutSeconds;
    private final long timeoutNanos;

    /**
     * One piece of work with environments.
     *
     * @param what names it in errors and as a thread, such as {@code worker 2}
     * @param run the work
     * @param activity a number that changes while environments answer
     * @param abandon is called when the work is given up
     */
    public record Work(String what, Runnable run, LongSupplier activity, Runnable abandon) {
        /** The collecting, or another use, of the environments of a worker. */
        public static Work of(RolloutWorker worker, int index, Runnable run) {
            return new Work("worker " + index, run, worker::activity, worker::abandon);
        }
    }

    /**
     * Makes a watchdog.
     *
     * @param owner whose environments they are, for errors and the names of threads: such as {@code t00003}
     * @param timeoutSeconds how long they may take for a step or a reset, above 0
     */
    public EnvWatchdog(String owner, double timeoutSeconds) {
        this.owner = owner;
        this.timeoutSeconds = timeoutSeconds;
        this.timeoutNanos = (long) Math.min(Long.MAX_VALUE / 4.0, timeoutSeconds * 1e9);
    }

    /**
     * Does all of the work side by side and waits for its end.
     *
     * @throws EnvTimeoutException if the environments of one do not answer in time; all are given up then
     */
    public void run(List<Work> work) {
        List<Watched> all = work.stream().map(Watched::new).collect(Collectors.toCollection(ArrayList::new));
        all.forEach(watched -> watched.thread.start());
        List<Watched> open = new ArrayList<>(all);
        while (!open.isEmpty()) {
            Watched first = open.get(0);
            if (first.endsWithin(Math.min(LONGEST_POLL_NANOS, timeoutNanos / 4), all)) {
                open.remove(0);
            }
            long now = System.nanoTime();
            for (Watched one : open) {
                if (one.isSilent(now)) {
                    throw giveUp(one, all);
                }
            }
        }
        for (Watched one : all) {
            one.rethrow();
        }
    }

    private EnvTimeoutException giveUp(Watched hanging, List<Watched> all) {
        ThreadDump stacks = ThreadDump.withFirst(hanging.thread);
        String place = Stream.of(hanging.thread.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk."))
                .findFirst()
                .map(frame -> " It stands in " + frame.getClassName() + "." + frame.getMethodName() + " ("
                        + frame.getFileName() + ":" + frame.getLineNumber() + ").")
                .orElse("");
        all.forEach(Watched::abandon);
        return new EnvTimeoutException(
                String.format(
                        Locale.ROOT,
                        "%s: an environment of %s has not answered for %s s (env_step_timeout_s).%s Its thread is given up."
                                + " Correct the environment, give it more time, or let the trial be tried again"
                                + " (max_failures).",
                        owner,
                        hanging.work.what(),
                        Double.toString(timeoutSeconds),
                        place),
                stacks);
    }

    /** A piece of work and its thread. */
    private final class Watched {
        final Work work;
        final FutureTask<Void> task;
        final Thread thread;
        private long seen;
        private long since = System.nanoTime();

        Watched(Work work) {
            this.work = work;
            this.task = new FutureTask<>(work.run(), null);
            this.thread =
                    new Thread(task, "rltune-env-" + owner + "-" + work.what().replace(' ', '-'));
            thread.setDaemon(true);
            this.seen = work.activity().getAsLong();
        }

        boolean endsWithin(long nanos, List<Watched> all) {
            try {
                task.get(nanos, TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                return true; // rethrown when all have ended
            } catch (InterruptedException e) {
                all.forEach(Watched::abandon);
                Thread.currentThread().interrupt();
                throw new IllegalStateException(owner + " was interrupted while it waited for its environments.", e);
            }
        }

        boolean isSilent(long now) {
            long present = work.activity().getAsLong();
            if (present != seen) {
                seen = present;
                since = now;
            }
            return !task.isDone() && now - since > timeoutNanos;
        }

        void abandon() {
            work.abandon().run();
            thread.interrupt();
        }

        void rethrow() {
            try {
                task.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(owner + " was interrupted.", e);
            }
        }
    }
}
