package org.rltune.tune.space;

/**
 * Whole numbers from {@code lower} to {@code upperExclusive - 1}, the more likely the smaller: as in Ray Tune, the largest
 * whole number that is not above {@code exp(U(log lower, log upperExclusive))}. A number n has the probability {@code
 * log((n + 1) / n) / log(upperExclusive / lower)}.
 */
record LogRandInt(long lower, long upperExclusive) implements Whole {
    LogRandInt {
        Interval.checkLog("lograndint", lower, upperExclusive);
        Interval.checkWhole("lograndint", lower, upperExclusive);
        Interval.checkExact("lograndint", lower, upperExclusive);
    }

    @Override
    public long first() {
        return lower;
    }

    @Override
    public long last() {
        return upperExclusive - 1;
    }

    @Override
    public long step() {
        return 1;
    }

    /** Returns {@code (log x - log lower) / (log upperExclusive - log lower)}. */
    @Override
    public double below(long number) {
        return Units.share(StrictMath.log(number), StrictMath.log(lower), StrictMath.log(upperExclusive));
    }

    @Override
    public long guess(double unit) {
        double low = StrictMath.log(lower);
        return (long) StrictMath.exp(low + (StrictMath.log(upperExclusive) - low) * unit);
    }

    @Override
    public Object toJson() {
        return Interval.json("lograndint", lower, upperExclusive);
    }

    @Override
    public String toString() {
        return Interval.call("lograndint", lower, upperExclusive);
    }
}
