package org.rltune.envs;

/**
 * Sine and cosine of a float with the bits of NumPy's float32 loops, which are not those of the rounded functions for
 * one argument in 1000.
 *
 * <p>The method and its coefficients are those of NumPy 2 on processors with fused multiply-add ({@code
 * loops_trigonometric}, BSD licence): reduction by pi/2 in three parts, a short polynomial for the rest.
 */
final class FloatTrig {
    // Above, NumPy calls another function; the rounded one is as near.
    private static final float SIN_END = 117435.992f;
    private static final float COS_END = 71476.0625f;
    private static final float TWO_OVER_PI = 0x1.45f306p-1f;
    private static final float TO_INTEGER = 0x1.8p23f;
    private static final float[] HALF_PI_PARTS = {0x1.921fb0p0f, 0x1.5110b4p-22f, 0x1.846988p-48f};
    private static final float[] COS = {0x1.98e616p-16f, -0x1.6c06dcp-10f, 0x1.55553cp-5f, -0.5f, 1};
    private static final float[] SIN = {0x1.7d3bbcp-19f, -0x1.a06bbap-13f, 0x1.11119ap-7f, -0x1.555556p-3f, 0};

    private FloatTrig() {}

    /** The sine of an angle in radians. */
    static float sin(float x) {
        return Math.abs(x) <= SIN_END ? reduced(x, 0) : (float) Trig.sin(x);
    }

    /** The cosine of an angle in radians. */
    static float cos(float x) {
        return Math.abs(x) <= COS_END ? reduced(x, 1) : (float) Trig.cos(x);
    }

    /** The sine of {@code x} plus so many quarter turns. */
    private static float reduced(float x, int quarters) {
        float n = Math.fma(x, TWO_OVER_PI, TO_INTEGER) - TO_INTEGER;
        float r = Math.fma(-n, HALF_PI_PARTS[0], x);
        r = Math.fma(-n, HALF_PI_PARTS[1], r);
        r = Math.fma(-n, HALF_PI_PARTS[2], r);
        int quadrant = (int) n + quarters;
        float[] terms = (quadrant & 1) == 0 ? SIN : COS;
        float r2 = r * r;
        float value = terms[0];
        for (int i = 1; i < terms.length; i++) {
            value = Math.fma(value, r2, terms[i]);
        }
        if ((quadrant & 1) == 0) {
            value = Math.fma(value, r, r);
        }
        return (quadrant & 2) == 0 ? value : -value;
    }
}
