package org.rltune.tune.gp;

import java.util.Arrays;

/**
 * What is believed about a function that changes with time, after some of its values were seen.
 *
 * <p>The kernel is that of PB2 (Parker-Holder et al. 2020, arXiv:2002.02518, equation 6, after Bogunovic et al. 2016,
 * arXiv:1601.06650): {@code k((x, t), (x', t')) = exp(-|x - x'|^2 / (2 l^2)) (1 - eps)^(|t - t'| / 2)}. Values are
 * standardised, so the variance is 1. The length scale l, eps and the noise are those of a grid that make the values most
 * likely, found by going through one of them after the other, twice. Immutable.
 */
public final class TimeVaryingGp {
    private static final double[] LENGTHS = {0.1, 0.15, 0.22, 0.33, 0.5, 0.75, 1.1, 1.7};
    private static final double[] DECAYS = {0, 0.01, 0.03, 0.1, 0.2, 0.4, 0.7};
    private static final double[] NOISES = {0.001, 0.01, 0.03, 0.1, 0.3, 1};
    private static final int ROUNDS = 2;

    /**
     * How the function varies.
     *
     * @param length how far apart points still resemble each other, in units of the cube's edge
     * @param decay by how much values are forgotten in one unit of time, in [0, 1)
     * @param noise the variance of the noise on standardised values
     */
    public record Parameters(double length, double decay, double noise) {}

    /**
     * What is believed at a point.
     *
     * @param mean in deviations of the values from their mean
     * @param deviation of the function, without noise
     */
    public record Belief(double mean, double deviation) {}

    private final double[][] x;
    private final double[] t;
    private final Parameters parameters;
    private final double perSquare;
    private final double perTime;
    private final double[] inverse;
    private final double[] weighted;
    private final double logLikelihood;

    private TimeVaryingGp(double[][] x, double[] t, double[] y, Parameters parameters) {
        this.x = x;
        this.t = t;
        this.parameters = parameters;
        perSquare = -1 / (2 * parameters.length() * parameters.length());
        perTime = StrictMath.log(1 - parameters.decay()) / 2;
        int n = y.length;
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double k = covariance(x[i], t[i], x[j], t[j]);
                covariance[i * n + j] = k;
                covariance[j * n + i] = k;
            }
            covariance[i * n + i] += parameters.noise();
        }
        LinearAlgebra.Inverse inverted = LinearAlgebra.invert(covariance, n);
        inverse = inverted.inverse();
        weighted = new double[n];
        double fit = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                weighted[i] = Math.fma(inverse[i * n + j], y[j], weighted[i]);
            }
            fit += weighted[i] * y[i];
        }
        logLikelihood = -0.5 * (fit + inverted.logDeterminant() + n * StrictMath.log(2 * Math.PI));
    }

    /**
     * Finds the parameters that explain the values best.
     *
     * @param x points of the unit cube, {@code n x axes}, n at least 1
     * @param t the time of each
     * @param y the values; standardised here
     */
    public static TimeVaryingGp fit(double[][] x, double[] t, double[] y) {
        double[] standardised = standardised(y);
        TimeVaryingGp best = new TimeVaryingGp(copy(x), t.clone(), standardised, new Parameters(0.5, 0.1, 0.1));
        for (int round = 0; round < ROUNDS; round++) {
            for (double length : LENGTHS) {
                best = better(best, standardised, new Parameters(length, best.parameters.decay, best.parameters.noise));
            }
            for (double decay : DECAYS) {
                best = better(best, standardised, new Parameters(best.parameters.length, decay, best.parameters.noise));
            }
            for (double noise : NOISES) {
                best = better(best, standardised, new Parameters(best.parameters.length, best.parameters.decay, noise));
            }
        }
        return best;
    }

    private static TimeVaryingGp better(TimeVaryingGp best, double[] y, Parameters parameters) {
        if (parameters.equals(best.parameters)) {
            return best;
        }
        TimeVaryingGp candidate = new TimeVaryingGp(best.x, best.t, y, parameters);
        return candidate.logLikelihood > best.logLikelihood ? candidate : best;
    }

    /** Returns what is believed with given parameters; the values are standardised. */
    static TimeVaryingGp of(double[][] x, double[] t, double[] y, Parameters parameters) {
        return new TimeVaryingGp(copy(x), t.clone(), standardised(y), parameters);
    }

    /**
     * Returns a process whose deviation is also small around points at which values are under way. Its mean is not to be
     * used: no value is known there.
     *
     * @param points of the unit cube
     * @param at when their values will be seen
     */
    public TimeVaryingGp withPending(double[][] points, double at) {
        int n = x.length;
        double[][] all = Arrays.copyOf(x, n + points.length);
        double[] times = Arrays.copyOf(t, n + points.length);
        for (int i = 0; i < points.length; i++) {
            all[n + i] = points[i].clone();
            times[n + i] = at;
        }
        return new TimeVaryingGp(all, times, new double[all.length], parameters);
    }

    /** Returns what is believed about a point at a time. */
    public Belief at(double[] point, double time) {
        int n = x.length;
        double[] k = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            k[i] = covariance(point, time, x[i], t[i]);
            mean = Math.fma(k[i], weighted[i], mean);
        }
        double explained = 0;
        for (int i = 0; i < n; i++) {
            double row = 0;
            for (int j = 0; j < n; j++) {
                row = Math.fma(inverse[i * n + j], k[j], row);
            }
            explained = Math.fma(k[i], row, explained);
        }
        return new Belief(mean, Math.sqrt(Math.max(0, 1 - explained)));
    }

    /** Returns the parameters in use. */
    public Parameters parameters() {
        return parameters;
    }

    /** Returns how many values were seen or are under way. */
    public int size() {
        return x.length;
    }

    double logLikelihood() {
        return logLikelihood;
    }

    private double covariance(double[] a, double atA, double[] b, double atB) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            squares = Math.fma(a[i] - b[i], a[i] - b[i], squares);
        }
        // One exponential for both factors: (1 - eps)^(d / 2) is exp(ln(1 - eps) d / 2).
        return StrictMath.exp(Math.fma(squares, perSquare, Math.abs(atA - atB) * perTime));
    }

    /** Returns values with mean 0 and deviation 1, clipped to 2 deviations as in PB2; all 0 if they are equal. */
    static double[] standardised(double[] y) {
        double mean = 0;
        for (double value : y) {
            mean += value / y.length;
        }
        double squares = 0;
        for (double value : y) {
            squares = Math.fma(value - mean, value - mean, squares);
        }
        double deviation = Math.sqrt(squares / y.length);
        double[] result = new double[y.length];
        for (int i = 0; i < y.length && deviation > 0; i++) {
            result[i] = Math.max(-2, Math.min(2, (y[i] - mean) / deviation));
        }
        return result;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}
