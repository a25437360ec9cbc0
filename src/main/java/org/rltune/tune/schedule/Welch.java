package org.rltune.tune.schedule;

import java.util.Arrays;

/**
 * Welch's t-test of two samples with unequal variances (Welch 1947, Biometrika 34).
 *
 * <p>With means m, sample variances v (divisor n - 1) and sizes n: {@code t = (m1 - m2) / sqrt(v1 / n1 + v2 / n2)}, with
 * {@code (v1 / n1 + v2 / n2)^2 / ((v1 / n1)^2 / (n1 - 1) + (v2 / n2)^2 / (n2 - 1))} degrees of freedom. Where both
 * variances are 0, t is infinite and p is 0 for different means, and t is 0 and p is 1 for equal ones.
 *
 * @param t the statistic; above 0 if the first mean is larger
 * @param degreesOfFreedom Welch's approximation; infinite where both variances are 0
 * @param p how likely a statistic at least as far from 0 is if the means are equal (two-sided)
 */
record Welch(double firstMean, double secondMean, double t, double degreesOfFreedom, double p) {

    /** Tests two samples of at least two finite numbers each. */
    static Welch of(double[] first, double[] second) {
        double firstMean = mean(first);
        double secondMean = mean(second);
        double a = varianceOfMean(first, firstMean);
        double b = varianceOfMean(second, secondMean);
        double difference = firstMean - secondMean;
        if (a + b == 0) {
            double t = difference == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, difference);
            return new Welch(firstMean, secondMean, t, Double.POSITIVE_INFINITY, difference == 0 ? 1 : 0);
        }
        double t = difference / Math.sqrt(a + b);
        double freedom = (a + b) * (a + b) / (a * a / (first.length - 1) + b * b / (second.length - 1));
        return new Welch(firstMean, secondMean, t, freedom, StudentT.twoSided(t, freedom));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).reduce(0, Double::sum) / values.length;
    }

    private static double varianceOfMean(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares = Math.fma(value - mean, value - mean, squares);
        }
        return squares / (values.length - 1) / values.length;
    }
}
