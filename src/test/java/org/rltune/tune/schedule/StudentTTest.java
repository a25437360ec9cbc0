package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.random.Pcg64;

class StudentTTest {
    /** Two-sided critical values of the printed tables, which give them to three or four digits. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.706, 0.05", "1, 63.657, 0.01", "1, 3.078, 0.2", "2, 4.303, 0.05", "2, 9.925, 0.01", "3, 3.182, 0.05",
        "5, 2.571, 0.05", "5, 4.032, 0.01", "10, 2.228, 0.05", "10, 3.169, 0.01", "10, 1.372, 0.2", "20, 2.086, 0.05",
        "30, 2.042, 0.05", "30, 2.750, 0.01", "60, 2.000, 0.05", "120, 1.980, 0.05", "1e9, 1.960, 0.05",
                "1e9, 2.576, 0.01"
    })
    void agreesWithThePrintedTables(double freedom, double critical, double p) {
        // The table rounds t to 5e-4; the density at these points times that is below 1 % of p.
        assertThat(StudentT.twoSided(critical, freedom)).isCloseTo(p, within(p * 0.01));
        assertThat(StudentT.twoSided(-critical, freedom)).isEqualTo(StudentT.twoSided(critical, freedom));
    }

    /** Closed forms: df 1 is 1 - 2 atan(t) / pi; df 2 is 1 - t / sqrt(2 + t^2); df 4 a polynomial in t^2 / (4 + t^2). */
    @Test
    void agreesWithTheClosedForms() {
        for (double t : new double[] {0, 1e-8, 1e-3, 0.1, 0.5, 1, 1.7, 2, 3.3, 10, 100, 1e4}) {
            assertThat(StudentT.twoSided(t, 1))
                    .as("t %s", t)
                    .isCloseTo(
                            t < 1 ? 1 - 2 * StrictMath.atan(t) / Math.PI : 2 * StrictMath.atan(1 / t) / Math.PI,
                            within(2e-14));
            assertThat(StudentT.twoSided(t, 2)).as("t %s", t).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(2e-14));
            double s = t / Math.sqrt(4 + t * t);
            assertThat(StudentT.twoSided(t, 4)).as("t %s", t).isCloseTo(1 - s * (3 - s * s) / 2, within(2e-14));
        }
        assertThat(StudentT.twoSided(Double.POSITIVE_INFINITY, 3)).isZero();
    }

    @Test
    void computesLogarithmsOfFactorialsAndHalves() {
        double logFactorial = 0;
        for (int n = 1; n < 60; n++) {
            assertThat(StudentT.logGamma(n)).isCloseTo(logFactorial, within(1e-14 * Math.max(1, logFactorial)));
            logFactorial += StrictMath.log(n);
        }
        assertThat(StudentT.logGamma(0.5)).isCloseTo(StrictMath.log(Math.PI) / 2, within(5e-15));
        assertThat(StudentT.logGamma(2.5))
                .isCloseTo(StrictMath.log(0.75 * Math.sqrt(Math.PI)), within(5e-15)); // shifted from above 15
    }

    // Errors of the logarithms of gamma, up to 100 here, grow by as many units in the last place.
    /** I_x(1, b) is 1 - (1 - x)^b, I_x(a, 1) is x^a, and I_x(a, a) is 1/2 in the middle. */
    @Test
    void agreesWithPowersWhereTheBetaFunctionIsOne() {
        for (double x : new double[] {1e-9, 0.01, 0.3, 0.5, 0.8, 0.999}) {
            for (double a : new double[] {0.5, 1, 2, 7.5, 40}) {
                assertThat(StudentT.incompleteBeta(a, 1, x, 1 - x)).isCloseTo(StrictMath.pow(x, a), within(1e-13));
                assertThat(StudentT.incompleteBeta(1, a, x, 1 - x))
                        .isCloseTo(1 - StrictMath.pow(1 - x, a), within(1e-13));
                assertThat(StudentT.incompleteBeta(a, a, 0.5, 0.5)).isCloseTo(0.5, within(1e-13));
            }
        }
    }

    /** Student's sleep data, for which R's manual page of t.test prints t = -1.8608, df = 17.776, p-value = 0.07939. */
    @Test
    void testsAsWelchDoes() {
        Welch test = Welch.of(
                new double[] {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
                new double[] {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4});
        assertThat(test.firstMean()).isCloseTo(0.75, within(1e-15));
        assertThat(test.secondMean()).isCloseTo(2.33, within(1e-15));
        assertThat(test.t()).isCloseTo(-1.8608, within(5e-5));
        assertThat(test.degreesOfFreedom()).isCloseTo(17.776, within(5e-4));
        assertThat(test.p()).isCloseTo(0.07939, within(5e-6));
        // By hand: means 3 and 6, variances 2.5 and 10 over 5 each.
        Welch hand = Welch.of(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10});
        assertThat(hand.t()).isCloseTo(-3 / Math.sqrt(2.5), within(1e-15));
        assertThat(hand.degreesOfFreedom()).isCloseTo(6.25 / 1.0625, within(1e-14));
        assertThat(Welch.of(new double[] {1, 1}, new double[] {1, 1}).p()).isEqualTo(1);
        assertThat(Welch.of(new double[] {2, 2}, new double[] {1, 1}).p()).isZero();
    }

    /** Of samples with equal means, a share of p must look at least that different; so the p-values are uniform. */
    @Test
    void givesUniformPValuesWhereNothingDiffers() {
        Pcg64 random = new Pcg64(3);
        int[] below = new int[3];
        double[] levels = {0.05, 0.2, 0.5};
        int runs = 4000;
        for (int run = 0; run < runs; run++) {
            double p = Welch.of(normals(random, 10), normals(random, 10)).p();
            for (int i = 0; i < 3; i++) {
                below[i] += p < levels[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < 3; i++) {
            double sd = Math.sqrt(runs * levels[i] * (1 - levels[i]));
            assertThat((double) below[i]).isCloseTo(runs * levels[i], within(4 * sd)); // false alarm 6e-5 each
        }
    }

    private static double[] normals(Pcg64 random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.standardNormal();
        }
        return values;
    }
}
