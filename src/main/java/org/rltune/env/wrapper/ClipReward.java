package org.rltune.env.wrapper;

import org.rltune.env.Env;

/** Keeps rewards between two bounds, as Gymnasium's wrapper of this name. */
public final class ClipReward<O, A> extends RewardWrapper<O, A> {
    private final double minReward;
    private final double maxReward;

    /**
     * Wraps this environment.
     *
     * @param minReward the least reward; minus infinity for none
     * @param maxReward the greatest reward, not below the least; infinity for none; one of the two is finite
     */
    public ClipReward(Env<O, A> inner, double minReward, double maxReward) {
        super(inner);
        if (!(minReward <= maxReward)) {
            throw new IllegalArgumentException("ClipReward got minReward " + minReward + " and maxReward " + maxReward
                    + ", but the lower bound must not exceed the upper one. "
                    + (minReward > maxReward ? "Maybe swap the two?" : "NaN is no bound."));
        }
        if (Double.isInfinite(minReward) && Double.isInfinite(maxReward)) {
            throw new IllegalArgumentException("ClipReward got minReward " + minReward + " and maxReward " + maxReward
                    + ", but at least one bound must be finite. Give one, or leave the wrapper out.");
        }
        this.minReward = minReward;
        this.maxReward = maxReward;
    }

    @Override
    public double reward(double reward) {
        return Math.min(Math.max(reward, minReward), maxReward);
    }
}
