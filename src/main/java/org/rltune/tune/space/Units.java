package org.rltune.tune.space;

/** What the scales from values to [0, 1] share. */
final class Units {
    private Units() {}

    /** Returns the unit, or the end of [0, 1] that is nearest to it. */
    static double inside(double unit) {
        if (Double.isNaN(unit)) {
            throw new IllegalArgumentException("The unit is NaN, but it must be a number from 0 to 1. Give a number.");
        }
        return Math.max(0, Math.min(1, unit));
    }

    /** Returns how far a number of {@code [low, high]} lies from its lower end, as a share of the width. */
    static double share(double number, double low, double high) {
        return low == high ? 0 : inside((number - low) / (high - low)); // logarithms of neighbours can be equal
    }

    /**
     * Returns the whole number whose cell holds the unit: the guess or one of its neighbours, since rounding may carry a
     * guess over the edge of its cell.
     */
    static long settled(UnitScale scale, long guess, double unit, long step, long first, long last) {
        if (guess > first && unit < scale.cellLow(guess)) {
            return guess - step;
        }
        return guess < last && unit >= scale.cellHigh(guess) ? guess + step : guess;
    }
}
