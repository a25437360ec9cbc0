package org.rltune.tune.space;

import java.util.function.LongToDoubleFunction;

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
     * Returns the number whose cell holds the unit: the guess or one of its neighbours, since rounding may carry a guess
     * over the edge of its cell.
     *
     * @param low the lower edge of a number's cell
     */
    static long settled(long guess, double unit, long step, long first, long last, LongToDoubleFunction low) {
        if (guess > first && unit < low.applyAsDouble(guess)) {
            return guess - step;
        }
        return guess < last && unit >= low.applyAsDouble(guess + step) ? guess + step : guess;
    }
}
