package org.rltune.ppo;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that changes piecewise linearly with the timesteps trained so far, as RLlib's {@code lr_schedule}.
 *
 * <p>Between two points the value is interpolated; after the last it stays. The first point stands at timestep 0.
 */
final class Schedule {
    private final double[] timesteps;
    private final double[] values;

    private Schedule(double[] timesteps, double[] values) {
        this.timesteps = timesteps;
        this.values = values;
    }

    /**
     * Reads points {@code [timestep, value]}.
     *
     * @throws IllegalArgumentException if a point is not a pair of finite numbers, the first timestep is not 0, the
     *     timesteps do not increase, or a value is negative
     */
    static Schedule parse(String name, List<?> points) {
        double[] timesteps = new double[points.size()];
        double[] values = new double[points.size()];
        for (int i = 0; i < points.size(); i++) {
            if (!(points.get(i) instanceof List<?> point)
                    || point.size() != 2
                    || !(point.get(0) instanceof Number timestep)
                    || !(point.get(1) instanceof Number value)) {
                throw bad(name, points, "each point must be [timestep, value]");
            }
            timesteps[i] = timestep.doubleValue();
            values[i] = value.doubleValue();
            if (!(values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY)) {
                throw bad(name, points, "each value must be a finite number of at least 0");
            }
            if (i == 0 ? timesteps[0] != 0 : !(timesteps[i] > timesteps[i - 1])) {
                throw bad(name, points, "timesteps must begin with 0 and increase");
            }
        }
        return new Schedule(timesteps, values);
    }

    private static IllegalArgumentException bad(String name, List<?> points, String rule) {
        return new IllegalArgumentException(
                name + ": " + rule + ", but it is " + points + ". Maybe [[0, 0.001], [100000, 0]]?");
    }

    /** Returns whether there are no points, so that the constant setting is in force. */
    boolean isEmpty() {
        return values.length == 0;
    }

    /** Returns the value at a timestep. */
    double at(double timestep) {
        int last = values.length - 1;
        for (int i = 0; i < last; i++) {
            if (timestep < timesteps[i + 1]) {
                double share = (timestep - timesteps[i]) / (timesteps[i + 1] - timesteps[i]);
                return values[i] + share * (values[i + 1] - values[i]);
            }
        }
        return values[last];
    }

    /** Returns the points as lists of two numbers. */
    List<List<Double>> points() {
        List<List<Double>> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(List.of(timesteps[i], values[i]));
        }
        return List.copyOf(points);
    }
}
