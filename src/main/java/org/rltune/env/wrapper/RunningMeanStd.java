package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.StateFields;

/**
 * Mean and variance of all vectors so far, as Gymnasium's {@code RunningMeanStd}, with the same roundings; fed with one
 * vector or with the rows of many environments at a time.
 *
 * <p>The counts are those of T. F. Chan, G. H. Golub and R. J. LeVeque (1979), with a first count of 1e-4, mean 0 and
 * variance 1: with the moments of n vectors, d the distance of their mean from the old one and c the old count, the new
 * mean is {@code mean + d n / (c + n)} and the new variance {@code (variance c + their variance n + d^2 c n / (c + n)) /
 * (c + n)}.
 *
 * <p>Gymnasium computes in float32 or float64, depending on the numbers. An operation on two floats done in double and
 * then rounded to float has the bits of the float operation, so one code serves both.
 */
public final class RunningMeanStd {
    private static final double FIRST_COUNT = 1e-4;

    private final boolean single;
    private final BatchMoments batch;
    private final double[] mean;
    private final double[] variance;
    private double count = FIRST_COUNT;

    private RunningMeanStd(int size, boolean single, boolean singleBatches) {
        this.single = single;
        batch = new BatchMoments(size, singleBatches);
        mean = new double[size];
        variance = new double[size];
        Arrays.fill(variance, 1);
    }

    /** Statistics in float32, as of float32 observations. */
    public static RunningMeanStd float32(int size) {
        return new RunningMeanStd(size, true, true);
    }

    /** Statistics in float64. */
    public static RunningMeanStd float64(int size) {
        return new RunningMeanStd(size, false, false);
    }

    /** Statistics in float64 of batches whose own mean and variance are computed in float32, as of vector rewards. */
    public static RunningMeanStd float64OfFloats(int size) {
        return new RunningMeanStd(size, false, true);
    }

    /** Takes one vector in. */
    public void update(double[] x) {
        double total = count + 1;
        for (int i = 0; i < mean.length; i++) {
            // The variance of a single vector is 0 (or NaN, where the vector is not finite).
            merge(i, x[i], Double.isFinite(x[i]) ? 0 : Double.NaN, 1, total);
        }
        count = total;
    }

    /**
     * Takes some rows in.
     *
     * @param rows vectors one after the other, row-major
     * @param chosen which rows; nothing happens where none is
     */
    public void update(float[] rows, boolean[] chosen) {
        int n = batch.compute(rows, chosen);
        if (n == 0) {
            return;
        }
        double total = count + n;
        for (int i = 0; i < mean.length; i++) {
            merge(i, batch.mean(i), batch.squares(i), n, total);
        }
        count = total;
    }

    /** Takes in, of one element, a mean and a sum of squared distances from it, both of n vectors. */
    private void merge(int i, double otherMean, double squares, int n, double total) {
        double c = round(count);
        double t = round(total);
        double delta = round(otherMean - mean[i]);
        double between = round(round(round(round(delta * delta) * c) * n) / t);
        double all = round(round(round(variance[i] * c) + squares) + between);
        mean[i] = round(mean[i] + round(round(delta * n) / t));
        variance[i] = round(all / t);
    }

    /** The mean of element i so far. */
    public double mean(int i) {
        return mean[i];
    }

    /** The variance of element i so far. */
    public double variance(int i) {
        return variance[i];
    }

    /** (x - mean) / sqrt(variance + epsilon) of one element. */
    public float normalize(int i, double x, double epsilon) {
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
