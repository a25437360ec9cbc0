package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/**
 * The evolution strategy with covariance matrix adaptation in the unit cube, asked for points and told how they ranked.
 *
 * <p>Source: N. Hansen, "The CMA Evolution Strategy: A Tutorial" (2016), with its symbols and default constants and without
 * negative weights. Eigenvalues are Hipparchus's. Its own {@code CMAESOptimizer} evaluates the function itself, one point
 * after the other, so trials that run side by side, fail, or outlive the process have no place in it; the test compares
 * with it.
 */
final class Cma {
    private static final int TRIES = 100;
    private static final double LEAST_EIGENVALUE = 1e-20;

    private final int n;
    private final int lambda;
    private final double[] weights;
    private final double muEff;
    private final double cSigma;
    private final double dSigma;
    private final double cC;
    private final double c1;
    private final double cMu;
    private final double chiN;

    private double[] mean;
    private double sigma;
    private double[][] covariance;
    private double[] pathC;
    private double[] pathSigma;
    private int generation;
    private double[][] axes; // column i is the eigenvector of deviations[i]
    private double[] deviations;

    /**
     * Makes a strategy at its beginning.
     *
     * @param mean where it begins
     * @param sigma the step size it begins with
     * @param lambda how many points a generation has, at least 2; 0 for {@code 4 + floor(3 ln n)}
     */
    Cma(double[] mean, double sigma, int lambda) {
        n = mean.length;
        this.mean = mean.clone();
        this.sigma = sigma;
        this.lambda = lambda == 0 ? 4 + (int) Math.floor(3 * StrictMath.log(n)) : lambda;
        int mu = this.lambda / 2;
        weights = new double[mu];
        double sum = 0;
        for (int i = 0; i < mu; i++) {
            weights[i] = StrictMath.log((this.lambda + 1) / 2.0) - StrictMath.log(i + 1);
            sum += weights[i];
        }
        double squares = 0;
        for (int i = 0; i < mu; i++) {
            weights[i] /= sum;
            squares += weights[i] * weights[i];
        }
        muEff = 1 / squares;
        cSigma = (muEff + 2) / (n + muEff + 5);
        dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
        cC = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
        c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
        cMu = Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((n + 2.0) * (n + 2) + muEff));
        chiN = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
        covariance = identity(n);
        axes = identity(n);
        deviations = ones(n);
        pathC = new double[n];
        pathSigma = new double[n];
    }

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    int lambda() {
        return lambda;
    }

    /** Returns how often it was told. */
    int generation() {
        return generation;
    }

    double sigma() {
        return sigma;
    }

    /** Draws a point; one outside of the cube is drawn anew, the hundredth is moved to its edge. */
    double[] ask(Pcg64 random) {
        double[] point = draw(random);
        for (int i = 1; i < TRIES && !isInside(point); i++) {
            point = draw(random);
        }
        for (int i = 0; i < n; i++) {
            point[i] = Math.max(0, Math.min(1, point[i]));
        }
        return point;
    }

    private static boolean isInside(double[] point) {
        for (double x : point) {
            if (x < 0 || x > 1) {
                return false;
            }
        }
        return true;
    }

    private double[] draw(Pcg64 random) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = deviations[i] * random.standardNormal();
        }
        double[] point = mean.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                point[i] += sigma * axes[i][j] * z[j];
            }
        }
        return point;
    }

    /** Takes in a generation: {@link #lambda} points, the best first, wherever they really were evaluated. */
    void tell(List<double[]> ranked) {
        if (ranked.size() != lambda) {
            throw new IllegalArgumentException(
                    "A generation has " + lambda + " points, but " + ranked.size() + " came. Tell that many.");
        }
        double[] step = new double[n]; // y_w, in units of sigma
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < n; i++) {
                step[i] += weights[k] * (ranked.get(k)[i] - mean[i]) / sigma;
            }
        }
        double[] whitened = whitened(step); // C^(-1/2) y_w
        double length = 0;
        for (int i = 0; i < n; i++) {
            pathSigma[i] = (1 - cSigma) * pathSigma[i] + Math.sqrt(cSigma * (2 - cSigma) * muEff) * whitened[i];
            length += pathSigma[i] * pathSigma[i];
        }
        length = Math.sqrt(length);
        double started = Math.sqrt(1 - StrictMath.pow(1 - cSigma, 2 * (generation + 1)));
        boolean steady = length / started < (1.4 + 2 / (n + 1.0)) * chiN; // h_sigma
        for (int i = 0; i < n; i++) {
            pathC[i] = (1 - cC) * pathC[i] + (steady ? Math.sqrt(cC * (2 - cC) * muEff) * step[i] : 0);
        }
        double lost = steady ? 0 : c1 * cC * (2 - cC);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rankMu = 0;
                for (int k = 0; k < weights.length; k++) {
                    double[] x = ranked.get(k);
                    rankMu += weights[k] * (x[i] - mean[i]) * (x[j] - mean[j]) / (sigma * sigma);
                }
                covariance[i][j] = (1 - c1 - cMu + lost) * covariance[i][j] + c1 * pathC[i] * pathC[j] + cMu * rankMu;
                covariance[j][i] = covariance[i][j];
            }
        }
        for (int i = 0; i < n; i++) {
            mean[i] += sigma * step[i];
        }
        sigma *= StrictMath.exp(Math.min(1, cSigma / dSigma * (length / chiN - 1)));
        generation++;
        decompose();
    }

    private double[] whitened(double[] step) {
        double[] result = new double[n];
        for (int k = 0; k < n; k++) {
            double along = 0;
            for (int i = 0; i < n; i++) {
                along += axes[i][k] * step[i];
            }
            for (int i = 0; i < n; i++) {
                result[i] += axes[i][k] * along / deviations[k];
            }
        }
        return result;
    }

    private void decompose() {
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(covariance));
        axes = eigen.getV().getData();
        for (int i = 0; i < n; i++) {
            deviations[i] = Math.sqrt(Math.max(LEAST_EIGENVALUE, eigen.getEigenvalue(i)));
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mean", list(mean));
        json.put("sigma", sigma);
        List<Object> rows = new ArrayList<>();
        for (double[] row : covariance) {
            rows.add(list(row));
        }
        json.put("covariance", rows);
        json.put("path_c", list(pathC));
        json.put("path_sigma", list(pathSigma));
        json.put("generation", generation);
        return json;
    }

    /** Goes on where {@link #toJson} stood; the settings are those of this. */
    void restore(Map<String, Object> json) {
        mean = array(json, "mean");
        sigma = Json.asDouble(json.get("sigma"), "sigma");
        List<Object> rows = State.list(json, "covariance");
        for (int i = 0; i < n; i++) {
            covariance[i] = array(Map.of("row", rows.get(i)), "row");
        }
        pathC = array(json, "path_c");
        pathSigma = array(json, "path_sigma");
        generation = State.count(json, "generation");
        if (generation > 0) {
            decompose();
        }
    }

    private static List<Object> list(double[] values) {
        List<Object> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    private static double[] array(Map<String, Object> json, String name) {
        return State.list(json, name).stream()
                .mapToDouble(value -> Json.asDouble(value, name))
                .toArray();
    }
}
