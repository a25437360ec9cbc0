package org.rltune.tune.schedule;

/**
 * Student's t distribution, in StrictMath, so that a test decides alike on every machine.
 *
 * <p>Hipparchus has it too, but only the room of searchers may import that library, and one formula does not pay for
 * loading it.
 */
final class StudentT {
    private static final double TINY = 1e-300;
    private static final int MAX_TERMS = 10_000;
    private static final double HALF_LOG_TWO_PI = 0.91893853320467274178;
    /** B(2k) / (2k (2k - 1)): the coefficients of Stirling's series (DLMF 5.11.1). */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
    };

    private StudentT() {}

    /** Returns the probability that |T| is at least |t|: {@code I_x(df / 2, 1 / 2)} at {@code x = df / (df + t^2)}. */
    static double twoSided(double t, double degreesOfFreedom) {
        if (Double.isInfinite(t)) {
            return 0;
        }
        double square = t * t;
        double x = degreesOfFreedom / (degreesOfFreedom + square);
        double rest = square / (degreesOfFreedom + square); // 1 - x without cancellation
        return incompleteBeta(degreesOfFreedom / 2, 0.5, x, rest);
    }

    /** Returns the regularised incomplete beta function {@code I_x(a, b)}; {@code rest} is 1 - x. */
    static double incompleteBeta(double a, double b, double x, double rest) {
        if (x <= 0 || rest <= 0) {
            return x <= 0 ? 0 : 1;
        }
        double front = StrictMath.exp(
                logGamma(a + b) - logGamma(a) - logGamma(b) + a * StrictMath.log(x) + b * StrictMath.log(rest));
        // The fraction converges fast on this side of the mean only; I_x(a, b) = 1 - I_(1 - x)(b, a).
        return x < (a + 1) / (a + b + 2) ? front * fraction(a, b, x) / a : 1 - front * fraction(b, a, rest) / b;
    }

    /** The continued fraction of DLMF 8.17.22, by the modified method of Lentz. */
    private static double fraction(double a, double b, double x) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m <= MAX_TERMS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            double step = d * c;
            value *= step;
            if (Math.abs(step - 1) < 1e-15) {
                return value;
            }
        }
        throw new ArithmeticException("The incomplete beta function does not converge for a = " + a + ", b = " + b
                + ", x = " + x + ". Compare fewer scores.");
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** Returns the logarithm of the gamma function for x above 0: Stirling's series after a shift beyond 15. */
    static double logGamma(double x) {
        double shift = 1;
        double z = x;
        while (z < 15) {
            shift *= z;
            z++;
        }
        double inverse = 1 / (z * z);
        double series = 0;
        for (int k = STIRLING.length - 1; k >= 0; k--) {
            series = Math.fma(series, inverse, STIRLING[k]);
        }
        return (z - 0.5) * StrictMath.log(z) - z + HALF_LOG_TWO_PI + series / z - StrictMath.log(shift);
    }
}
