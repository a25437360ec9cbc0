package org.rltune.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * Count, mean and sum of squared deviations of columns of numbers that come one row at a time.
 *
 * <p>Rows are added by Welford's recursion (1962), two sets are merged by that of Chan, Golub and LeVeque (1983):
 *
 * <pre>
 *   add:   d = x - mean;  mean += d / n;  m2 += d * (x - mean)
 *   merge: d = meanB - meanA;  mean = meanA + d nB / n;  m2 = m2A + m2B + d^2 nA nB / n
 * </pre>
 *
 * <p>The order of rows and of merges is part of the result's bits; callers keep it fixed.
 */
public final class RunningMoments {
    private long count;
    private final double[] mean;
    private final double[] m2;

    /** Moments of no rows yet. */
    public RunningMoments(int columns) {
        mean = new double[columns];
        m2 = new double[columns];
    }

    /** Returns how many rows were added. */
    public long count() {
        return count;
    }

    /** Returns the mean of a column, 0 before the first row. */
    public double mean(int column) {
        return mean[column];
    }

    /** Returns the variance of a column with divisor n, as NumPy's; 1 before the first row. */
    public double variance(int column) {
        return count == 0 ? 1 : m2[column] / count;
    }

    /** Adds a row of numbers that begins at {@code at}. */
    public void add(float[] row, int at) {
        count++;
        double share = 1.0 / count;
        for (int j = 0; j < mean.length; j++) {
            double x = row[at + j];
            double d = x - mean[j];
            mean[j] = Math.fma(d, share, mean[j]);
            m2[j] = Math.fma(d, x - mean[j], m2[j]);
        }
    }

    /** Adds a row of one number, to moments of one column. */
    public void add(double x) {
        count++;
        double d = x - mean[0];
        mean[0] = Math.fma(d, 1.0 / count, mean[0]);
        m2[0] = Math.fma(d, x - mean[0], m2[0]);
    }

    /** Adds all rows of another set of as many columns, as if they came after those of this one. */
    public void merge(RunningMoments other) {
        if (other.count == 0) {
            return;
        }
        if (count == 0) {
            set(other);
            return;
        }
        double n = (double) count + other.count;
        double share = other.count / n;
        for (int j = 0; j < mean.length; j++) {
            double d = other.mean[j] - mean[j];
            mean[j] = Math.fma(d, share, mean[j]);
            m2[j] = Math.fma(d * d, count * share, m2[j] + other.m2[j]);
        }
        count += other.count;
    }

    /** Becomes a copy of another set of as many columns. */
    public void set(RunningMoments other) {
        count = other.count;
        System.arraycopy(other.mean, 0, mean, 0, mean.length);
        System.arraycopy(other.m2, 0, m2, 0, m2.length);
    }

    /** Forgets all rows. */
    public void clear() {
        count = 0;
        Arrays.fill(mean, 0);
        Arrays.fill(m2, 0);
    }

    /** Returns the state as JSON values; {@link #restore} reads them back, bit for bit. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", count);
        map.put("mean", mean.clone());
        map.put("m2", m2.clone());
        return map;
    }

    /**
     * Takes over a saved state.
     *
     * @param source the file that it stands in, for errors
     * @throws IllegalArgumentException if it is damaged or has another number of columns
     */
    public void restore(Map<String, ?> map, String source) {
        if (!(map.get("count") instanceof Long saved) || saved < 0) {
            throw new IllegalArgumentException(source + ": count is " + map.get("count")
                    + ", but running moments have a whole number of rows, at least 0; the file is damaged. Take another"
                    + " checkpoint.");
        }
        double[] means = numbers(map.get("mean"), "mean", source);
        double[] squares = numbers(map.get("m2"), "m2", source);
        for (double square : squares) {
            if (square < 0) {
                throw new IllegalArgumentException(source + ": m2 has the number " + square
                        + ", but sums of squares are at least 0; the file is damaged. Take another checkpoint.");
            }
        }
        count = saved;
        System.arraycopy(means, 0, mean, 0, mean.length);
        System.arraycopy(squares, 0, m2, 0, m2.length);
    }

    private double[] numbers(@Nullable Object value, String key, String source) {
        if (!(value instanceof List<?> list) || list.size() != mean.length) {
            throw new IllegalArgumentException(source + ": " + key + " must be a list of " + mean.length
                    + " numbers, one for each column; the file is damaged or of another environment. Take a checkpoint of"
                    + " this one.");
        }
        double[] numbers = new double[mean.length];
        for (int j = 0; j < numbers.length; j++) {
            numbers[j] = Json.asDouble(list.get(j), source + ": " + key + "[" + j + "]");
            if (!Double.isFinite(numbers[j])) {
                throw new IllegalArgumentException(source + ": " + key + "[" + j + "] is " + numbers[j]
                        + ", but must be finite; the file is damaged. Take another checkpoint.");
            }
        }
        return numbers;
    }
}
