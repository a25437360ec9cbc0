package org.rltune.env;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do the parts of one piece of work again and again: part 0 on the caller's thread, each other part on a
 * thread of its own. What the caller wrote before is seen by all parts, and what they wrote by the caller after.
 */
final class StepTeam implements AutoCloseable {
    private final IntConsumer work;
    private final Thread[] threads; // of the parts from 1 on
    private final @Nullable Throwable[] failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition begun = lock.newCondition();
    private final Condition finished = lock.newCondition();
    private long round;
    private int running;
    private boolean closed;

    /** A team for that many parts; {@code work} is called with the number of the part. */
    StepTeam(int parts, IntConsumer work) {
        this.work = work;
        failures = new Throwable[parts];
        threads = new Thread[parts - 1];
        for (int part = 1; part < parts; part++) {
            int own = part;
            threads[part - 1] = new Thread(() -> serve(own), "rltune-env-" + part);
            threads[part - 1].setDaemon(true); // a vector that nobody closed must not keep the JVM alive
            threads[part - 1].start();
        }
    }

    int size() {
        return failures.length;
    }

    /** Does every part once; throws what the first part that failed threw, when all have ended. */
    void run() {
        begin();
        attempt(0);
        await();
        for (Throwable failure : failures) {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }

    private void begin() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The environments are closed: make new ones");
            }
            running = threads.length;
            round++;
            begun.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        lock.lock();
        try {
            while (running > 0) {
                // Not to be interrupted: the arrays of the caller are being written.
                finished.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void attempt(int part) {
        failures[part] = null;
        try {
            work.accept(part);
        } catch (RuntimeException | Error e) {
            failures[part] = e;
        }
    }

    private void serve(int part) {
        long seen = 0;
        while (nextRound(seen)) {
            seen++;
            attempt(part);
            lock.lock();
            try {
                running--;
                if (running == 0) {
                    finished.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for the round after {@code seen}; returns false when there will be none. */
    private boolean nextRound(long seen) {
        lock.lock();
        try {
            while (round == seen && !closed) {
                begun.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the threads; not while a round is running. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            begun.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
