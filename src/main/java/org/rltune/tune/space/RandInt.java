package org.rltune.tune.space;

import org.rltune.random.Pcg64;

/** Whole numbers from {@code lower} to {@code upperExclusive - 1}, each as likely; perturbed by at least 1. */
public record RandInt(long lower, long upperExclusive) implements Whole {
    /** Checks the bounds. */
    public RandInt {
        Interval.checkWhole("randint", lower, upperExclusive);
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

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return random.integers(lower, upperExclusive);
    }

    /** Returns {@code (x - lower) / n} for n numbers. */
    @Override
    public double below(long number) {
        return distance(number) / distance(upperExclusive);
    }

    /** Returns {@code lower + floor(u n)}. */
    @Override
    public long guess(double unit) {
        double index = Math.floor(unit * distance(upperExclusive));
        // Beyond 2^53 a double cannot tell neighbours apart, and the index may not fit into a long.
        return index < 0x1.0p53 ? lower + (long) index : Math.round(lower + index);
    }

    /** Returns how far a number lies above the lower bound; exact up to 2^53. */
    private double distance(long number) {
        long difference = number - lower;
        return difference >= 0 ? (double) difference : (double) number - lower;
    }

    @Override
    public Object toJson() {
        return Interval.json("randint", lower, upperExclusive);
    }

    @Override
    public String toString() {
        return Interval.call("randint", lower, upperExclusive);
    }
}
