package org.rltune.envs;

import java.math.BigInteger;

/**
 * Sine and cosine with the bits of glibc, which Gymnasium's environments use through NumPy.
 *
 * <p>A balanced pole or pendulum amplifies a difference in the last bit until it can be seen within an episode, so
 * neither {@code StrictMath} (differs from glibc for 30 of 1000 arguments) nor correct rounding (for 2 of 1000) will do,
 * and {@code Math} differs between processors. Rounding follows glibc 2.28 and later on x86-64 processors with fused
 * multiply-add; the method, its breakpoints and its coefficients are those of {@code s_sin.c} there, which comes from
 * IBM's Accurate Mathematical Library: reduction by pi/2 in four parts, a table in steps of 1/128, and short polynomials
 * for the remainder.
 */
public final class Trig {
    private static final double TINY_SIN = 0x1p-26;
    private static final double TINY_COS = 0x1p-27;
    /** From this size of an angle on, the sine comes from the table. */
    static final double TAYLOR_END = 0.126;

    private static final double TABLE_END = 0.85546875;
    private static final double MIRROR_END = Double.longBitsToDouble(0x400368fd_00000000L); // 2.42626...
    // 105414350 and a little; above, the argument is reduced in another way that no environment needs.
    private static final double REDUCTION_END = Double.longBitsToDouble(0x419921fb_00000000L);

    private static final double HALF_PI = 0x1.921fb54442d18p0;
    private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;
    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    private static final double TO_INTEGER = 0x1.8p52;
    private static final double[] HALF_PI_PARTS = {
        0x1.921fb58p0, -0x1.dde973cp-27, -0x1.cb3b398p-55, -0x1.d747f23e32ed7p-83
    };

    // sin x = x + x^3 (-1/6 + x^2 / 120 ...), fitted: the short one within a step of the table, the long one below
    // 0.126.
    private static final double SIN_3 = -0x1.5555555555515p-3;
    private static final double SIN_5 = 0x1.11110e829872fp-7;
    private static final double COS_2 = 0.5;
    private static final double COS_4 = -0x1.5555555555535p-5;
    private static final double COS_6 = 0x1.6c16bedd9e239p-10;
    private static final double SIN_LONG_3 = -0x1.5555555555555p-3;
    private static final double SIN_LONG_5 = 0x1.1111111110ecep-7;
    private static final double SIN_LONG_7 = -0x1.a01a019db08b8p-13;
    private static final double SIN_LONG_9 = 0x1.71de27b9a7ed9p-19;
    private static final double SIN_LONG_11 = -0x1.addffc2fcdf59p-26;

    private static final int STEPS_PER_UNIT = 128;
    /** Adding it rounds to a multiple of 1/128. */
    static final double TO_STEP = 0x1.8p45;
    /** Rows of the table: sine and cosine of k/128, each as the sum of two doubles. */
    static final int ENTRIES = 111;

    static final double[] SIN = new double[ENTRIES];
    static final double[] SIN_LOW = new double[ENTRIES];
    static final double[] COS = new double[ENTRIES];
    static final double[] COS_LOW = new double[ENTRIES];
    /** Bits after the point of the numbers that the table is made from: whole numbers, of which a double is made fast. */
    private static final int FRACTION = 192;

    static {
        BigInteger one = BigInteger.ONE.shiftLeft(FRACTION);
        BigInteger step = one.divide(BigInteger.valueOf(STEPS_PER_UNIT));
        BigInteger sinStep = series(step, step, 2);
        BigInteger cosStep = series(step, one, 1);
        BigInteger sin = BigInteger.ZERO;
        BigInteger cos = one;
        for (int k = 0; k < ENTRIES; k++) {
            SIN[k] = nearest(sin);
            SIN_LOW[k] = nearest(sin.subtract(fixed(SIN[k])));
            COS[k] = nearest(cos);
            COS_LOW[k] = nearest(cos.subtract(fixed(COS[k])));
            // The next one by the theorem of addition: a series for each took a twentieth of a program's start.
            BigInteger turned = times(sin, cosStep).add(times(cos, sinStep));
            cos = times(cos, cosStep).subtract(times(sin, sinStep));
            sin = turned;
        }
    }

    private Trig() {}

