package org.rltune.experiments.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Functions with a known minimum that searchers are measured on; optuna_regret.py holds the same.
 *
 * <p>Formulas and constants: S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments (Branin, Hartmann
 * 6-dimensional, Rosenbrock).
 */
enum TestFunction {
    /** Two coordinates, three minima of the same depth. */
    BRANIN(0.39788735772973816) {
        @Override
        double[][] bounds() {
            return new double[][] {{-5, 10}, {0, 15}};
        }

        @Override
        double at(double[] x) {
            double b = 5.1 / (4 * Math.PI * Math.PI);
            double c = 5 / Math.PI;
            double inner = x[1] - b * x[0] * x[0] + c * x[0] - 6;
            return inner * inner + 10 * (1 - 1 / (8 * Math.PI)) * StrictMath.cos(x[0]) + 10;
        }
    },

    /** Six coordinates, six local minima. */
    HARTMANN6(-3.322368011415515) {
        @Override
        double[][] bounds() {
            return new double[][] {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}};
        }

        @Override
        double at(double[] x) {
            double total = 0;
            for (int i = 0; i < HARTMANN_ALPHA.length; i++) {
                double exponent = 0;
                for (int j = 0; j < x.length; j++) {
                    double distance = x[j] - HARTMANN_P[i][j];
                    exponent += HARTMANN_A[i][j] * distance * distance;
                }
                total += HARTMANN_ALPHA[i] * StrictMath.exp(-exponent);
            }
            return -total;
        }
    },

    /** Four coordinates, one minimum in a long curved valley. */
    ROSENBROCK4(0) {
        @Override
        double[][] bounds() {
            return new double[][] {{-5, 10}, {-5, 10}, {-5, 10}, {-5, 10}};
        }

        @Override
        double at(double[] x) {
            double total = 0;
            for (int i = 0; i + 1 < x.length; i++) {
                double rise = x[i + 1] - x[i] * x[i];
                total += 100 * rise * rise + (1 - x[i]) * (1 - x[i]);
            }
            return total;
        }
    };

    private static final double[] HARTMANN_ALPHA = {1, 1.2, 3, 3.2};
    private static final double[][] HARTMANN_A = {
        {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
    };
    private static final double[][] HARTMANN_P = {
        {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
        {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
        {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
        {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
    };

    private final double minimum;

    TestFunction(double minimum) {
        this.minimum = minimum;
    }

    /** Returns the lower and the upper bound of each coordinate. */
    abstract double[][] bounds();

    /** Returns the value at a point, one number for each coordinate. */
    abstract double at(double[] x);

    /** Returns the value at hyperparameters of {@link #space}. */
    double at(HyperParams config) {
        double[] x = new double[bounds().length];
        for (int i = 0; i < x.length; i++) {
            x[i] = config.getDouble("x" + i);
        }
        return at(x);
    }

    double minimum() {
        return minimum;
    }

    /** Returns the box in which the function is searched: x0, x1, ... */
    SearchSpace space() {
        Map<String, Domain> domains = new LinkedHashMap<>();
        double[][] bounds = bounds();
        for (int i = 0; i < bounds.length; i++) {
            domains.put("x" + i, Domain.uniform(bounds[i][0], bounds[i][1]));
        }
        return SearchSpace.of(domains);
    }

    /** Returns the name in tables and files, such as {@code branin}. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
