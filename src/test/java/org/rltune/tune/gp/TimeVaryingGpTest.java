package org.rltune.tune.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.tune.gp.TimeVaryingGp.Belief;
import org.rltune.tune.gp.TimeVaryingGp.Parameters;

class TimeVaryingGpTest {
    private static final int N = 12;
    private static final Parameters SOME = new Parameters(0.4, 0.2, 0.05);

    private final Pcg64 random = new Pcg64(5);
    private final double[][] x = new double[N][2];
    private final double[] t = new double[N];
    private final double[] y = new double[N];

    TimeVaryingGpTest() {
        for (int i = 0; i < N; i++) {
            x[i] = new double[] {random.nextDouble(), random.nextDouble()};
            t[i] = i / 3;
            y[i] = 3 * x[i][0] + random.standardNormal();
        }
    }

    /** Mean, deviation and likelihood by Gaussian elimination on the formulas of the paper. */
    @Test
    void believesWhatEliminationGives() {
        double[] z = standardised();
        TimeVaryingGp process = TimeVaryingGp.of(x, t, y, SOME);
        double[][] covariance = covariance(SOME);
        double[] weighted = solve(covariance, z);
        for (int p = 0; p < 20; p++) {
            double[] point = {random.nextDouble(), random.nextDouble()};
            double now = 6 * random.nextDouble();
            double[] k = new double[N];
            double mean = 0;
            for (int i = 0; i < N; i++) {
                k[i] = kernel(point, now, x[i], t[i], SOME);
                mean += k[i] * weighted[i];
            }
            double[] v = solve(covariance, k);
            double variance = 1;
            for (int i = 0; i < N; i++) {
                variance -= k[i] * v[i];
            }
            Belief belief = process.at(point, now);
            assertThat(belief.mean()).isCloseTo(mean, within(1e-10));
            assertThat(belief.deviation()).isCloseTo(Math.sqrt(variance), within(1e-10));
        }
        double logDensity = -N / 2.0 * Math.log(2 * Math.PI) - 0.5 * Math.log(determinant(covariance));
        for (int i = 0; i < N; i++) {
            logDensity -= 0.5 * z[i] * weighted[i];
        }
        assertThat(process.logLikelihood()).isCloseTo(logDensity, within(1e-9));
    }

    private double[] standardised() {
        double mean = Arrays.stream(y).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(y).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
        return Arrays.stream(y)
                .map(v -> Math.max(-2, Math.min(2, (v - mean) / deviation)))
                .toArray();
    }

    private static double kernel(double[] a, double ta, double[] b, double tb, Parameters p) {
        double distance = Math.hypot(a[0] - b[0], a[1] - b[1]) / p.length();
        return Math.exp(-distance * distance / 2) * Math.pow(1 - p.decay(), Math.abs(ta - tb) / 2);
    }

    private double[][] covariance(Parameters p) {
        double[][] matrix = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                matrix[i][j] = kernel(x[i], t[i], x[j], t[j], p) + (i == j ? p.noise() : 0);
            }
        }
        return matrix;
    }

    private static double[] solve(double[][] matrix, double[] right) {
        double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[] b = right.clone();
        for (int c = 0; c < b.length; c++) {
            for (int r = c + 1; r < b.length; r++) {
                double factor = a[r][c] / a[c][c];
                for (int k = c; k < b.length; k++) {
                    a[r][k] -= factor * a[c][k];
                }
                b[r] -= factor * b[c];
            }
        }
        for (int c = b.length - 1; c >= 0; c--) {
            for (int k = c + 1; k < b.length; k++) {
                b[c] -= a[c][k] * b[k];
            }
            b[c] /= a[c][c];
        }
        return b;
    }

    private static double determinant(double[][] matrix) {
        double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double determinant = 1;
        for (int c = 0; c < a.length; c++) {
            determinant *= a[c][c];
            for (int r = c + 1; r < a.length; r++) {
                double factor = a[r][c] / a[c][c];
                for (int k = c; k < a.length; k++) {
                    a[r][k] -= factor * a[c][k];
                }
            }
        }
        return determinant;
    }

    @Test
    void forgetsWhatWasSeenLongAgo() {
        TimeVaryingGp process = TimeVaryingGp.of(x, t, y, SOME);
        assertThat(process.at(x[11], 4).deviation()).isLessThan(0.6);
        assertThat(process.at(x[11], 200).deviation()).isCloseTo(1, within(1e-9));
        assertThat(process.at(x[11], 200).mean()).isCloseTo(0, within(1e-9));
        Parameters constant = new Parameters(0.4, 0, 0.05);
        TimeVaryingGp still = TimeVaryingGp.of(x, t, y, constant);
        assertThat(still.at(x[11], 200)).isEqualTo(still.at(x[11], 4));
    }

    @Test
    void isSureAboutPointsThatAreUnderWay() {
        TimeVaryingGp process = TimeVaryingGp.of(x, t, y, new Parameters(0.1, 0.2, 0.01));
        double[] far = {3, 3};
        assertThat(process.at(far, 4).deviation()).isCloseTo(1, within(1e-9));
        TimeVaryingGp pending = process.withPending(new double[][] {far}, 4);
        assertThat(pending.at(far, 4).deviation()).isCloseTo(Math.sqrt(1 - 1 / 1.01), within(1e-9));
        assertThat(pending.size()).isEqualTo(N + 1);
    }

    /** Values drawn from the process itself: its own parameters must look better than others, and be found. */
    @Test
    void findsHowTheFunctionVaries() {
        int n = 150;
        double[][] points = new double[n][1];
        double[] times = new double[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            points[i][0] = random.nextDouble();
            times[i] = i / 10;
            values[i] = Math.sin(9 * points[i][0]) + 0.05 * random.standardNormal();
        }
        Parameters still = TimeVaryingGp.fit(points, times, values).parameters();
        assertThat(still.decay()).isLessThanOrEqualTo(0.01);
        assertThat(still.noise()).isLessThanOrEqualTo(0.03);
        for (int i = 0; i < n; i++) {
            values[i] = Math.sin(9 * points[i][0] + 2 * times[i]) + 0.05 * random.standardNormal();
        }
        assertThat(TimeVaryingGp.fit(points, times, values).parameters().decay())
                .isGreaterThanOrEqualTo(0.2);
    }

    @Test
    void standardisesEqualValuesToZeroAndClipsOutliers() {
        assertThat(TimeVaryingGp.standardised(new double[] {3, 3, 3})).containsExactly(0, 0, 0);
        double[] outlier = new double[50];
        outlier[7] = 1000;
        assertThat(TimeVaryingGp.standardised(outlier)[7]).isEqualTo(2);
        assertThat(TimeVaryingGp.fit(new double[][] {{0.5}}, new double[1], new double[] {4})
                        .at(new double[] {0.5}, 0))
                .matches(belief -> belief.mean() == 0);
    }
}
