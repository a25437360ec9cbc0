package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Second route: the JDK's StrictMath in double precision. */
class ApproximationsTest {
    @Test
    void expIsWithinItsStatedErrorOnADenseGrid() {
        double worst = 0;
        for (int i = -870_000; i <= 870_000; i++) {
            float x = i * 1e-4f;
            double exact = StrictMath.exp(x);
            if (Math.abs(x) <= Approximations.EXP_LIMIT) {
                worst = Math.max(worst, Math.abs(Approximations.exp(x) - exact) / exact);
            }
        }
        assertThat(worst).isBetween(1e-8, 1.0e-7);
    }

    @Test
    void expSaturatesAndIsExactAtZero() {
        assertThat(Approximations.exp(0f)).isEqualTo(1f);
        assertThat(Approximations.exp(-0f)).isEqualTo(1f);
        assertThat(Approximations.exp(Float.MIN_VALUE)).isEqualTo(1f);
        assertThat(Approximations.exp(-Float.MIN_NORMAL / 2)).isEqualTo(1f);
        float top = Approximations.exp(87f);
        float bottom = Approximations.exp(-87f);
        assertThat(top).isFinite().isGreaterThan(6e37f);
        assertThat(bottom).isGreaterThan(Float.MIN_NORMAL).isLessThan(2e-38f);
        for (float beyond : new float[] {87.1f, 1000f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(Approximations.exp(beyond)).isEqualTo(top);
            assertThat(Approximations.exp(-beyond)).isEqualTo(bottom);
        }
    }

    @Test
    void logIsWithinItsStatedErrorOnEveryBinade() {
        double worstRelative = 0;
        double worstAbsolute = 0;
        for (int exponent = -126; exponent <= 127; exponent++) {
            for (int i = 0; i < 8000; i++) {
                float x = Math.scalb(1f + i / 8000f, exponent);
                double exact = StrictMath.log(x);
                double error = Math.abs(Approximations.log(x) - exact);
                if (Math.abs(exact) > 0.1) {
                    worstRelative = Math.max(worstRelative, error / Math.abs(exact));
                } else {
                    worstAbsolute = Math.max(worstAbsolute, error);
                }
            }
        }
        assertThat(worstRelative).isBetween(1e-8, 1.0e-7);
        assertThat(worstAbsolute).isBetween(1e-10, 1.0e-8);
    }

    @Test
    void logMovesWhatLiesOutsideItsRangeToTheNearestEnd() {
        assertThat(Approximations.log(1f)).isEqualTo(0f);
        float bottom = Approximations.log(Float.MIN_NORMAL);
        assertThat(bottom).isEqualTo(-87.33655f);
        for (float below : new float[] {0f, -0f, -1f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY}) {
            assertThat(Approximations.log(below)).isEqualTo(bottom);
        }
        assertThat(Approximations.log(Float.MAX_VALUE)).isEqualTo(88.72284f);
        assertThat(Approximations.log(Float.POSITIVE_INFINITY)).isEqualTo(88.72284f);
    }

    @Test
    void tanhIsWithinItsStatedErrorOnADenseGrid() {
        double worstAbsolute = 0;
        double worstRelative = 0;
        for (int i = -1_000_000; i <= 1_000_000; i++) {
            float x = i * 1e-5f;
            double exact = StrictMath.tanh(x);
            double error = Math.abs(Approximations.tanh(x) - exact);
            worstAbsolute = Math.max(worstAbsolute, error);
            if (i != 0) {
                worstRelative = Math.max(worstRelative, error / Math.abs(exact));
            }
        }
        for (float x = 1e-30f; x < 1e-5f; x *= 1.01f) {
            worstRelative = Math.max(worstRelative, Math.abs(Approximations.tanh(x) - (double) x) / x);
        }
        assertThat(worstAbsolute).isBetween(1e-8, 3.0e-7);
        assertThat(worstRelative).isBetween(1e-8, 3.0e-7);
    }

    @Test
    void tanhSaturatesBelowOneAndIsOdd() {
        float top = Approximations.tanh(Approximations.TANH_LIMIT);
        assertThat(top).isLessThan(1f).isGreaterThan(0.999999f);
        assertThat(Math.fma(-top, top, 1f)).isPositive();
        for (float beyond : new float[] {8f, 1e10f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertThat(Approximations.tanh(beyond)).isEqualTo(top);
        }
        for (float x : new float[] {0f, Float.MIN_VALUE, 1e-40f, 1e-20f, 0.3f, 5f, Float.POSITIVE_INFINITY}) {
            assertThat(Approximations.tanh(-x)).isEqualTo(-Approximations.tanh(x));
        }
        assertThat(Approximations.tanh(0f)).isZero();
        assertThat(Approximations.tanh(1e-40f)).isBetween(0.9e-40f, 1.1e-40f);
    }
}
