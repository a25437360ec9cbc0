package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TruncatedNormalTest {
    private static final int STEPS = 20_000;

    /** Simpson's rule for the untruncated density, which the code under test never integrates. */
    private static double integral(double mean, double deviation, double low, double high) {
        double h = (high - low) / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double z = (low + i * h - mean) / deviation;
            double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
        }
        return sum * h / 3;
    }

    @Test
    void densityAndProbabilityAgreeWithNumericalIntegration() {
        for (double mean : new double[] {0, 0.03, 0.5, 0.81, 1}) {
            for (double deviation : new double[] {0.01, 0.2, 1}) {
                TruncatedNormal normal = TruncatedNormal.of(mean, deviation);
                double mass = integral(mean, deviation, 0, 1);
                assertThat(normal.mass()).isCloseTo(mass, within(1e-9));
                double x = Math.min(1, mean + 0.7 * deviation);
                double z = (x - mean) / deviation;
                double density = Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI)) / mass;
                assertThat(Math.exp(normal.logDensity(x))).isCloseTo(density, within(1e-8 * density));
                double low = Math.max(0, mean - deviation);
                double high = Math.min(1, mean + deviation / 2);
                assertThat(Math.exp(normal.logProbability(low, high)))
                        .as("mean %f, deviation %f", mean, deviation)
                        .isCloseTo(integral(mean, deviation, low, high) / mass, within(1e-9));
            }
        }
    }

    @Test
    void quantilesInvertTheIntegral() {
        for (double mean : new double[] {0, 0.4, 1}) {
            for (double deviation : new double[] {0.05, 0.3, 1}) {
                TruncatedNormal normal = TruncatedNormal.of(mean, deviation);
                for (double share : new double[] {0.001, 0.2, 0.5, 0.9, 0.999}) {
                    double x = normal.quantile(share);
                    assertThat(integral(mean, deviation, 0, x) / integral(mean, deviation, 0, 1))
                            .as("mean %f, deviation %f, share %f", mean, deviation, share)
                            .isCloseTo(share, within(1e-8));
                }
                assertThat(normal.quantile(0)).isBetween(0.0, 1e-12);
                assertThat(normal.quantile(Math.nextDown(1.0))).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void keepsItsDigitsFarFromTheMean() {
        TruncatedNormal narrow = TruncatedNormal.of(0, 0.05);
        // Phi(-12) - Phi(-13) by the asymptotic series of the tail (NIST Digital Library 7.12.1), twice since mass is
        // 1/2
        double expected = Math.log(2 * (tail(12) - tail(13)));
        assertThat(narrow.logProbability(0.6, 0.65)).isCloseTo(expected, within(1e-6));
    }

    private static double tail(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 12; k++) {
            term *= -(2 * k - 1) / (x * x);
            sum += term;
        }
        return Math.exp(-x * x / 2) / (x * Math.sqrt(2 * Math.PI)) * sum;
    }
}
