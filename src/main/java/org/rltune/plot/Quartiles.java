package org.rltune.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The population's quartiles at one x: linear interpolation between order statistics (Hyndman and Fan's type 7, NumPy's
 * default), over the trials that have a value there.
 */
record Quartiles(double x, double lower, double median, double upper) {

    /** Returns the quartiles at every x at which a curve has a point, in stretches between gaps that all curves share. */
    static List<List<Quartiles>> of(List<Curve> curves) {
        TreeMap<Double, List<Double>> values = new TreeMap<>();
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                List<Double> here = values.computeIfAbsent(point.x(), x -> new ArrayList<>());
                if (!Double.isNaN(point.y())) {
                    here.add(point.y());
                }
            }
        }
        List<List<Quartiles>> stretches = new ArrayList<>();
        List<Quartiles> stretch = new ArrayList<>();
        for (var entry : values.entrySet()) {
            if (entry.getValue().isEmpty()) {
                stretch = new ArrayList<>();
                continue;
            }
            if (stretch.isEmpty()) {
                stretches.add(stretch);
            }
            double[] sorted =
                    entry.getValue().stream().mapToDouble(v -> v).sorted().toArray();
            stretch.add(new Quartiles(
                    entry.getKey(), quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)));
        }
        return stretches;
    }

    static double quantile(double[] sorted, double q) {
        double position = q * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return x + ": " + Arrays.toString(new double[] {lower, median, upper});
    }
}
