package org.rltune.tune.schedule;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many trials make up the bottom and the top of a population. */
final class Quantiles {
    private Quantiles() {}

    /**
     * Returns {@code ceil(population * fraction)}, or {@code floor(population / 2)} where the former is more than half.
     *
     * <p>The fraction counts as the decimal number that was written, so that 100 * 0.07 is 7 and not the 8 that its
     * double (7.000000000000001) would give. One trial alone has neither bottom nor top.
     */
    static int size(int population, double fraction) {
        if (population <= 1) {
            return 0;
        }
        int size = BigDecimal.valueOf(fraction)
                .multiply(BigDecimal.valueOf(population))
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return 2 * size > population ? population / 2 : size;
    }
}
