package org.rltune.ppo;

import java.util.Arrays;

/**
 * What episodes played for evaluation brought.
 *
 * @param returns undiscounted return of each episode
 * @param lengths steps of each episode
 */
public record Evaluation(double[] returns, int[] lengths) {
    /** Returns the mean return. */
    public double mean() {
        return Arrays.stream(returns).sum() / returns.length;
    }

    /** Returns the smallest return. */
    public double min() {
        return Arrays.stream(returns).min().orElseThrow();
    }

    /** Returns the largest return. */
    public double max() {
        return Arrays.stream(returns).max().orElseThrow();
    }
}
