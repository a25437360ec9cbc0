package org.rltune.tune.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

class GaussianProcessTest {
    private static final double[][] X = {{0.1, 0}, {0.5, 1}, {0.8, 0}};
    private static final boolean[] CATEGORY = {false, true};
    private static final double[] Y = {-1, 0.3, 0.7};
    private static final KernelParameters KERNEL = new KernelParameters(new double[] {4, 0.5}, 1.5, 0.1);

    /** The kernel as the book writes it, with the distance r instead of u = r^2. */
    private static double k(double[] a, double[] b) {
        double r = Math.sqrt(4 * Math.pow(a[0] - b[0], 2) + (a[1] == b[1] ? 0 : 0.5));
        return 1.5 * (1 + Math.sqrt(5) * r + 5 * r * r / 3) * Math.exp(-Math.sqrt(5) * r);
    }

    /** Inverse of a 3 x 3 matrix by cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        double det = 0;
        for (int i = 0; i < 3; i++) {
            det += m[0][i] * (m[1][(i + 1) % 3] * m[2][(i + 2) % 3] - m[1][(i + 2) % 3] * m[2][(i + 1) % 3]);
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                inverse[j][i] = (m[(i + 1) % 3][(j + 1) % 3] * m[(i + 2) % 3][(j + 2) % 3]
                                - m[(i + 1) % 3][(j + 2) % 3] * m[(i + 2) % 3][(j + 1) % 3])
                        / det;
            }
        }
        return inverse;
    }

    private static double[][] covariance() {
        double[][] c = new double[3][3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                c[i][j] = k(X[i], X[j]) + (i == j ? 0.1 : 0);
            }
        }
        return c;
    }

    @Test
    void posteriorOfThreePointsIsTheClosedForm() {
        double[][] inverse = inverse(covariance());
        GaussianProcess gp = GaussianProcess.of(X, CATEGORY, Y, KERNEL);
        double[][] points = {{0.3, 0}, {0.3, 1}, {0.8, 0}, {1, 1}};
        GaussianProcess.Prediction prediction = gp.predict(points);
        for (int p = 0; p < points.length; p++) {
            double mean = 0;
            double variance = 1.5;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    mean += k(points[p], X[i]) * inverse[i][j] * Y[j];
                    variance -= k(points[p], X[i]) * inverse[i][j] * k(points[p], X[j]);
                }
            }
            assertThat(prediction.mean()[p]).as("mean at %d", p).isCloseTo(mean, within(1e-12));
            assertThat(prediction.variance()[p]).as("variance at %d", p).isCloseTo(variance, within(1e-12));
        }
    }

    @Test
    void invertsAndMultipliesAsByHand() {
        double[][] c = covariance();
        double[] flat = Arrays.stream(c).flatMapToDouble(Arrays::stream).toArray();
        LinearAlgebra.Inverse found = LinearAlgebra.invert(flat, 3);
        double[][] expected = inverse(c);
        double det = 0;
        for (int i = 0; i < 3; i++) {
            det += c[0][i] * (c[1][(i + 1) % 3] * c[2][(i + 2) % 3] - c[1][(i + 2) % 3] * c[2][(i + 1) % 3]);
            for (int j = 0; j < 3; j++) {
                assertThat(found.inverse()[i * 3 + j]).isCloseTo(expected[i][j], within(1e-12));
            }
        }
        assertThat(found.logDeterminant()).isCloseTo(Math.log(det), within(1e-12));
        assertThat(LinearAlgebra.multiply(new double[] {1, 2, 3, 4, 5, 6}, new double[] {7, 8, 9, 10, 11, 12}, 2, 3, 2))
                .containsExactly(58, 64, 139, 154);
        assertThat(LinearAlgebra.multiply(new double[] {1, 2}, new double[] {3, 4, 5}, 2, 1, 3))
                .containsExactly(3, 4, 5, 6, 8, 10);
        assertThatThrownBy(() -> LinearAlgebra.invert(new double[] {1, 2, 2, 1}, 2))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("not positive definite");
    }

    @Test
    void gradientOfTheLikelihoodAgreesWithFiniteDifferences() {
        Pcg64 random = Seeds.of(3).stream("test");
        double[][] x = new double[12][3];
        double[] y = new double[12];
        for (int i = 0; i < 12; i++) {
            x[i] = new double[] {random.nextDouble(), random.nextDouble(), random.choice(3)};
            y[i] = Math.sin(5 * x[i][0]) + x[i][2] - 1;
        }
        BoxMinimizer.Smooth objective = KernelFit.objective(x, new boolean[] {false, false, true}, y);
        double[] at = {0.3, -0.5, 0.1, 0.4, -3};
        double[] gradient = new double[5];
        objective.at(at, gradient);
        for (int i = 0; i < 5; i++) {
            double h = 1e-5;
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += h;
            down[i] -= h;
            double slope = (objective.at(up, new double[5]) - objective.at(down, new double[5])) / (2 * h);
            assertThat(gradient[i]).as("parameter %d", i).isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
        }
    }

    /** With one point the likelihood is that of one normal variable: log density plus the priors, by hand. */
    @Test
    void likelihoodOfOnePointIsThatOfOneNormalVariable() {
        BoxMinimizer.Smooth objective = KernelFit.objective(new double[][] {{0.5}}, new boolean[1], new double[] {0.7});
        double w = 2;
        double scale = 0.8;
        double noise = 0.05 + 1e-6;
        double variance = scale + noise;
        double prior = -(0.1 / w + 0.1 * w) + Math.log(scale) - scale + 0.1 * Math.log(noise) - 30 * noise;
        double expected = 0.5 * Math.log(variance) + 0.5 * 0.49 / variance - prior;
        assertThat(objective.at(new double[] {Math.log(w), Math.log(scale), Math.log(0.05)}, new double[3]))
                .isCloseTo(expected, within(1e-12));
    }

