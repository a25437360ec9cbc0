package org.rltune.envs.supply;

import org.rltune.check.Check;

/**
 * Order-up-to policy: every stage orders what its stock and what is on the way to it lack to a fixed level.
 *
 * <p>The usual policy for chains of stocks. For one that keeps the orders it cannot fill, with stationary demand, the best
 * policy is of this kind (Clark and Scarf, "Optimal policies for a multi-echelon inventory problem", 1960). Where sales
 * are lost and the demand has a week, it is good and not the best.
 */
public final class BaseStock {
    private final double[] levels;
    private final int[] leadTimes;

    /**
     * A policy for SupplyChain-v0.
     *
     * @param levels in days of mean demand, the store first, each at least 0
     * @param leadTimes those of the chain
     */
    public BaseStock(double[] levels, int[] leadTimes) {
        if (levels.length != leadTimes.length) {
            throw new IllegalArgumentException("There are " + levels.length + " levels, but " + leadTimes.length
                    + " lead times; every stage needs one of each");
        }
        for (double level : levels) {
            Check.atLeast("level", level, 0);
        }
        this.levels = levels.clone();
        this.leadTimes = leadTimes.clone();
    }

    /** The orders of all stages, as actions of the environment. */
    public float[] act(float[] observation) {
        float[] orders = new float[levels.length];
        int at = levels.length;
        for (int stage = 0; stage < levels.length; stage++) {
            double position = observation[stage];
            for (int day = 0; day < leadTimes[stage]; day++) {
                position += observation[at++];
            }
            orders[stage] = (float) Math.min(SupplyChain.MAX_ORDER, Math.max(0, levels[stage] - position));
        }
        return orders;
    }
}
