package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rltune.check.Check;

/**
 * The times at which successive halving compares trials, in whole numbers.
 *
 * <p>Ray Tune counts them by {@code int(log(max_t / grace) / log(factor))} in doubles and so loses the last rung of (1,
 * 1000, 10) and of (1, 243, 3): log(1000) / log(10) is 2.9999999999999996.
 */
final class Rungs {
    private Rungs() {}

    /**
     * Returns {@code grace * factor^k} for k = bracket, bracket + 1, ... as long as that is at most {@code maxT}, in
     * ascending order; empty if the bracket has none.
     */
    static List<Long> milestones(long grace, long maxT, int factor, int bracket) {
        checkFactor(factor);
        List<Long> milestones = new ArrayList<>();
        int power = 0;
        for (long t = grace; t <= maxT; t *= factor) {
            if (power++ >= bracket) {
                milestones.add(t);
            }
            if (t > maxT / factor) {
                break; // the next one would be too large, or overflow
            }
        }
        return Collections.unmodifiableList(milestones);
    }

    /** Returns the largest k with {@code factor^k <= value}. */
    static int log(long value, int factor) {
        return milestones(1, value, factor, 0).size() - 1;
    }

    /** Returns the quotient of two positive numbers, rounded up. */
    static long ceilDiv(long number, long divisor) {
        return -Math.floorDiv(-number, divisor);
    }

    static int checkFactor(int factor) {
        return Check.atLeast("reductionFactor", factor, 2);
    }
}
