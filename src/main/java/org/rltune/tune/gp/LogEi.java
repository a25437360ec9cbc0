package org.rltune.tune.gp;

import org.rltune.random.Normal;

/**
 * The logarithm of the expected improvement of a normal variable over a threshold: {@code log E max(0, Y - t)} for Y with
 * mean m and deviation s is {@code log s + log h(z)} with {@code z = (m - t) / s} and {@code h(z) = z Phi(z) + phi(z)}.
 *
 * <p>The logarithm keeps its slope where the improvement itself underflows: S. Ament and others, "Unexpected Improvements
 * to Expected Improvement for Bayesian Optimization" (2023). Far to the left h is {@code phi(z)} times the asymptotic
 * series {@code 1/z^2 - 3/z^4 + 15/z^6 - ...}, where the sum of its two terms would have lost its digits.
 */
final class LogEi {
    private static final double SERIES_BELOW = -20;
    private static final int TERMS = 12;
    private static final double LOG_SQRT_2PI = 0.9189385332046727;

    private LogEi() {}

    /** Returns {@code h(z) / phi(z)}; z is not far to the right. */
    private static double ratio(double z) {
        if (z >= SERIES_BELOW) {
            return 1 + z * Normal.cdf(z) / Normal.density(z);
        }
        double square = 1 / (z * z);
        double sum = 0;
        double term = square;
        for (int k = 1; k <= TERMS; k++) {
            sum += term;
            term *= -(2 * k + 1) * square;
        }
        return sum;
    }

    /** Returns log h(z). */
    static double log(double z) {
        if (z > 0) {
            return StrictMath.log(z * Normal.cdf(z) + Normal.density(z));
        }
        return -0.5 * z * z - LOG_SQRT_2PI + StrictMath.log(ratio(z));
    }

    /** Returns {@code Phi(z) / h(z)}, the slope of log h. */
    static double byMean(double z) {
        if (z > 0) {
            return Normal.cdf(z) / (z * Normal.cdf(z) + Normal.density(z));
        }
        double ratio = ratio(z);
        return (ratio - 1) / z / ratio; // Phi / phi = (h / phi - 1) / z
    }

    /** Returns {@code phi(z) / h(z)}. */
    static double byDeviation(double z) {
        return z > 0 ? Normal.density(z) / (z * Normal.cdf(z) + Normal.density(z)) : 1 / ratio(z);
    }
}
