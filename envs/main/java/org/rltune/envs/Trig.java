package org.rltune.envs;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Sine and cosine, correctly rounded.
 *
 * <p>Gymnasium's environments take them from glibc, whose last bit differs from the correctly rounded result for one or
 * two of 1000 arguments; that of {@code StrictMath} differs for 30, and {@code Math} may differ between processors. The
 * argument is reduced by a multiple of pi/2 and then by an entry of a table (as in Gal and Bachelis, "An accurate
 * elementary mathematical library for the IEEE floating point standard", 1991, here with even steps of 1/64). The result
 * is a sum of two doubles with a relative error below 2^-65; where that does not decide the rounding (Ziv's test, one
 * argument in some thousands) it is computed again in decimal arithmetic.
 */
final class Trig {
    // Beyond this the reduction is not exact enough; no environment comes near.
    private static final double MAX_REDUCED = 1 << 20;
    private static final double TWO_OVER_PI = 2 / Math.PI;
    private static final double DOUBT = 0x1p-65;
    private static final MathContext DIGITS = new MathContext(45);
    private static final BigDecimal NEGLIGIBLE = new BigDecimal("1e-45");

    // pi/2 to 100 digits, and as a sum of three doubles.
    private static final BigDecimal HALF_PI = new BigDecimal("3.1415926535897932384626433832795028841971693993751"
                    + "05820974944592307816406286208998628034825342117067")
            .divide(BigDecimal.valueOf(2));
    private static final double HALF_PI_1 = HALF_PI.doubleValue();
    private static final double HALF_PI_2 = rest(HALF_PI, HALF_PI_1);
    private static final double HALF_PI_3 = rest(HALF_PI.subtract(new BigDecimal(HALF_PI_1)), HALF_PI_2);

    private static final int STEPS_PER_UNIT = 64;
    private static final int ENTRIES = 52; // up to pi/4 and half a step
    // Sine and cosine of i/64, each as a sum of two doubles.
    private static final double[] SIN = new double[ENTRIES];
    private static final double[] SIN_LOW = new double[ENTRIES];
    private static final double[] COS = new double[ENTRIES];
    private static final double[] COS_LOW = new double[ENTRIES];

    static {
        for (int i = 0; i < ENTRIES; i++) {
            BigDecimal angle = new BigDecimal((double) i / STEPS_PER_UNIT);
            BigDecimal sin = series(angle, false);
            BigDecimal cos = series(angle, true);
            SIN[i] = sin.doubleValue();
            SIN_LOW[i] = rest(sin, SIN[i]);
            COS[i] = cos.doubleValue();
            COS_LOW[i] = rest(cos, COS[i]);
        }
    }

    private Trig() {}

    /** The sine of an angle in radians. Beyond 2^20 it is that of {@code StrictMath}. */
    static double sin(double x) {
        if (!(Math.abs(x) <= MAX_REDUCED)) {
            return StrictMath.sin(x);
        }
        return x == 0 ? x : afterQuarters(x, 0);
    }

    /** The cosine of an angle in radians. Beyond 2^20 it is that of {@code StrictMath}. */
    static double cos(double x) {
        if (!(Math.abs(x) <= MAX_REDUCED)) {
            return StrictMath.cos(x);
        }
        return afterQuarters(x, 1);
    }

    /** The sine of {@code x} plus some quarter turns. */
    private static double afterQuarters(double x, int quarters) {
        int n = (int) Math.rint(x * TWO_OVER_PI);
        // x - n pi/2 = r + low, |r| at most pi/4 and a little
        double r = x;
        double low = 0;
        if (n != 0) {
            double p = n * HALF_PI_1;
            double pLow = Math.fma(n, HALF_PI_1, -p);
            double q = n * HALF_PI_2;
            double qLow = Math.fma(n, HALF_PI_2, -q) + n * HALF_PI_3;
            double a = x - p; // exact: p lies between x/2 and 2x
            double b = a - pLow;
            double c = b - q;
            double cLow = differenceError(b, q, c) + (differenceError(a, pLow, b) - qLow);
            r = c + cLow;
            low = cLow - (r - c);
        }
        int quadrant = (n + quarters) & 3;
        boolean cosine = (quadrant & 1) != 0;
        boolean negative = quadrant >= 2;
        if (r < 0) {
            r = -r;
            low = -low;
            negative ^= !cosine;
        }
        double value = cosine ? cosKernel(r, low) : sinKernel(r, low);
        if (Double.isNaN(value)) {
            BigDecimal exact = new BigDecimal(x).subtract(HALF_PI.multiply(BigDecimal.valueOf(n)));
            value = Math.abs(series(exact, cosine).doubleValue());
        }
        return negative ? -value : value;
    }

    /** The sine of {@code r + low}, r from 0 to pi/4, or NaN where its rounding is in doubt. */
    private static double sinKernel(double r, double low) {
        int i = (int) (r * STEPS_PER_UNIT + 0.5);
        double t = r - (double) i / STEPS_PER_UNIT; // exact
        double sin = SIN[i];
        double cos = COS[i];
        double product = cos * t;
        double high = sin + product;
        double rest = (product - (high - sin))
                + (Math.fma(cos, t, -product) + (SIN_LOW[i] + COS_LOW[i] * t) + low * (cos - sin * t))
                + (cos * sinMinusArgument(t) - sin * oneMinusCos(t));
        return rounded(high, rest);
    }

    /** The cosine of {@code r + low}, r from 0 to pi/4, or NaN where its rounding is in doubt. */
    private static double cosKernel(double r, double low) {
        int i = (int) (r * STEPS_PER_UNIT + 0.5);
        double t = r - (double) i / STEPS_PER_UNIT; // exact
        double sin = SIN[i];
        double cos = COS[i];
        double product = sin * t;
        double high = cos - product;
        double rest = ((cos - high) - product)
                - (Math.fma(sin, t, -product) - (COS_LOW[i] - SIN_LOW[i] * t) + low * (sin + cos * t))
                - (sin * sinMinusArgument(t) + cos * oneMinusCos(t));
        return rounded(high, rest);
    }

    // Taylor's series; |t| is at most 1/128.
    private static double sinMinusArgument(double t) {
        double t2 = t * t;
        return t * t2 * (-1.0 / 6 + t2 * (1.0 / 120 - t2 * (1.0 / 5040)));
    }

    private static double oneMinusCos(double t) {
        double t2 = t * t;
        return t2 * (0.5 - t2 * (1.0 / 24 - t2 * (1.0 / 720)));
    }

    private static double rounded(double high, double rest) {
        double doubt = high * DOUBT;
        double up = high + (rest + doubt);
        double down = high + (rest - doubt);
        return up == down ? up : Double.NaN;
    }

    /** What the rounded difference {@code a - b} lacks (Knuth's TwoSum). */
    private static double differenceError(double a, double b, double difference) {
        double part = difference - a;
        return (a - (difference - part)) - (b + part);
    }

    /** Sine or cosine by Taylor's series, to within 1e-44. */
    private static BigDecimal series(BigDecimal angle, boolean cosine) {
        BigDecimal square = angle.multiply(angle, DIGITS).negate();
        BigDecimal term = cosine ? BigDecimal.ONE : angle.round(DIGITS);
        BigDecimal sum = term;
        for (int k = cosine ? 1 : 2; term.abs().compareTo(NEGLIGIBLE) > 0; k += 2) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((long) k * (k + 1)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    private static double rest(BigDecimal exact, double rounded) {
        return exact.subtract(new BigDecimal(rounded)).doubleValue();
    }
}
