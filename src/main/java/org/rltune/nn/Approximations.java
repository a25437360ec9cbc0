package org.rltune.nn;

/**
 * exp, ln and tanh in float arithmetic, the same bits on every machine. Built from fused multiply-adds, products and
 * integer operations only, so that a vector implementation can repeat them exactly.
 *
 * <p>Coefficients of exp and ln: S. Moshier's Cephes library ({@code expf}, {@code logf}); of tanh: the rational
 * approximation of Eigen and XLA ({@code generic_fast_tanh_float}). Greatest errors, measured against
 * {@link StrictMath} in double on dense grids: exp 1.0e-7 relative; ln 1.0e-7 relative where |ln x| exceeds 0.1 and
 * 1.0e-8 absolute elsewhere; tanh 3.0e-7 absolute and, for |x| at least 1e-30, 3.0e-7 relative.
 *
 * <p>Arguments outside a function's range are moved to its nearest end, infinities too. NaN is not allowed.
 */
public final class Approximations {
    /** exp works on [-87, 87]: beyond that it stays at its value there, 1.6e-38 or 6.1e37. Never 0, never infinite. */
    public static final float EXP_LIMIT = 87f;

    /** tanh works on [-7.905, 7.905]: beyond that it stays at its value there, 0.9999998 in magnitude. */
    public static final float TANH_LIMIT = 7.90531110763549805f;

    /** 1.5 * 2^23: adding it rounds a small float to the nearest integer and leaves that in the low bits. */
    static final float ROUNDER = 12582912f;

    static final float LOG2_E = 1.44269504088896341f;
    /** ln 2 in two parts; the first has few bits, so that its product with a small integer is exact. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;

    /** Bits of sqrt(1/2): mantissas are taken from [sqrt(1/2), sqrt(2)). */
    static final int SQRT_HALF_BITS = 0x3f3504f3;

    private Approximations() {}

    /** e^x. exp(0) is exactly 1, and so is exp of a subnormal number. */
    public static float exp(float x) {
        float clamped = Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x));
        float rounded = expRounded(clamped);
        return expScale(expReduced(clamped, rounded), rounded);
    }

    /** The power of two nearest to e^x, as {@code ROUNDER} plus its exponent. */
    static float expRounded(float x) {
        return Math.fma(x, LOG2_E, ROUNDER);
    }

    /** e^r, where r is what remains of x after {@code expRounded}; |r| is at most ln(2) / 2. */
    static float expReduced(float x, float rounded) {
        float n = rounded - ROUNDER;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float y = Math.fma(1.9875691500E-4f, r, 1.3981999507E-3f);
        y = Math.fma(y, r, 8.3334519073E-3f);
        y = Math.fma(y, r, 4.1665795894E-2f);
        y = Math.fma(y, r, 1.6666665459E-1f);
        y = Math.fma(y, r, 5.0000001201E-1f);
        return Math.fma(y, r * r, r) + 1f;
    }

    /** y times the power of two in {@code rounded}, by adding to the exponent bits. */
    static float expScale(float y, float rounded) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(y) + (Float.floatToRawIntBits(rounded) << 23));
    }

    /**
     * The natural logarithm. Whatever lies below {@link Float#MIN_NORMAL} (subnormal, zero, negative) counts as
     * {@code MIN_NORMAL}, giving -87.33655; infinity counts as {@link Float#MAX_VALUE}, giving 88.72284. log(1) is
     * exactly 0.
     */
    public static float log(float x) {
        float clamped = Math.max(Float.MIN_NORMAL, Math.min(Float.MAX_VALUE, x));
        float exponent = logExponent(clamped);
        return logReduced(logMantissa(clamped), exponent);
    }

    /** The integer e with x = m * 2^e and m in [sqrt(1/2), sqrt(2)). */
    static float logExponent(float x) {
        return (float) ((Float.floatToRawIntBits(x) - SQRT_HALF_BITS) >> 23);
    }

    /** The m with x = m * 2^e and m in [sqrt(1/2), sqrt(2)). */
    static float logMantissa(float x) {
        int bits = Float.floatToRawIntBits(x);
        return Float.intBitsToFloat(bits - ((bits - SQRT_HALF_BITS) & 0xff800000));
    }

    /** ln(m * 2^e). */
    static float logReduced(float m, float e) {
        float f = m - 1f;
        float z = f * f;
        float y = Math.fma(7.0376836292E-2f, f, -1.1514610310E-1f);
        y = Math.fma(y, f, 1.1676998740E-1f);
        y = Math.fma(y, f, -1.2420140846E-1f);
        y = Math.fma(y, f, 1.4249322787E-1f);
        y = Math.fma(y, f, -1.6668057665E-1f);
        y = Math.fma(y, f, 2.0000714765E-1f);
        y = Math.fma(y, f, -2.4999993993E-1f);
        y = Math.fma(y, f, 3.3333331174E-1f);
        y = Math.fma(e, LN2_LOW, (y * f) * z);
        y = Math.fma(z, -0.5f, y);
        return Math.fma(e, LN2_HIGH, f + y);
    }

    /** The hyperbolic tangent. tanh(0) is 0 with its sign; 1 - tanh^2 is never 0. Not strictly monotone in the last bit. */
    public static float tanh(float x) {
        float clamped = Math.max(-TANH_LIMIT, Math.min(TANH_LIMIT, x));
        return tanhNumerator(clamped) / tanhDenominator(clamped);
    }

    static float tanhNumerator(float x) {
        float q = x * x;
        float y = Math.fma(-2.76076847742355e-16f, q, 2.00018790482477e-13f);
        y = Math.fma(y, q, -8.60467152213735e-11f);
        y = Math.fma(y, q, 5.12229709037114e-08f);
        y = Math.fma(y, q, 1.48572235717979e-05f);
        y = Math.fma(y, q, 6.37261928875436e-04f);
        y = Math.fma(y, q, 4.89352455891786e-03f);
        return y * x;
    }

    static float tanhDenominator(float x) {
        float q = x * x;
        float y = Math.fma(1.19825839466702e-06f, q, 1.18534705686654e-04f);
        y = Math.fma(y, q, 2.26843463243900e-03f);
        return Math.fma(y, q, 4.89352518554385e-03f);
    }
}
