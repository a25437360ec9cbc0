package org.rltune.tune.search;

import java.util.Arrays;
import java.util.List;
import org.rltune.random.Pcg64;

/**
 * A density over some axes: a weighted sum of kernels, one around each observation, and one over the whole space.
 *
 * <p>A kernel is a product over its axes: a normal distribution truncated to [0, 1] for a number, its share of the cell for
 * a discrete one, and for a choice a table that prefers the option observed. The kernel over the whole space has mean 1/2
 * and deviation 1, and weighs as much as one recent observation.
 */
final class ParzenEstimator {
    private static final double PRIOR_WEIGHT = 1;
    private static final TruncatedNormal PRIOR = TruncatedNormal.of(0.5, 1);

    private final List<Axis> axes;
    private final double[] weights;
    private final double[] logWeights;

    /** {@code normals[axis][kernel]}; empty for a choice. */
    private final TruncatedNormal[][] normals;

    /** {@code tables[axis][kernel][option]}; empty for a number. */
    private final double[][][] tables;

    /**
     * Makes a density.
     *
     * @param axes what a point consists of
     * @param observations points, oldest trial first; may be none
     */
    ParzenEstimator(List<Axis> axes, List<double[]> observations) {
        this.axes = axes;
        int n = observations.size();
        weights = Arrays.copyOf(TpeRules.weights(n), n + 1);
        weights[n] = PRIOR_WEIGHT;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        logWeights = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            weights[k] /= sum;
            logWeights[k] = StrictMath.log(weights[k]);
        }
        normals = new TruncatedNormal[axes.size()][];
        tables = new double[axes.size()][][];
        for (int i = 0; i < axes.size(); i++) {
            double[] column = new double[n];
            for (int k = 0; k < n; k++) {
                column[k] = observations.get(k)[i];
            }
            Axis axis = axes.get(i);
            normals[i] = axis.isChoice() ? new TruncatedNormal[0] : normals(column);
            tables[i] = axis.isChoice() ? tables(column, axis.options().size()) : new double[0][];
        }
    }

    private static TruncatedNormal[] normals(double[] means) {
        double[] deviations = TpeRules.deviations(means);
        TruncatedNormal[] kernels = new TruncatedNormal[means.length + 1];
        for (int k = 0; k < means.length; k++) {
            kernels[k] = TruncatedNormal.of(means[k], deviations[k]);
        }
        kernels[means.length] = PRIOR;
        return kernels;
    }

    /** The option observed gets 1, every option one more {@code prior / kernels}; without observations all are equal. */
    private static double[][] tables(double[] observed, int options) {
        int kernels = observed.length + 1;
        double[][] tables = new double[kernels][options];
        double base = PRIOR_WEIGHT / kernels;
        for (int k = 0; k < kernels; k++) {
            boolean prior = k == observed.length;
            Arrays.fill(tables[k], prior ? 1.0 / options : base / (1 + base * options));
            if (!prior) {
                tables[k][(int) observed[k]] = (1 + base) / (1 + base * options);
            }
        }
        return tables;
    }

    /** Draws a point; discrete numbers lie in the middle of their cells. */
    double[] sample(Pcg64 random) {
        int kernel = random.choice(weights);
        double[] point = new double[axes.size()];
        for (int i = 0; i < point.length; i++) {
            Axis axis = axes.get(i);
            point[i] = axis.isChoice()
                    ? random.choice(tables[i][kernel])
                    : axis.snapped(normals[i][kernel].quantile(random.nextDouble()));
        }
        return point;
    }

    /** Returns the logarithm of the density at a point. */
    double logDensity(double[] point) {
        double[] terms = logWeights.clone();
        for (int i = 0; i < point.length; i++) {
            Axis axis = axes.get(i);
            boolean discrete = axis.isDiscrete();
            double low = discrete ? axis.low(point[i]) : 0;
            double high = discrete ? axis.high(point[i]) : 0;
            for (int k = 0; k < terms.length; k++) {
                if (axis.isChoice()) {
                    terms[k] += StrictMath.log(tables[i][k][(int) point[i]]);
                } else {
                    terms[k] += discrete ? normals[i][k].logProbability(low, high) : normals[i][k].logDensity(point[i]);
                }
            }
        }
        return logSum(terms);
    }

    private static double logSum(double[] terms) {
        double most = Double.NEGATIVE_INFINITY;
        for (double term : terms) {
            most = Math.max(most, term);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - most);
        }
        return most + StrictMath.log(sum);
    }
}
