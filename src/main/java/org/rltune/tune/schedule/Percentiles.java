package org.rltune.tune.schedule;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Percentiles as NumPy computes them by default: linear between neighbours. */
final class Percentiles {
    private Percentiles() {}

    /**
     * Returns the {@code (1 - 1 / factor)} quantile of sorted values. Its place, {@code (count - 1)(factor - 1) / factor},
     * is computed in whole numbers: 1 - 1/3 has no exact double.
     *
     * @param count how many values there are, at least 1
     * @param ascending the values by index, smallest first, none of them NaN
     */
    static double upper(int count, IntToDoubleFunction ascending, int factor) {
        long place = (long) (count - 1) * (factor - 1);
        int below = (int) (place / factor);
        long rest = place % factor;
        double low = ascending.applyAsDouble(below);
        return rest == 0 ? low : between(low, ascending.applyAsDouble(below + 1), rest / (double) factor);
    }

    /** Returns the median of values, none of them NaN; changes their order. At least one value is needed. */
    static double median(double[] values) {
        Arrays.sort(values);
        return upper(values.length, i -> values[i], 2);
    }

    private static double between(double low, double high, double share) {
        if (low == high || Double.isInfinite(low)) {
            return low; // infinity minus infinity is NaN
        }
        return low + (high - low) * share;
    }
}
