package org.rltune.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The normal distribution against mpmath 1.4.1 at 60 digits: {@code ncdf}, and its root by {@code findroot}. */
class NormalTest {
    private static final double[][] CDF = {
        {-37, 5.725571222524577e-300},
        {-30, 4.906713927148187e-198},
        {-20, 2.7536241186062337e-89},
        {-12.5, 3.732564298877713e-36},
        {-8, 6.220960574271784e-16},
        {-6.5, 4.016000583859118e-11},
        {-5.7, 5.990371401063528e-09},
        {-5.6, 1.071759025831093e-08},
        {-5, 2.866515718791939e-07},
        {-4, 3.1671241833119924e-05},
        {-3, 0.0013498980316300946},
        {-2.5, 0.006209665325776135},
        {-2, 0.02275013194817921},
        {-1.5, 0.06680720126885807},
        {-1, 0.15865525393145705},
        {-0.7, 0.24196365222307303},
        {-0.66, 0.25462691467133614},
        {-0.6, 0.2742531177500736},
        {-0.3, 0.3820885778110474},
        {-0.001, 0.49960105778608893},
        {-1e-10, 0.49999999996010575},
        {0.0, 0.5},
        {0.25, 0.5987063256829237},
        {0.66, 0.7453730853286639},
        {0.7, 0.758036347776927},
        {1, 0.8413447460685429},
        {1.96, 0.9750021048517795},
        {3, 0.9986501019683699},
        {5, 0.9999997133484281},
        {6, 0.9999999990134123},
        {8, 0.9999999999999993},
    };
    private static final double[][] QUANTILE = {
        {Double.MIN_VALUE, -38.467405617144344},
        {1e-300, -37.0470962993612},
        {1e-100, -21.273453560965326},
        {1e-50, -14.933337534788489},
        {1e-20, -9.262340089798407},
        {1.3e-11, -6.667611456510741},
        {1.4e-11, -6.656723091518184},
        {1e-10, -6.361340902404057},
        {1e-06, -4.753424308822899},
        {0.001, -3.0902323061678136},
        {0.02, -2.053748910631823},
        {0.074, -1.4466320671589785},
        {0.0751, -1.43882539275254},
        {0.2, -0.8416212335729142},
        {0.25, -0.6744897501960817},
        {0.4, -0.2533471031357997},
        {0.5, 0.0},
        {0.5000001, 2.506628273311648e-07},
        {0.75, 0.6744897501960817},
        {0.9, 1.2815515655446006},
        {0.925, 1.4395314709384561},
        {0.926, 1.4466320671589787},
        {0.975, 1.9599639845400538},
        {0.999, 3.090232306167813},
        {0.999999, 4.753424308817087},
        {0.9999999999999999, 8.209536151601387},
    };

    @Test
    void agreesWithManyDigits() {
        for (double[] row : CDF) {
            double tolerance = row[0] < -5 ? 3e-15 : 1e-15;
            assertThat(Normal.cdf(row[0])).as("cdf(%s)", row[0]).isEqualTo(row[1], within(tolerance * row[1]));
        }
        for (double[] row : QUANTILE) {
            assertThat(Normal.quantile(row[0]))
                    .as("quantile(%s)", row[0])
                    .isEqualTo(row[1], within(1e-15 * Math.abs(row[1])));
        }
    }

    @Test
    void findsBackWhatLiesInTheLowerTailAndTheMiddle() {
        Pcg64 random = new Pcg64(5);
        for (int i = 0; i < 100_000; i++) {
            double x = random.uniform(-37, 3);
            // Above 0 the probabilities crowd at 1: dx = dp / density.
            double tolerance = 1e-14 * Math.max(1, Math.abs(x)) + 2e-16 / Normal.density(Math.max(0, x));
            assertThat(Normal.quantile(Normal.cdf(x))).as("seed 5, draw %d", i).isEqualTo(x, within(tolerance));
        }
    }

    @Test
    void neverFallsAndIsSymmetric() {
        double last = 0;
        double lastQuantile = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= 100_000; i++) {
            double x = -10 + i * 2e-4;
            double p = Normal.cdf(x);
            assertThat(p).as("cdf(%s)", x).isGreaterThanOrEqualTo(last);
            assertThat(Normal.cdf(-x)).isEqualTo(1 - p, within(3e-16));
            last = p;
            double quantile = Normal.quantile(i / 1e5);
            assertThat(quantile).isGreaterThanOrEqualTo(lastQuantile);
            lastQuantile = quantile;
        }
        assertThat(Normal.erfc(0.7)).isEqualTo(2 * Normal.cdf(-0.7 * Math.sqrt(2)), within(1e-15));
    }

    @Test
    void knowsItsEndsAndRefusesTheRest() {
        assertThat(Normal.cdf(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Normal.cdf(Double.POSITIVE_INFINITY)).isOne();
        assertThat(Normal.cdf(Double.NaN)).isNaN();
        assertThat(Normal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Normal.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Normal.density(0)).isEqualTo(1 / Math.sqrt(2 * Math.PI), within(1e-16));
        for (double bad : new double[] {-1e-9, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Normal.quantile(bad))
                    .withMessageContaining("probability must be from 0 to 1");
        }
    }
}