    @Test
    void findsTheAxisThatMatters() {
        Pcg64 random = Seeds.of(8).stream("test");
        double[][] x = new double[30][2];
        double[] y = new double[30];
        for (int i = 0; i < 30; i++) {
            x[i] = new double[] {random.nextDouble(), random.nextDouble()};
            y[i] = 1.4 * Math.sin(7 * x[i][0]);
        }
        GaussianProcess gp = GaussianProcess.fit(x, new boolean[2], y, KernelParameters.unknown(2));
        assertThat(gp.parameters().weights()[0])
                .isGreaterThan(10 * gp.parameters().weights()[1]);
        assertThat(gp.parameters().noise()).isLessThan(0.01);
        GaussianProcess.Prediction prediction = gp.predict(new double[][] {{0.42, 0.3}});
        assertThat(prediction.mean()[0]).isCloseTo(1.4 * Math.sin(7 * 0.42), within(0.05));
    }

    @Test
    void believingKeepsTheMeanAndShrinksTheVariance() {
        GaussianProcess gp = GaussianProcess.of(X, CATEGORY, Y, KERNEL);
        double[][] points = {{0.3, 0}, {0.35, 0}};
        GaussianProcess.Prediction before = gp.predict(points);
        GaussianProcess.Prediction after =
                gp.believing(new double[][] {{0.3, 0}}).predict(points);
        for (int p = 0; p < 2; p++) {
            assertThat(after.mean()[p]).isCloseTo(before.mean()[p], within(1e-12));
            assertThat(after.variance()[p]).isLessThan(0.8 * before.variance()[p]);
        }
        assertThat(gp.believing(new double[0][])).isSameAs(gp);
    }

    @Test
    void gradientOfExpectedImprovementAgreesWithFiniteDifferences() {
        GaussianProcess gp = GaussianProcess.of(X, CATEGORY, Y, KERNEL);
        for (double threshold : new double[] {-2, 0.7, 30}) {
            for (double x : new double[] {0.2, 0.65, 0.8, 0.97}) {
                double[] gradient = new double[2];
                double value = gp.logExpectedImprovement(new double[] {x, 1}, threshold, gradient);
                double[] both =
                        gp.logExpectedImprovement(new double[][] {{x - 1e-5, 1}, {x + 1e-5, 1}, {x, 1}}, threshold);
                assertThat(value).isCloseTo(both[2], within(1e-9 * Math.max(1, Math.abs(value))));
                double slope = (both[1] - both[0]) / 2e-5;
                assertThat(gradient[0])
                        .as("x %f, threshold %f", x, threshold)
                        .isCloseTo(slope, within(1e-5 * Math.max(1, Math.abs(slope))));
                assertThat(gradient[1]).isEqualTo(0);
            }
        }
    }

    @Test
    void expectedImprovementIsTheIntegral() {
        for (double z : new double[] {-6, -3, -1, 0, 0.5, 2, 8}) {
            double sum = 0;
            double from = Math.max(-z, -12);
            double h = (12 - from) / 20_000;
            for (int i = 0; i <= 20_000; i++) { // Simpson's rule for E max(0, z + N)
                double t = from + i * h;
                double weight = i == 0 || i == 20_000 ? 1 : i % 2 == 1 ? 4 : 2;
                sum += weight * (z + t) * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
            }
            assertThat(LogEi.log(z)).as("z = %f", z).isCloseTo(Math.log(sum * h / 3), within(1e-8));
        }
    }

    @Test
    void expectedImprovementIsSmoothWhereItsFormulaChangesAndFarOut() {
        for (double z : new double[] {-20, -25, -100, -1e4, 1e-9, -1e-9}) {
            double h = 1e-4 * Math.max(1, Math.abs(z));
            double slope = (LogEi.log(z + h) - LogEi.log(z - h)) / (2 * h);
            assertThat(LogEi.byMean(z)).as("z = %f", z).isCloseTo(slope, within(1e-5 * Math.abs(slope)));
        }
        assertThat(LogEi.log(Math.nextDown(-20.0))).isCloseTo(LogEi.log(-20), within(1e-10));
        assertThat(LogEi.log(-1e5)).isCloseTo(-0.5e10 - 0.5 * Math.log(2 * Math.PI) - 2 * Math.log(1e5), within(1e-3));
    }

    @Test
    void livesWithPointsThatStandTwice() {
        double[][] same = new double[20][];
        double[] y = new double[20];
        for (int i = 0; i < 20; i++) {
            same[i] = new double[] {0.5, 0};
            y[i] = i % 2 == 0 ? 1 : -1;
        }
        GaussianProcess gp = GaussianProcess.fit(same, CATEGORY, y, KERNEL);
        assertThat(gp.predict(new double[][] {{0.5, 0}}).mean()[0]).isCloseTo(0, within(0.05));
        GaussianProcess exact =
                GaussianProcess.of(same, CATEGORY, y, new KernelParameters(new double[] {1, 1}, 1, 1e-300));
        assertThat(exact.predict(new double[][] {{0.1, 0}}).variance()[0]).isNotNegative();
    }

    @Test
    void saysWhatIsMissing() {
        Nd4jCheck.require("the test");
        assertThatThrownBy(() -> Nd4jCheck.require("GaussianProcessSearch", "org.nd4j.Absent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GaussianProcessSearch needs ND4J")
                .hasMessageContaining("org.nd4j:nd4j-native-platform:1.0.0-M2.1");
    }
}
