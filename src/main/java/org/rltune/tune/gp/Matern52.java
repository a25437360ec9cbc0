package org.rltune.tune.gp;

/**
 * The Matern kernel with smoothness 5/2 and a length scale of its own for each axis: {@code k(x, z) = scale f(u)} with
 * {@code u = sum over d of w[d] (x[d] - z[d])^2} and {@code f(u) = (1 + sqrt(5u) + 5u/3) exp(-sqrt(5u))}.
 *
 * <p>On a category axis the squared difference is 0 for the same option and 1 for another. Source: C. Rasmussen and
 * C. Williams, "Gaussian Processes for Machine Learning" (2006), 4.17; w is the inverse squared length scale.
 */
final class Matern52 {
    private final double[] weights;
    private final double scale;
    private final boolean[] category;

    /**
     * Makes a kernel.
     *
     * @param weights the inverse squared length scale of each axis
     * @param scale the variance of the function
     * @param category which axes hold options
     */
    Matern52(double[] weights, double scale, boolean[] category) {
        this.weights = weights.clone();
        this.scale = scale;
        this.category = category.clone();
    }

    double scale() {
        return scale;
    }

    /** Returns f(u). */
    static double shape(double u) {
        double root = Math.sqrt(5 * u);
        return (1 + root + 5.0 / 3 * u) * StrictMath.exp(-root);
    }

    /** Returns df/du, which is finite at 0 too: {@code -5/6 (1 + sqrt(5u)) exp(-sqrt(5u))}. */
    static double slope(double u) {
        double root = Math.sqrt(5 * u);
        return -5.0 / 6 * (1 + root) * StrictMath.exp(-root);
    }

    /** Returns the squared difference on one axis. */
    static double difference(boolean category, double x, double z) {
        return category ? (x == z ? 0 : 1) : (x - z) * (x - z);
    }

    private double distance(double[] x, double[] z) {
        double u = 0;
        for (int d = 0; d < weights.length; d++) {
            u += weights[d] * difference(category[d], x[d], z[d]);
        }
        return u;
    }

    double covariance(double[] x, double[] z) {
        return scale * shape(distance(x, z));
    }

    /** Adds {@code factor dk/dx} to the gradient; category axes have none. */
    void addGradient(double[] x, double[] z, double factor, double[] gradient) {
        double common = 2 * factor * scale * slope(distance(x, z));
        for (int d = 0; d < weights.length; d++) {
            if (!category[d]) {
                gradient[d] += common * weights[d] * (x[d] - z[d]);
            }
        }
    }

    /** Returns the covariances of each x with each z, {@code xs x zs}. */
    double[] covariances(double[][] xs, double[][] zs) {
        double[] matrix = new double[xs.length * zs.length];
        for (int i = 0; i < xs.length; i++) {
            for (int j = 0; j < zs.length; j++) {
                matrix[i * zs.length + j] = covariance(xs[i], zs[j]);
            }
        }
        return matrix;
    }
}
