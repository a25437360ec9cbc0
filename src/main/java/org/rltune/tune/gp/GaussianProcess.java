package org.rltune.tune.gp;

import java.util.Arrays;

/**
 * What is believed about a function after some of its values were seen: at each point a normal variable.
 *
 * <p>With covariances k between the point and the points seen, K among these, {@code C = K + noise I}: mean {@code k'
 * inverse(C) y}, variance {@code scale - k' inverse(C) k} (C. Rasmussen, C. Williams 2006, equations 2.25 and 2.26).
 * Immutable. Points lie in the unit cube; a category axis holds the option's index.
 */
public final class GaussianProcess {
    /** Keeps the deviation of a point that was seen above 0. */
    private static final double STABILIZING = 1e-12;

    private final double[][] x;
    private final double[] y;
    private final boolean[] category;
    private final KernelParameters parameters;
    private final Matern52 kernel;
    private final double[] inverse;
    private final double[] weighted;

    private GaussianProcess(double[][] x, boolean[] category, double[] y, KernelParameters parameters) {
        this.x = x;
        this.y = y;
        this.category = category;
        this.parameters = parameters;
        kernel = new Matern52(parameters.weights(), parameters.scale(), category);
        inverse = inverse(kernel.covariances(x, x), y.length, parameters);
        weighted = times(inverse, y);
    }

    /**
     * Fits the kernel to values and returns what is believed then.
     *
     * @param x points, {@code n x axes}, at least one
     * @param category which axes hold options
     * @param y values, mean 0 and deviation 1
     * @param start where the search for the kernel begins
     */
    public static GaussianProcess fit(double[][] x, boolean[] category, double[] y, KernelParameters start) {
        return of(x, category, y, KernelFit.fit(x, category, y, start));
    }

    /** Returns what is believed with a given kernel. */
    public static GaussianProcess of(double[][] x, boolean[] category, double[] y, KernelParameters parameters) {
        return new GaussianProcess(deepCopy(x), category.clone(), y.clone(), parameters);
    }

    /**
     * Returns what would be believed if the function had its mean at these points: how trials under way are accounted for
     * (the "kriging believer" of D. Ginsbourger and others, 2010). The mean stays, the variance shrinks around them.
     */
    public GaussianProcess believing(double[][] points) {
        if (points.length == 0) {
            return this;
        }
        double[] means = predict(points).mean();
        double[][] allX = Arrays.copyOf(x, x.length + points.length);
        double[] allY = Arrays.copyOf(y, y.length + points.length);
        for (int i = 0; i < points.length; i++) {
            allX[x.length + i] = points[i].clone();
            allY[y.length + i] = means[i];
        }
        return new GaussianProcess(allX, category, allY, parameters);
    }

    /** Returns the kernel's parameters, from which the next fit can begin. */
    public KernelParameters parameters() {
        return parameters;
    }

    /** Returns the largest value seen or believed. */
    public double best() {
        double best = Double.NEGATIVE_INFINITY;
        for (double value : y) {
            best = Math.max(best, value);
        }
        return best;
    }

    /**
     * What is believed at some points.
     *
     * @param mean one number a point
     * @param variance one number a point, at least 0; of the function, without noise
     */
    public record Prediction(double[] mean, double[] variance) {}

    /** Returns mean and variance at each point; one product of matrices for all. */
    public Prediction predict(double[][] points) {
        int n = y.length;
        double[] k = kernel.covariances(points, x);
        double[] v = LinearAlgebra.multiply(k, inverse, points.length, n, n);
        double[] mean = new double[points.length];
        double[] variance = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            double explained = 0;
            for (int j = 0; j < n; j++) {
                mean[p] += k[p * n + j] * weighted[j];
                explained += k[p * n + j] * v[p * n + j];
            }
            variance[p] = Math.max(0, kernel.scale() - explained);
        }
        return new Prediction(mean, variance);
    }

    /** Returns the logarithm of the expected improvement over a threshold at each point. */
    public double[] logExpectedImprovement(double[][] points, double threshold) {
        Prediction prediction = predict(points);
        double[] values = new double[points.length];
        for (int p = 0; p < points.length; p++) {
            double deviation = Math.sqrt(prediction.variance()[p] + STABILIZING);
            values[p] = StrictMath.log(deviation) + LogEi.log((prediction.mean()[p] - threshold) / deviation);
        }
        return values;
    }

    /**
     * Returns the logarithm of the expected improvement at one point and writes its gradient; category axes have none. In
     * plain loops: for one point a call of ND4J costs more than the work itself.
     */
    public double logExpectedImprovement(double[] point, double threshold, double[] gradient) {
        int n = y.length;
        double[] k = kernel.covariances(new double[][] {point}, x);
        double[] v = times(inverse, k);
        double mean = 0;
        double explained = 0;
        for (int j = 0; j < n; j++) {
            mean += k[j] * weighted[j];
            explained += k[j] * v[j];
        }
        double deviation = Math.sqrt(Math.max(0, kernel.scale() - explained) + STABILIZING);
        double z = (mean - threshold) / deviation;
        double byMean = LogEi.byMean(z) / deviation;
        double byDeviation = LogEi.byDeviation(z) / deviation;
        Arrays.fill(gradient, 0);
        for (int j = 0; j < n; j++) {
            // d mean = sum of weighted dk; d deviation = d variance / (2 deviation), d variance = -2 sum of v dk
            kernel.addGradient(point, x[j], byMean * weighted[j] - byDeviation * v[j] / deviation, gradient);
        }
        return StrictMath.log(deviation) + LogEi.log(z);
    }

    /** Adds noise to the diagonal and inverts; where rounding has left it indefinite, more of it, up to a thousandth. */
    private static double[] inverse(double[] covariance, int n, KernelParameters parameters) {
        double added = parameters.noise();
        while (true) {
            double[] matrix = covariance.clone();
            for (int i = 0; i < n; i++) {
                matrix[i * n + i] += added;
            }
            try {
                return LinearAlgebra.invert(matrix, n).inverse();
            } catch (ArithmeticException notPositiveDefinite) {
                added = Math.max(10 * added, 1e-12 * parameters.scale());
                if (added > 1e-3 * parameters.scale()) {
                    throw notPositiveDefinite;
                }
            }
        }
    }

    /** Returns the product of a square matrix with a vector. */
    static double[] times(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] product = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += matrix[i * n + j] * vector[j];
            }
            product[i] = sum;
        }
        return product;
    }

    private static double[][] deepCopy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}
