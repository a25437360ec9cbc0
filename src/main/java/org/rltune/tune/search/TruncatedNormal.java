package org.rltune.tune.search;

import org.rltune.random.Normal;

/**
 * A normal distribution with mean and deviation that keeps to [0, 1]; the mean lies inside.
 *
 * @param mean from 0 to 1
 * @param deviation above 0, before the truncation
 * @param mass the share of the untruncated distribution that lies in [0, 1]
 */
record TruncatedNormal(double mean, double deviation, double mass) {
    private static final double LOG_SQRT_2PI = 0.9189385332046727;

    static TruncatedNormal of(double mean, double deviation) {
        return new TruncatedNormal(mean, deviation, share(-mean / deviation, (1 - mean) / deviation));
    }

    /** Returns how much of the standard normal distribution lies between two points, taken in the tail where it is exact. */
    static double share(double low, double high) {
        return low > 0 ? Normal.cdf(-low) - Normal.cdf(-high) : Normal.cdf(high) - Normal.cdf(low);
    }

    /** Returns the logarithm of the density at a point of [0, 1]. */
    double logDensity(double x) {
        double z = (x - mean) / deviation;
        return -0.5 * z * z - LOG_SQRT_2PI - StrictMath.log(deviation) - StrictMath.log(mass);
    }

    /** Returns the logarithm of the probability between two points of [0, 1]; minus infinity where it underflows. */
    double logProbability(double low, double high) {
        return StrictMath.log(share((low - mean) / deviation, (high - mean) / deviation)) - StrictMath.log(mass);
    }

    /** Returns the point below which the given share lies. */
    double quantile(double share) {
        double below = Normal.cdf(-mean / deviation) + share * mass;
        return Math.max(0, Math.min(1, mean + deviation * Normal.quantile(Math.min(1, below))));
    }
}
