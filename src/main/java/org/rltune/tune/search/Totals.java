package org.rltune.tune.search;

import java.util.Locale;

/** How many trials there will be. */
final class Totals {
    private Totals() {}

    /**
     * Returns a product of numbers of trials.
     *
     * @param arithmetic how it comes about, for the error
     * @throws IllegalArgumentException if it is more than a run can have
     */
    static int multiplied(long a, long b, String arithmetic) {
        long product = Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(arithmetic + " = "
                    + (product == Long.MAX_VALUE ? "more than 2^63" : count(product))
                    + " trials, but a run can have " + count(Integer.MAX_VALUE)
                    + " at most. Leave out hyperparameters or values, or draw them at random.");
        }
        return (int) product;
    }

    /** Returns a number with its thousands apart. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
