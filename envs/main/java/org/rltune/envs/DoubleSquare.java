package org.rltune.envs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The square of a double as NumPy computes {@code x ** 2} for a float64 scalar: by glibc's {@code pow}, which misses the
 * correctly rounded square by one unit in the last place for one argument in 1200.
 *
 * <p>It can miss only where the exact square lies next to the middle of two doubles, so the slow way is taken for 6 % of
 * the arguments only. Method and figures of that way are those of Arm's optimized routines (MIT licence, {@code
 * math/pow.c}), which glibc 2.28 and later use: {@code exp(2 log x)} with a logarithm of 68 bits; fused multiplications
 * as in its build for x86-64 processors that have them.
 */
final class DoubleSquare {
    // Beyond these sizes the plain square is taken; no environment gets there.
    private static final double SMALLEST = 0x1p-400;
    private static final double LARGEST = 0x1p400;
    // Stretches the rounding error of a square: one of more than 15/32 units then moves the sum.
    private static final double STRETCH = 16.0 / 15;

    private static final int STEPS = 128;
    private static final int STEP_BITS = 7;
    private static final long OFFSET = 0x3fe6955500000000L; // the mantissa is taken from 0.7057 to twice that
    private static final long EXPONENT_BITS = 0xfffL << 52;
    private static final double LN2 = 0x1.62e42fefa3800p-1;
    private static final double LN2_LOW = 0x1.ef35793c76730p-45;
    private static final double[] LOG_TERMS = {
        -0x1.555555555556p-1,
        0x1.0000000000006p-1,
        0x1.999999959554ep-1,
        -0x1.555555529a47ap-1,
        -0x1.2495b9b4845e9p0,
        0x1.0002b8b263fc3p0
    };
    // For the point c of each step: 1/c, log(c) to 43 binary places, and the rest of it.
    private static final double[] INVERSE = new double[STEPS];
    private static final double[] LOG = new double[STEPS];
    private static final double[] LOG_LOW = new double[STEPS];

    private static final double STEPS_PER_LN2 = 0x1.71547652b82fep0 * STEPS;
    private static final double LN2_STEP = -0x1.62e42fefa0000p-8;
    private static final double LN2_STEP_LOW = -0x1.cf79abc9e3b3ap-47;
    private static final double TO_INTEGER = 0x1.8p52;
    private static final double EXP_2 = 0x1.ffffffffffdbdp-2;
    private static final double EXP_3 = 0x1.555555555543cp-3;
    private static final double EXP_4 = 0x1.55555cf172b91p-5;
    private static final double EXP_5 = 0x1.1111167a4d017p-7;
    // 2^(i/128), and by what share the exact value is larger.
    private static final double[] EXP = new double[STEPS];
    private static final double[] EXP_LOW = new double[STEPS];

    static {
        MathContext digits = new MathContext(50);
        for (int i = 0; i < STEPS; i++) {
            double middle = Double.longBitsToDouble(OFFSET + ((2L * i + 1) << (51 - STEP_BITS)));
            INVERSE[i] = middle < 1 ? Math.rint(STEPS / middle) / STEPS : Math.rint(2 * STEPS / middle) / STEPS / 2;
        }
        BigDecimal root = BigDecimal.valueOf(2);
        for (int halvings = STEPS; halvings > 1; halvings /= 2) {
            root = root.sqrt(digits);
        }
        BigDecimal power = BigDecimal.ONE;
        BigDecimal unit = BigDecimal.valueOf(2).pow(43);
        for (int i = 0; i < STEPS; i++) {
            BigDecimal log = log(new BigDecimal(INVERSE[i]), digits).negate();
            LOG[i] = log.multiply(unit).setScale(0, RoundingMode.HALF_EVEN).doubleValue() * 0x1p-43;
            LOG_LOW[i] = log.subtract(new BigDecimal(LOG[i])).doubleValue();
            EXP[i] = power.doubleValue();
            EXP_LOW[i] = power.divide(new BigDecimal(EXP[i]), digits)
                    .subtract(BigDecimal.ONE)
                    .doubleValue();
            power = power.multiply(root, digits);
        }
    }

    private DoubleSquare() {}

    static double of(double x) {
        double square = x * x;
        double error = Math.fma(x, x, -square);
        if (square + error * STRETCH == square) {
            return square;
        }
        double size = Math.abs(x);
        return size > SMALLEST && size < LARGEST ? power(size) : square;
    }

    private static double power(double x) {
        long bits = Double.doubleToRawLongBits(x);
        long shifted = bits - OFFSET;
        int i = (int) (shifted >>> (52 - STEP_BITS)) & (STEPS - 1);
        double exponent = shifted >> 52;
        double z = Double.longBitsToDouble(bits - (shifted & EXPONENT_BITS));
        double r = Math.fma(z, INVERSE[i], -1);

        // log x = log + logLow
        double t = Math.fma(exponent, LN2, LOG[i]);
        double t2 = t + r;
        double half = -0.5 * r;
        double half2 = r * half;
        double high = t2 + half2;
        double p = Math.fma(
                half2,
                Math.fma(half2, Math.fma(r, LOG_TERMS[5], LOG_TERMS[4]), Math.fma(r, LOG_TERMS[3], LOG_TERMS[2])),
                Math.fma(r, LOG_TERMS[1], LOG_TERMS[0]));
        double low = Math.fma(exponent, LN2_LOW, LOG_LOW[i]) + (t - t2 + r);
        low = Math.fma(r * half2, p, low + Math.fma(half, r, -half2) + (t2 - high + half2));
        double log = high + low;
        double logLow = high - log + low;

        double y = 2 * log;
        double yLow = 2 * logLow;
        double steps = Math.fma(STEPS_PER_LN2, y, TO_INTEGER) - TO_INTEGER;
        double rest = Math.fma(steps, LN2_STEP_LOW, Math.fma(steps, LN2_STEP, y)) + yLow;
        int k = (int) steps;
        int j = k & (STEPS - 1);
        double rest2 = rest * rest;
        double more = EXP_LOW[j] + rest;
        more = Math.fma(rest2, Math.fma(rest, EXP_3, EXP_2), more);
        more = Math.fma(rest2 * rest2, Math.fma(rest, EXP_5, EXP_4), more);
        double scale = Math.scalb(EXP[j], (k - j) / STEPS);
        return Math.fma(scale, more, scale);
    }

    /** The natural logarithm of a number near 1: 2 artanh((x - 1) / (x + 1)). */
    private static BigDecimal log(BigDecimal x, MathContext digits) {
        BigDecimal t = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), digits);
        BigDecimal square = t.multiply(t, digits);
        BigDecimal power = t.add(t);
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 1; k < 70; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), digits), digits);
            power = power.multiply(square, digits);
        }
        return sum;
    }
}
