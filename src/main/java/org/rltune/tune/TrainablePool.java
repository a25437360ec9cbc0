package org.rltune.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the trainables of a run, reuses those of trials that have ended where they can be reset, and knows how many are open.
 * Safe for use by threads. What it does changes no result: a trainable that was reset is as new, and one that was given back
 * is restored from what it saved.
 */
final class TrainablePool {
    /** So many trials keep their trainable while they wait; the state of the others waits as bytes. */
    static final int MOST_WAITING = 64;

    private final TrainableSpec spec;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Deque<Trainable> spare = new ArrayDeque<>();
    private boolean reusable = true;

    /** @param threads how many trials train at once */
    TrainablePool(TrainableSpec spec, int threads) {
        this.spec = spec;
        this.most = MOST_WAITING + threads;
    }

    /** Returns a trainable for a trial, as new. */
    Trainable take(TrialContext context) {
        Trainable reset = resetSpare(context);
        if (reset != null) {
            return reset;
        }
        Trainable made = spec.create(context);
        open.incrementAndGet();
        return made;
    }

    private @Nullable Trainable resetSpare(TrialContext context) {
        Trainable candidate = pollSpare();
        if (candidate == null) {
            return null;
        }
        boolean reset = false;
        try {
            reset = candidate.reset(context);
        } finally {
            if (!reset) {
                forgetSpares();
                close(candidate);
            }
        }
        return reset ? candidate : null;
    }

    private synchronized @Nullable Trainable pollSpare() {
        return spare.pollFirst();
    }

    /** Takes back the trainable of a trial that has ended in order. */
    void giveBack(Trainable trainable) {
        synchronized (this) {
            if (reusable && spare.isEmpty()) { // one is enough: trials end and begin in turns
                spare.addLast(trainable);
                return;
            }
        }
        close(trainable);
    }

    /** Closes a trainable for good. */
    void close(Trainable trainable) {
        open.decrementAndGet();
        trainable.close();
    }

    /** Returns whether a trial that waits should give back its trainable. */
    boolean isCrowded() {
        return open.get() > most;
    }

    /** Returns how many trainables are open. */
    int open() {
        return open.get();
    }

    /** A trainable that cannot be reset once cannot be reset at all; nothing more is kept. */
    private synchronized void forgetSpares() {
        reusable = false;
    }

    /** Closes what is kept for later. */
    void closeSpares() {
        for (Trainable one = pollSpare(); one != null; one = pollSpare()) {
            close(one);
        }
    }
}