    /** The sine of an angle in radians; beyond 105414350 that of {@code StrictMath}. */
    public static double sin(double x) {
        double size = Math.abs(x);
        if (size < TINY_SIN) {
            return x;
        }
        if (size < TABLE_END) {
            return sinNear(x, 0);
        }
        if (size < MIRROR_END) {
            return Math.copySign(cosNear(HALF_PI - size, HALF_PI_LOW), x);
        }
        return size < REDUCTION_END ? reduced(x, 0) : StrictMath.sin(x);
    }

    /** The cosine of an angle in radians; beyond 105414350 that of {@code StrictMath}. */
    public static double cos(double x) {
        double size = Math.abs(x);
        if (size < TINY_COS) {
            return 1;
        }
        if (size < TABLE_END) {
            return cosNear(x, 0);
        }
        if (size < MIRROR_END) {
            double rest = HALF_PI - size;
            double sum = rest + HALF_PI_LOW;
            return sinNear(sum, (rest - sum) + HALF_PI_LOW);
        }
        return size < REDUCTION_END ? reduced(x, 1) : StrictMath.cos(x);
    }

    /**
     * Writes {@link #sin} and {@link #cos} of an angle to {@code out[at]} and {@code out[at + 1]}, for less than both cost:
     * the choice of a range, the reduction and the place in the table are shared.
     */
    public static void sinCos(double x, double[] out, int at) {
        double size = Math.abs(x);
        if (size < TABLE_END) {
            out[at] = size < TINY_SIN ? x : sinNear(x, 0);
            out[at + 1] = size < TINY_COS ? 1 : cosNear(x, 0);
        } else if (size < MIRROR_END) {
            double rest = HALF_PI - size;
            double sum = rest + HALF_PI_LOW;
            out[at] = Math.copySign(cosNear(rest, HALF_PI_LOW), x);
            out[at + 1] = sinNear(sum, (rest - sum) + HALF_PI_LOW);
        } else if (size < REDUCTION_END) {
            reducedBoth(x, out, at);
        } else {
            out[at] = StrictMath.sin(x);
            out[at + 1] = StrictMath.cos(x);
        }
    }

    private static void reducedBoth(double x, double[] out, int at) {
        double shifted = Math.fma(x, TWO_OVER_PI, TO_INTEGER);
        double n = shifted - TO_INTEGER;
        double a = Math.fma(-n, HALF_PI_PARTS[1], Math.fma(-n, HALF_PI_PARTS[0], x));
        double b = Math.fma(-n, HALF_PI_PARTS[2], a);
        double bLow = Math.fma(-n, HALF_PI_PARTS[2], a - b);
        double r = Math.fma(-n, HALF_PI_PARTS[3], b);
        double rLow = bLow + Math.fma(-n, HALF_PI_PARTS[3], b - r);
        int quadrant = (int) n & 3;
        double sin = sinNear(r, rLow);
        double cos = cosNear(r, rLow);
        boolean swapped = (quadrant & 1) != 0;
        double ofSin = swapped ? cos : sin;
        double ofCos = swapped ? sin : cos;
        out[at] = quadrant >= 2 ? -ofSin : ofSin;
        out[at + 1] = ((quadrant + 1) & 2) != 0 ? -ofCos : ofCos;
    }

    /** The sine of {@code x} plus so many quarter turns. */
    private static double reduced(double x, int quarters) {
        double shifted = Math.fma(x, TWO_OVER_PI, TO_INTEGER);
        double n = shifted - TO_INTEGER;
        double a = Math.fma(-n, HALF_PI_PARTS[1], Math.fma(-n, HALF_PI_PARTS[0], x));
        double b = Math.fma(-n, HALF_PI_PARTS[2], a);
        double bLow = Math.fma(-n, HALF_PI_PARTS[2], a - b);
        double r = Math.fma(-n, HALF_PI_PARTS[3], b);
        double rLow = bLow + Math.fma(-n, HALF_PI_PARTS[3], b - r);
        int quadrant = ((int) n + quarters) & 3;
        double value = (quadrant & 1) == 0 ? sinNear(r, rLow) : cosNear(r, rLow);
        return quadrant >= 2 ? -value : value;
    }

