package org.rltune.tune.search;

import java.util.List;
import org.rltune.random.Pcg64;

/**
 * The density of BOHB: one kernel of the same width around each point, by the normal reference rule.
 *
 * <p>The width of axis i is {@code 1.06 s n^(-1 / (4 + d))} with the deviation s of its n coordinates (divided by n) and d
 * axes, at least {@code min_bandwidth}. A number has a normal kernel, an option the kernel of Aitchison and Aitken: {@code
 * 1 - h} for the same, {@code h / (c - 1)} for each of the c - 1 others, h at most {@code (c - 1) / c}. Source: statsmodels'
 * {@code KDEMultivariate}, which HpBandSter uses (S. Falkner, A. Klein, F. Hutter, "BOHB", 2018).
 */
final class KernelDensity {
    private static final double SQRT_2PI = 2.5066282746310002;

    private final List<Axis> axes;
    private final List<double[]> points;
    private final double[] widths;

    /**
     * Makes a density.
     *
     * @param points at least one
     */
    KernelDensity(List<Axis> axes, List<double[]> points, double minBandwidth) {
        this.axes = axes;
        this.points = points;
        int n = points.size();
        double shrink = StrictMath.pow(n, -1.0 / (4 + axes.size()));
        widths = new double[axes.size()];
        for (int i = 0; i < widths.length; i++) {
            double mean = 0;
            for (double[] point : points) {
                mean += point[i] / n;
            }
            double variance = 0;
            for (double[] point : points) {
                variance += (point[i] - mean) * (point[i] - mean) / n;
            }
            widths[i] = Math.max(minBandwidth, 1.06 * Math.sqrt(variance) * shrink);
            if (axes.get(i).isChoice()) {
                double options = axes.get(i).options().size();
                widths[i] = Math.min(widths[i], (options - 1) / options);
            }
        }
    }

    double[] widths() {
        return widths.clone();
    }

    double at(double[] x) {
        double sum = 0;
        for (double[] point : points) {
            double product = 1;
            for (int i = 0; i < widths.length; i++) {
                product *= kernel(i, x[i], point[i]);
            }
            sum += product;
        }
        return sum / points.size();
    }

    private double kernel(int axis, double x, double centre) {
        double h = widths[axis];
        if (axes.get(axis).isChoice()) {
            return x == centre ? 1 - h : h / (axes.get(axis).options().size() - 1);
        }
        double z = (x - centre) / h;
        return StrictMath.exp(-0.5 * z * z) / (h * SQRT_2PI);
    }

    /**
     * Draws a point around one of the points: numbers from a normal distribution {@code factor} times as wide, kept to [0,
     * 1]; an option stays with probability {@code 1 - h}, else it is any.
     */
    double[] around(Pcg64 random, double factor) {
        double[] centre = points.get(random.choice(points.size()));
        double[] point = new double[widths.length];
        for (int i = 0; i < point.length; i++) {
            Axis axis = axes.get(i);
            if (axis.isChoice()) {
                boolean stays = random.nextDouble() < 1 - widths[i];
                point[i] = stays ? centre[i] : random.choice(axis.options().size());
            } else {
                point[i] = axis.snapped(
                        TruncatedNormal.of(centre[i], widths[i] * factor).quantile(random.nextDouble()));
            }
        }
        return point;
    }
}
