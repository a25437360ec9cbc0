package org.rltune.envs;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The square of a float as NumPy computes {@code x ** 2} for a float32 scalar: by glibc's {@code powf}, which misses the
 * correctly rounded square by one unit in the last place for one argument in 1000.
 *
 * <p>Method and figures are those of Arm's optimized routines (MIT licence, {@code math/powf.c} and its tables), which
 * glibc 2.27 and later use: {@code 2^(2 log2 x)} in double precision, rounded once; the multiplications that are fused
 * are those of its build for x86-64 processors with fused multiply-add.
 */
final class FloatSquare {
    // Below this the square is lost in any sum of float64; the logarithm is not made for it.
    private static final float TINY = 0x1p-60f;
    private static final int OFFSET = 0x3f330000; // the mantissa is taken from 0.69921875 to twice that

    /** 1/c and log2(c) for 16 points c of that interval. */
    private static final double[] INVERSE = {
        0x1.661ec79f8f3bep0, 0x1.571ed4aaf883dp0, 0x1.49539f0f010bp0, 0x1.3c995b0b80385p0,
        0x1.30d190c8864a5p0, 0x1.25e227b0b8eap0, 0x1.1bb4a4a1a343fp0, 0x1.12358f08ae5bap0,
        0x1.0953f419900a7p0, 0x1p0, 0x1.e608cfd9a47acp-1, 0x1.ca4b31f026aap-1,
        0x1.b2036576afce6p-1, 0x1.9c2d163a1aa2dp-1, 0x1.886e6037841edp-1, 0x1.767dcf5534862p-1
    };

    private static final double[] LOG = {
        -0x1.efec65b963019p-2,
        -0x1.b0b6832d4fca4p-2,
        -0x1.7418b0a1fb77bp-2,
        -0x1.39de91a6dcf7bp-2,
        -0x1.01d9bf3f2b631p-2,
        -0x1.97c1d1b3b7afp-3,
        -0x1.2f9e393af3c9fp-3,
        -0x1.960cbbf788d5cp-4,
        -0x1.a6f9db6475fcep-5,
        0,
        0x1.338ca9f24f53dp-4,
        0x1.476a9543891bap-3,
        0x1.e840b4ac4e4d2p-3,
        0x1.40645f0c6651cp-2,
        0x1.88e9c2c1b9ff8p-2,
        0x1.ce0a44eb17bccp-2
    };

    private static final int EXP_STEPS = 32;
    private static final double[] EXP = new double[EXP_STEPS]; // 2^(i/32)

    static {
        MathContext digits = new MathContext(50);
        BigDecimal root = BigDecimal.valueOf(2);
        for (int halvings = EXP_STEPS; halvings > 1; halvings /= 2) {
            root = root.sqrt(digits);
        }
        BigDecimal power = BigDecimal.ONE;
        for (int i = 0; i < EXP_STEPS; i++) {
            EXP[i] = power.doubleValue();
            power = power.multiply(root, digits);
        }
    }

    private FloatSquare() {}

    static float of(float x) {
        float size = Math.abs(x);
        if (!(size >= TINY && size <= 1 / TINY)) {
            return x * x;
        }
        return (float) exp2(2 * log2(size));
    }

    private static double log2(float x) {
        int bits = Float.floatToRawIntBits(x);
        int shifted = bits - OFFSET;
        int i = (shifted >>> 19) & 15;
        int exponent = shifted >> 23;
        double z = Float.intBitsToFloat(bits - (exponent << 23));
        double r = Math.fma(z, INVERSE[i], -1);
        double r2 = r * r;
        double high = Math.fma(0x1.27616c9496e0bp-2, r, -0x1.71969a075c67ap-2);
        double middle = Math.fma(0x1.ec70a6ca7baddp-2, r, -0x1.7154748bef6c8p-1);
        double low = Math.fma(r, 0x1.71547652ab82bp0, LOG[i] + exponent);
        return Math.fma(high, r2 * r2, Math.fma(r2, middle, low));
    }

    private static double exp2(double x) {
        double step = Math.rint(x * EXP_STEPS);
        int k = (int) step;
        int i = k & (EXP_STEPS - 1);
        double r = x - step / EXP_STEPS;
        double high = Math.fma(0x1.c6af84b912394p-5, r, 0x1.ebfce50fac4f3p-3);
        double low = Math.fma(r, 0x1.62e42ff0c52d6p-1, 1);
        return Math.fma(high, r * r, low) * Math.scalb(EXP[i], (k - i) / EXP_STEPS);
    }
}
