package org.rltune.env.wrapper;

import java.util.Arrays;

/**
 * Mean and variance of each element over some rows, with the roundings of NumPy's {@code mean} and {@code var} along the
 * first axis.
 *
 * <p>NumPy adds up vectors row by row. Rows of a single number lie side by side, and it adds them in pairs: eight running
 * sums in a block of at most 128, and halves of what is longer ({@code pairwise_sum} of its loops).
 */
final class BatchMoments {
    private static final int BLOCK = 128;
    private static final int LANES = 8;

    private final boolean single;
    private final double[] mean;
    private final double[] variance;
    private final double[] lanes = new double[LANES];
    private double[] column = new double[0]; // the chosen rows where they are single numbers
    private int count;

    BatchMoments(int size, boolean single) {
        this.single = single;
        mean = new double[size];
        variance = new double[size];
    }

    /** Computes the moments of the chosen rows; returns how many these are. */
    int compute(float[] rows, boolean[] chosen) {
        count = 0;
        for (boolean row : chosen) {
            count += row ? 1 : 0;
        }
        if (count > 0) {
            if (mean.length == 1) {
                ofNumbers(rows, chosen);
            } else {
                ofVectors(rows, chosen);
            }
        }
        return count;
    }

    private void ofVectors(float[] rows, boolean[] chosen) {
        int size = mean.length;
        Arrays.fill(mean, 0);
        Arrays.fill(variance, 0);
        for (int e = 0; e < chosen.length; e++) {
            for (int i = 0; chosen[e] && i < size; i++) {
                mean[i] = round(mean[i] + rows[e * size + i]);
            }
        }
        for (int i = 0; i < size; i++) {
            mean[i] = round(mean[i] / count);
        }
        for (int e = 0; e < chosen.length; e++) {
            for (int i = 0; chosen[e] && i < size; i++) {
                double distance = round(rows[e * size + i] - mean[i]);
                variance[i] = round(variance[i] + round(distance * distance));
            }
        }
        for (int i = 0; i < size; i++) {
            variance[i] = round(variance[i] / count);
        }
    }

    private void ofNumbers(float[] rows, boolean[] chosen) {
        if (column.length < count) {
            column = new double[chosen.length];
        }
        int n = 0;
        for (int e = 0; e < chosen.length; e++) {
            if (chosen[e]) {
                column[n++] = rows[e];
            }
        }
        mean[0] = round(sum(0, n) / n);
        for (int i = 0; i < n; i++) {
            double distance = round(column[i] - mean[0]);
            column[i] = round(distance * distance);
        }
        variance[0] = round(sum(0, n) / n);
    }

    private double sum(int from, int n) {
        if (n > BLOCK) {
            int half = n / 2 - n / 2 % LANES;
            return round(sum(from, half) + sum(from + half, n - half));
        }
        if (n < LANES) {
            double sum = 0;
            for (int i = from; i < from + n; i++) {
                sum = round(sum + column[i]);
            }
            return sum;
        }
        System.arraycopy(column, from, lanes, 0, LANES);
        int i = LANES;
        for (; i < n - n % LANES; i++) {
            lanes[i % LANES] = round(lanes[i % LANES] + column[from + i]);
        }
        for (int step = 1; step < LANES; step *= 2) {
            for (int k = 0; k < LANES; k += 2 * step) {
                lanes[k] = round(lanes[k] + lanes[k + step]);
            }
        }
        double sum = lanes[0];
        for (; i < n; i++) {
            sum = round(sum + column[from + i]);
        }
        return sum;
    }

    double mean(int i) {
        return mean[i];
    }

    /** The variance times the number of rows. */
    double squares(int i) {
        return round(variance[i] * count);
    }

    private double round(double value) {
        return single ? (float) value : value;
    }
}
