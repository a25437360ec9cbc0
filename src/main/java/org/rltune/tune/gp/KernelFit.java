package org.rltune.tune.gp;

import java.util.Arrays;

/**
 * The kernel that explains values best: the maximum of the posterior of its parameters.
 *
 * <p>The log likelihood of n values y with covariance {@code C = K + noise I} is {@code -log|C|/2 - y' inverse(C) y / 2}
 * (C. Rasmussen, C. Williams 2006, equation 5.8, without its constant), its derivative by a parameter {@code tr((a a' -
 * inverse(C)) dC) / 2} with {@code a = inverse(C) y} (5.9). Priors, as in Optuna 5: {@code -(0.1 / w + 0.1 w)} for each
 * inverse squared length scale w, Gamma(2, 1) for the scale, Gamma(1.1, 30) for the noise, which is at least 1e-6. The
 * search goes over the logarithms of the parameters, of the noise over that of what lies above its least.
 */
final class KernelFit implements BoxMinimizer.Smooth {
    static final double LEAST_NOISE = 1e-6;

    private static final double TOLERANCE = 1e-2;
    private static final int ITERATIONS = 200;

    /** Bounds of the logarithms, far outside of what the priors allow, so that nothing overflows on the way. */
    private static final double BOUND = 20;

    private final double[] y;
    private final int axes;

    /** {@code differences[pair * axes + d]}, pairs (i, j) with j below i, row by row. */
    private final double[] differences;

    private KernelFit(double[][] x, boolean[] category, double[] y) {
        this.y = y;
        this.axes = category.length;
        int n = y.length;
        differences = new double[n * (n - 1) / 2 * axes];
        int at = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                for (int d = 0; d < axes; d++) {
                    differences[at++] = Matern52.difference(category[d], x[i][d], x[j][d]);
                }
            }
        }
    }

    /**
     * Returns the parameters of the maximum near a start.
     *
     * @param x points, {@code n x axes}
     * @param y values, mean 0 and deviation 1
     */
    static KernelParameters fit(double[][] x, boolean[] category, double[] y, KernelParameters start) {
        KernelFit fit = new KernelFit(x, category, y);
        double[] low = new double[fit.axes + 2];
        double[] high = new double[fit.axes + 2];
        Arrays.fill(low, -BOUND);
        Arrays.fill(high, BOUND);
        BoxMinimizer.Minimum found = BoxMinimizer.minimize(fit, fit.raw(start), low, high, TOLERANCE, ITERATIONS);
        if (!Double.isFinite(found.value())) {
            found = BoxMinimizer.minimize(
                    fit, fit.raw(KernelParameters.unknown(fit.axes)), low, high, TOLERANCE, ITERATIONS);
        }
        return fit.parameters(found.x());
    }

    /** For tests: the function that is minimised. */
    static BoxMinimizer.Smooth objective(double[][] x, boolean[] category, double[] y) {
        return new KernelFit(x, category, y);
    }

    private double[] raw(KernelParameters parameters) {
        double[] raw = new double[axes + 2];
        for (int d = 0; d < axes; d++) {
            raw[d] = StrictMath.log(parameters.weights()[d]);
        }
        raw[axes] = StrictMath.log(parameters.scale());
        // A hundredth of the least is added: at the least itself the logarithm would be minus infinity.
        raw[axes + 1] = StrictMath.log(parameters.noise() - 0.99 * LEAST_NOISE);
        return raw;
    }

    private KernelParameters parameters(double[] raw) {
        double[] weights = new double[axes];
        for (int d = 0; d < axes; d++) {
            weights[d] = StrictMath.exp(raw[d]);
        }
        return new KernelParameters(weights, StrictMath.exp(raw[axes]), LEAST_NOISE + StrictMath.exp(raw[axes + 1]));
    }

    /** Returns minus the log posterior, with its gradient by the logarithms. */
    @Override
    public double at(double[] raw, double[] gradient) {
        KernelParameters p = parameters(raw);
        int n = y.length;
        double[] covariance = new double[n * n];
        double[] slopes = new double[n * (n - 1) / 2];
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++, pair++) {
                double u = 0;
                for (int d = 0; d < axes; d++) {
                    u += p.weights()[d] * differences[pair * axes + d];
                }
                covariance[i * n + j] = p.scale() * Matern52.shape(u);
                covariance[j * n + i] = covariance[i * n + j];
                slopes[pair] = p.scale() * Matern52.slope(u);
            }
            covariance[i * n + i] = p.scale() + p.noise();
        }
        LinearAlgebra.Inverse inverse;
        try {
            inverse = LinearAlgebra.invert(covariance, n);
        } catch (ArithmeticException notPositiveDefinite) {
            return Double.POSITIVE_INFINITY;
        }
        double[] a = GaussianProcess.times(inverse.inverse(), y);
        double quadratic = 0;
        for (int i = 0; i < n; i++) {
            quadratic += a[i] * y[i];
        }
        derivatives(p, inverse.inverse(), a, covariance, slopes, gradient);
        return 0.5 * inverse.logDeterminant() + 0.5 * quadratic - logPrior(p);
    }

    private void derivatives(
            KernelParameters p, double[] inverse, double[] a, double[] covariance, double[] slopes, double[] gradient) {
        int n = y.length;
        double[] byWeight = new double[axes];
        double byScale = 0;
        double byNoise = 0;
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++, pair++) {
                double both = a[i] * a[j] - inverse[i * n + j]; // stands twice in the trace, which is halved
                byScale += both * covariance[i * n + j] / p.scale();
                for (int d = 0; d < axes; d++) {
                    byWeight[d] += both * slopes[pair] * differences[pair * axes + d];
                }
            }
            double own = 0.5 * (a[i] * a[i] - inverse[i * n + i]);
            byScale += own;
            byNoise += own;
        }
        for (int d = 0; d < axes; d++) {
            double w = p.weights()[d];
            gradient[d] = -(byWeight[d] + 0.1 / (w * w) - 0.1) * w;
        }
        gradient[axes] = -(byScale + 1 / p.scale() - 1) * p.scale();
        gradient[axes + 1] = -(byNoise + 0.1 / p.noise() - 30) * (p.noise() - LEAST_NOISE);
    }

    private static double logPrior(KernelParameters p) {
        double sum = StrictMath.log(p.scale()) - p.scale() + 0.1 * StrictMath.log(p.noise()) - 30 * p.noise();
        for (double w : p.weights()) {
            sum -= 0.1 / w + 0.1 * w;
        }
        return sum;
    }
}
