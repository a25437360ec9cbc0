package org.rltune.nn;

/**
 * Has a tile compiled because it is called often, not because its loop goes round often.
 *
 * <p>C2 compiles a method as a whole when a thousand calls have gone round its loop enough, but sooner in the middle of
 * the loop if that has gone round 40,000 times (on-stack replacement), and then a second time as a whole. With two dozen
 * vectors to take over from the stack the first of these takes up to four times as long as the second, while everything
 * else waits for its turn (experiments/records/time-to-solve.md). So at first, tiles are called more often and go round
 * less often each time: either on the way to the same sums, or for sums that the next call overwrites.
 *
 * <p>Threads may share one; they may lose counts, which does no harm.
 */
final class EarlyCalls {
    /** Rounds of a call on average that are few enough: HotSpot looks at a method every 1,024 calls. */
    static final int ROUNDS = 32;

    /** Calls for nothing before one of up to {@value VectorProducts#TERMS} rounds, and the rounds of each. */
    static final int EXTRA = 2;

    static final int EXTRA_ROUNDS = 4;

    private int left;

    /** @param products how many products are early */
    EarlyCalls(int products) {
        left = products;
    }

    /** Returns whether a product of so many rounds is an early one. */
    boolean next(int rounds) {
        if (left <= 0 || rounds <= ROUNDS) {
            return false;
        }
        left--;
        return true;
    }
}
