package org.rltune.tune.gp;

import java.util.Arrays;

/**
 * What is fitted of a Gaussian process.
 *
 * @param weights the inverse squared length scale of each axis
 * @param scale the variance of the function
 * @param noise the variance of the noise on its values
 */
public record KernelParameters(double[] weights, double scale, double noise) {

    /** Returns where fitting begins if nothing is known: 1 for all. */
    public static KernelParameters unknown(int axes) {
        double[] weights = new double[axes];
        Arrays.fill(weights, 1);
        return new KernelParameters(weights, 1, 1);
    }
}
