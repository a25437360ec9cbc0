package org.rltune.ppo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The calling thread and whatever threads of its pool have nothing else to do, at work on one set of shards after the
 * other.
 *
 * <p>Waking a thread takes longer (50 us) than a minibatch of 128 samples, so a helper that has come stays until the team
 * is closed, and looks for shards in a loop. It leaves when its pool is given other work. On a machine that is busy with
 * something else a helper may lose its core in the middle of a shard, and everybody waits for it: where that happens again
 * and again, the team goes on without helpers. Who works on which shard differs from run to run; the shards and what
 * becomes of them do not.
 */
final class Team implements AutoCloseable {
    /** Work on one shard. */
    interface Work {
        /**
         * Does the work.
         *
         * @param lane number of the thread, below {@link Team#lanes}; no two threads have the same one at a time
         * @param shard number of the shard
         */
        void run(int lane, int shard);
    }

    /** Turns of a waiting loop before the thread offers its core to others, some 20 us. */
    private static final int SPINS = 1000;
    /** A wait is long from here on, if it is also longer than the waiting thread worked itself. */
    private static final long LONG_WAIT_NANOS = 1_000_000;
    /** Long waits after which helpers are sent away. */
    private static final int PATIENCE = 3;

    private final Work work;
    private final List<ForkJoinTask<?>> helpers = new ArrayList<>();
    private final AtomicInteger lanesTaken = new AtomicInteger(1);
    private final AtomicInteger unclaimed = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;
    private int longWaits;

    /** Calls for helpers; {@code lanes} counts the calling thread too. */
    Team(int lanes, Work work) {
        this.work = work;
        for (int i = 1; i < lanes; i++) {
            helpers.add(ForkJoinTask.adapt(this::help).fork());
        }
    }

    /** Threads that the pool of the calling thread has; outside of one, those of the common pool and the caller. */
    static int threads() {
        ForkJoinPool pool = ForkJoinTask.getPool();
        return pool != null ? pool.getParallelism() : ForkJoinPool.getCommonPoolParallelism() + 1;
    }

    /** Number of threads that may come, the calling one included; 1 after helpers were sent away. */
    int lanes() {
        return gaveUp() ? 1 : helpers.size() + 1;
    }

    /** Whether helpers were sent away because they were waited for too often. */
    boolean gaveUp() {
        return longWaits >= PATIENCE;
    }

    /** Has every shard from 0 to {@code shards - 1} worked on, each once, and returns when all are finished. */
    void run(int shards) {
        long start = System.nanoTime();
        unfinished.set(shards);
        unclaimed.set(shards);
        takeShards(0);
        long waiting = System.nanoTime();
        for (int spins = 0; unfinished.get() > 0; spins++) {
            pause(spins);
        }
        long waited = System.nanoTime() - waiting;
        longWaits += waited > LONG_WAIT_NANOS && waited > waiting - start ? 1 : 0;
        closed |= gaveUp();
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void help() {
        int lane = lanesTaken.getAndIncrement();
        for (int spins = 0; !closed && !wantedElsewhere(); spins++) {
            if (unclaimed.get() > 0) {
                takeShards(lane);
                spins = 0;
            } else {
                pause(spins);
            }
        }
    }

    private static boolean wantedElsewhere() {
        ForkJoinPool pool = ForkJoinTask.getPool();
        return pool != null && pool.hasQueuedSubmissions();
    }

    private void takeShards(int lane) {
        while (unclaimed.get() > 0) {
            int shard = unclaimed.getAndDecrement() - 1;
            if (shard < 0) {
                return;
            }
            try {
                work.run(lane, shard);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                unfinished.decrementAndGet();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // politeness only: nothing relies on the scheduler
    private static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** Sends the helpers away. */
    @Override
    public void close() {
        closed = true;
        for (int i = helpers.size() - 1; i >= 0; i--) {
            ForkJoinTask<?> helper = helpers.get(i);
            if (!helper.tryUnfork()) {
                helper.join();
            }
        }
    }
}
