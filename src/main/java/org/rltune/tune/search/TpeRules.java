package org.rltune.tune.search;

import java.util.Arrays;

/**
 * The numbers that make a tree-structured Parzen estimator: how many trials count as good, what each weighs, how wide each
 * kernel is.
 *
 * <p>They are those of Optuna 5 ({@code optuna.samplers.TPESampler} with its defaults), which go back to J. Bergstra and
 * others, "Algorithms for Hyper-Parameter Optimization" (2011).
 */
final class TpeRules {
    /** This many of the latest trials have the full weight. */
    private static final int RECENT = 25;

    private static final int MOST_GOOD = 25;

    private TpeRules() {}

    /** Returns how many of n trials count as good: {@code min(ceil(n / 10), 25)}. */
    static int gamma(int n) {
        return Math.min((n + 9) / 10, MOST_GOOD);
    }

    /**
     * Returns the weights of n trials, oldest first: the latest 25 weigh 1, older ones rise from 1/n to 1 in equal steps.
     */
    static double[] weights(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        int old = n - RECENT;
        double first = 1.0 / n;
        for (int i = 0; i < old; i++) {
            weights[i] = old == 1 ? first : first + (1 - first) * i / (old - 1);
        }
        return weights;
    }

    /**
     * Returns the deviation of the kernel at each mean: the distance to its farther neighbour, at least {@code 1 / min(100,
     * n + 2)} for n means, at most 1. The ends of [0, 1] are neighbours of a single mean only.
     *
     * @param means from 0 to 1, in any order
     */
    static double[] deviations(double[] means) {
        int n = means.length;
        int[] order = ascending(means);
        double least = 1 / Math.min(100.0, n + 2.0);
        double[] deviations = new double[n];
        for (int rank = 0; rank < n; rank++) {
            double mean = means[order[rank]];
            double below = rank > 0 ? mean - means[order[rank - 1]] : n == 1 ? mean : 0;
            double above = rank < n - 1 ? means[order[rank + 1]] - mean : n == 1 ? 1 - mean : 0;
            deviations[order[rank]] = Math.max(least, Math.min(1, Math.max(below, above)));
        }
        return deviations;
    }

    private static int[] ascending(double[] values) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b])); // stable: equal values keep their order
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
