package org.rltune.nn;

/**
 * The logarithm of the gamma function and its two derivatives, for arguments of at least 1; the same bits on every machine.
 *
 * <p>An argument below 8 is raised by the recurrence gamma(x + 1) = x gamma(x); from there on Stirling's series
 * (Abramowitz and Stegun, 6.1.41, 6.3.18 and 6.4.12) has a relative error below 1e-11.
 */
final class SpecialFunctions {
    private static final double LARGE = 8;
    private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;

    private SpecialFunctions() {}

    /** ln gamma(x). */
    static double logGamma(double x) {
        double product = 1;
        double y = x;
        while (y < LARGE) {
            product *= y;
            y += 1;
        }
        double r = 1 / y;
        double r2 = r * r;
        double series = r * (1.0 / 12 + r2 * (-1.0 / 360 + r2 * (1.0 / 1260 + r2 * (-1.0 / 1680 + r2 / 1188))));
        double raised = (y - 0.5) * StrictMath.log(y) - y + HALF_LOG_TWO_PI + series;
        return product == 1 ? raised : raised - StrictMath.log(product);
    }

    /** The derivative of ln gamma(x). */
    static double digamma(double x) {
        double sum = 0;
        double y = x;
        while (y < LARGE) {
            sum += 1 / y;
            y += 1;
        }
        double r = 1 / y;
        double r2 = r * r;
        double series = r2 * (1.0 / 12 + r2 * (-1.0 / 120 + r2 * (1.0 / 252 + r2 * (-1.0 / 240 + r2 / 132))));
        return StrictMath.log(y) - 0.5 * r - series - sum;
    }

    /** The second derivative of ln gamma(x). */
    static double trigamma(double x) {
        double sum = 0;
        double y = x;
        while (y < LARGE) {
            sum += 1 / (y * y);
            y += 1;
        }
        double r = 1 / y;
        double r2 = r * r;
        double series = 1.0 / 6 + r2 * (-1.0 / 30 + r2 * (1.0 / 42 + r2 * (-1.0 / 30 + r2 * (5.0 / 66))));
        return sum + r + 0.5 * r2 + r * r2 * series;
    }
}
