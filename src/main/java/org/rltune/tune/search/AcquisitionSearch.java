package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rltune.random.Pcg64;
import org.rltune.tune.gp.BoxMinimizer;
import org.rltune.tune.gp.GaussianProcess;

/**
 * Finds the point where a Gaussian process expects most: many quasi-random points, then a walk uphill from some of them.
 *
 * <p>Walks start at the best of the points, at the best trial so far, and at points drawn in proportion to their expected
 * improvement. A walk moves the continuous numbers by L-BFGS, each divided by its length scale, then every other axis on
 * its own, and so on until nothing gets better. The scheme is that of Optuna 5 ({@code optuna._gp.optim_mixed}).
 */
final class AcquisitionSearch {
    private static final double TOLERANCE = 1e-2;
    private static final int STEPS = 200;
    private static final int ROUNDS = 100;

    /** A number with at most this many values is searched whole; one with more by steps of doubling width. */
    private static final long WHOLE = 16;

    private final List<Axis> axes;
    private final GaussianProcess model;
    private final double threshold;
    private final UnaryOperator<double[]> settled;
    private final List<Integer> continuous = new ArrayList<>();
    private final List<Integer> separate = new ArrayList<>();

    /**
     * Makes a search.
     *
     * @param threshold over which improvement is measured
     * @param settled gives the point that a trial at a point really tries, constraints repaired
     */
    AcquisitionSearch(List<Axis> axes, GaussianProcess model, double threshold, UnaryOperator<double[]> settled) {
        this.axes = axes;
        this.model = model;
        this.threshold = threshold;
        this.settled = settled;
        for (int i = 0; i < axes.size(); i++) {
            (axes.get(i).isChoice() || axes.get(i).isDiscrete() ? separate : continuous).add(i);
        }
    }

    /**
     * A point and the logarithm of the improvement expected there.
     *
     * @param point settled
     */
    record Found(double[] point, double logImprovement) {}

    /**
     * Returns the best point found.
     *
     * @param candidates settled points to begin with, at least one
     * @param known the best trial so far
     * @param walks how many walks
     */
    Found best(double[][] candidates, double[] known, int walks, Pcg64 random) {
        double[] values = model.logExpectedImprovement(candidates, threshold);
        int top = 0;
        for (int i = 1; i < values.length; i++) {
            top = values[i] > values[top] ? i : top;
        }
        Found best = new Found(candidates[top], values[top]);
        for (double[] start : starts(candidates, values, top, known, walks, random)) {
            double[] end = settled.apply(walk(start));
            double value = value(end);
            if (value > best.logImprovement()) {
                best = new Found(end, value);
            }
        }
        return best;
    }

    private static List<double[]> starts(
            double[][] candidates, double[] values, int top, double[] known, int walks, Pcg64 random) {
        List<double[]> starts = new ArrayList<>(List.of(candidates[top], known));
        double[] shares = new double[values.length];
        double sum = 0;
        int positive = 0;
        for (int i = 0; i < values.length; i++) {
            shares[i] = i == top ? 0 : StrictMath.exp(values[i] - values[top]);
            sum += shares[i];
            positive += shares[i] > 0 ? 1 : 0;
        }
        int drawn = Math.min(walks - starts.size(), positive);
        if (drawn > 0 && sum > 0) {
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= sum;
            }
            for (int i : random.choice(shares, drawn, false)) {
                starts.add(candidates[i]);
            }
        }
        return starts.subList(0, Math.min(walks, starts.size()));
    }

    private double value(double[] point) {
        return model.logExpectedImprovement(point, threshold, new double[point.length]);
    }

    private double[] walk(double[] start) {
        double[] point = start.clone();
        double value = value(point);
        for (int round = 0; round < ROUNDS; round++) {
            double before = value;
            value = climb(point, value);
            for (int axis : separate) {
                value = axes.get(axis).isChoice() || isSmall(axis)
                        ? move(point, value, axis, all(axis))
                        : stride(point, value, axis);
            }
            if (separate.isEmpty() || !(value > before)) {
                break;
            }
        }
        return point;
    }

    /** Moves the continuous coordinates uphill, in place; returns the value there. */
    private double climb(double[] point, double value) {
        int n = continuous.size();
        if (n == 0) {
            return value;
        }
        double[] scales = new double[n];
        double[] start = new double[n];
        for (int i = 0; i < n; i++) {
            scales[i] = 1 / Math.sqrt(model.parameters().weights()[continuous.get(i)]);
            start[i] = point[continuous.get(i)] / scales[i];
        }
        double[] high = new double[n];
        Arrays.setAll(high, i -> 1 / scales[i]);
        double[] whole = point.clone();
        double[] slopes = new double[point.length];
        BoxMinimizer.Minimum found = BoxMinimizer.minimize(
                (scaled, gradient) -> {
                    for (int i = 0; i < n; i++) {
                        whole[continuous.get(i)] = inside(scaled[i] * scales[i]);
                    }
                    double improvement = model.logExpectedImprovement(whole, threshold, slopes);
                    for (int i = 0; i < n; i++) {
                        gradient[i] = -slopes[continuous.get(i)] * scales[i];
                    }
                    return -improvement;
                },
                start,
                new double[n],
                high,
                TOLERANCE,
                STEPS);
        if (!(-found.value() > value)) {
            return value;
        }
        for (int i = 0; i < n; i++) {
            point[continuous.get(i)] = inside(found.x()[i] * scales[i]);
        }
        return -found.value();
    }

    private static double inside(double unit) {
        return Math.max(0, Math.min(1, unit));
    }

    private boolean isSmall(int axis) {
        return axes.get(axis).cells() <= WHOLE;
    }

    /** All coordinates of an axis with few values. */
    private double[] all(int axis) {
        Axis searched = axes.get(axis);
        int cells = (int) searched.cells();
        double[] coordinates = new double[cells];
        double at = 0;
        for (int i = 0; i < cells; i++) {
            coordinates[i] = searched.isChoice() ? i : searched.snapped(at);
            at = searched.isChoice() ? at : searched.high(coordinates[i]);
        }
        return coordinates;
    }

    /** Steps to the left and right by 1, 2, 4, ... cells as long as that gets better, in place. */
    private double stride(double[] point, double value, int axis) {
        double better = value;
        for (int i = 0; i < ROUNDS; i++) {
            double now = better;
            Axis searched = axes.get(axis);
            double width = searched.high(point[axis]) - searched.low(point[axis]);
            List<Double> targets = new ArrayList<>();
            for (double step = width; step < 1 && width > 0; step *= 2) {
                targets.add(searched.snapped(inside(point[axis] - step)));
                targets.add(searched.snapped(inside(point[axis] + step)));
            }
            better = move(
                    point,
                    now,
                    axis,
                    targets.stream().mapToDouble(Double::doubleValue).toArray());
            if (!(better > now)) {
                return now;
            }
        }
        return better;
    }

    /** Moves one coordinate to the best of some, in place; it stays if none is better. */
    private double move(double[] point, double value, int axis, double[] coordinates) {
        if (coordinates.length == 0) {
            return value;
        }
        double[][] points = new double[coordinates.length][];
        for (int i = 0; i < points.length; i++) {
            points[i] = point.clone();
            points[i][axis] = coordinates[i];
        }
        double[] values = model.logExpectedImprovement(points, threshold);
        double best = value;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > best) {
                best = values[i];
                point[axis] = coordinates[i];
            }
        }
        return best;
    }
}
