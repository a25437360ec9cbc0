package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.StateFields;

/**
 * Mean and variance of all vectors so far: Gymnasium's {@code RunningMeanStd} fed with one vector at a time, with the
 * same roundings.
 *
 * <p>The counts are those of T. F. Chan, G. H. Golub and R. J. LeVeque (1979), with a first count of 1e-4, mean 0 and
 * variance 1. Gymnasium computes in float32 where the observations are float32, in float64 otherwise. An operation on
 * two floats done in double and then rounded to float has the bits of the float operation, so one code serves both.
 */
final class RunningMoments {
    private static final double FIRST_COUNT = 1e-4;

    private final boolean single;
    private final double[] mean;
    private final double[] variance;
    private double count = FIRST_COUNT;

    /** Moments of vectors of this size, in single or in double precision. */
    RunningMoments(int size, boolean single) {
        this.single = single;
        mean = new double[size];
        variance = new double[size];
        Arrays.fill(variance, 1);
    }

    /** Takes one vector in. */
    void update(double[] x) {
        double total = count + 1;
        double n = round(count);
        double t = round(total);
        for (int i = 0; i < mean.length; i++) {
            double delta = round(x[i] - mean[i]);
            mean[i] = round(mean[i] + round(delta / t));
            // The variance of a single vector is 0 (or NaN, where the vector is not finite).
            double own = Double.isFinite(x[i]) ? round(variance[i] * n) : Double.NaN;
            double between = round(round(round(delta * delta) * n) / t);
            variance[i] = round(round(own + between) / t);
        }
        count = total;
    }

    double mean(int i) {
        return mean[i];
    }

    double variance(int i) {
        return variance[i];
    }

    /** (x - mean) / sqrt(variance + epsilon) of one element. */
    float normalize(int i, double x, double epsilon) {
        double deviation = round(Math.sqrt(round(variance[i] + round(epsilon))));
        return (float) (round(x - mean[i]) / deviation);
    }

    void state(StateFields fields) {
        count = fields.keep(count);
        for (int i = 0; i < mean.length; i++) {
            mean[i] = fields.keep(mean[i]);
            variance[i] = fields.keep(variance[i]);
        }
    }

    private double round(double value) {
        return single ? (float) value : value;
    }
}