    /** The sine of {@code x + low}, x at most 0.856 in size. */
    private static double sinNear(double x, double low) {
        double size = Math.abs(x);
        if (size < TAYLOR_END) {
            return sinByTaylor(x, low);
        }
        double t = fromStep(size);
        int k = (int) ((size - t) * STEPS_PER_UNIT);
        double sin = sinAt(t, x > 0 ? low : -low, SIN[k], SIN_LOW[k], COS[k], COS_LOW[k]);
        return Math.copySign(sin, x);
    }

    /** The cosine of {@code x + low}, x at most 0.856 in size. */
    private static double cosNear(double x, double low) {
        double size = Math.abs(x);
        double t = fromStep(size);
        int k = (int) ((size - t) * STEPS_PER_UNIT);
        return cosAt(t + (x < 0 ? -low : low), SIN[k], SIN_LOW[k], COS[k], COS_LOW[k]);
    }

    /** How far an angle lies from the next multiple of 1/128; exact. */
    static double fromStep(double x) {
        return x - ((x + TO_STEP) - TO_STEP);
    }

    /** The sine of {@code x + low}, x below {@link #TAYLOR_END} in size. */
    static double sinByTaylor(double x, double low) {
        double x2 = x * x;
        double p = Math.fma(SIN_LONG_11, x2, SIN_LONG_9);
        p = Math.fma(Math.fma(p, x2, SIN_LONG_7), x2, SIN_LONG_5);
        p = Math.fma(p, x2, SIN_LONG_3);
        return x + Math.fma(x2, Math.fma(p, x, -(0.5 * low)), low);
    }

    /** The sine of an angle plus {@code t + low}, from the sine and the cosine of that angle. */
    private static double sinAt(double t, double low, double sin, double sinLow, double cos, double cosLow) {
        return turned(sin, sinLow, cos, cosLow, smallSin(t, low), Math.fma(t, low, smallOneMinusCos(t)));
    }

    /** The cosine of an angle plus {@code t}, from the sine and the cosine of that angle. */
    private static double cosAt(double t, double sin, double sinLow, double cos, double cosLow) {
        return turned(cos, cosLow, -sin, -sinLow, smallSinForCos(t), smallOneMinusCos(t));
    }

    /** The sine of {@code t + low}, at most 1/256 in size. */
    static double smallSin(double t, double low) {
        double t2 = t * t;
        return t + Math.fma(t * t2, Math.fma(SIN_5, t2, SIN_3), low);
    }

    /** The sine of {@code t}, at most 1/256 in size, rounded as the cosine of a sum wants it. */
    static double smallSinForCos(double t) {
        double t2 = t * t;
        return Math.fma(t * t2, Math.fma(SIN_5, t2, SIN_3), t);
    }

    /** One minus the cosine of {@code t}, at most 1/256 in size. */
    static double smallOneMinusCos(double t) {
        double t2 = t * t;
        return t2 * Math.fma(Math.fma(COS_6, t2, COS_4), t2, COS_2);
    }

    /** {@code a cos t + b sin t}, where a and b have a second part each. */
    static double turned(double a, double aLow, double b, double bLow, double sinT, double oneMinusCosT) {
        return a + Math.fma(b, sinT, Math.fma(-oneMinusCosT, a, Math.fma(bLow, sinT, aLow)));
    }

    /** Taylor's series from its first term on; {@code k} is the first factor that the second term is divided by. */
    private static BigInteger series(BigInteger angle, BigInteger first, int k) {
        BigInteger square = times(angle, angle).negate();
        BigInteger term = first;
        BigInteger sum = term;
        for (int i = k; i < 40; i += 2) {
            term = times(term, square).divide(BigInteger.valueOf((long) i * (i + 1)));
            sum = sum.add(term);
        }
        return sum;
    }

    private static BigInteger times(BigInteger x, BigInteger y) {
        return x.multiply(y).shiftRight(FRACTION);
    }

    private static double nearest(BigInteger x) {
        return Math.scalb(x.doubleValue(), -FRACTION);
    }

    /** A double without bits below 2^{@code -FRACTION}, which those of the table do not have. */
    private static BigInteger fixed(double x) {
        int shift = FRACTION - 52 + Math.getExponent(x);
        long mantissa = (Double.doubleToRawLongBits(x) & ((1L << 52) - 1)) | (1L << 52);
        return x == 0
                ? BigInteger.ZERO
                : BigInteger.valueOf(x < 0 ? -mantissa : mantissa).shiftLeft(shift);
    }
}
