package org.rltune.env.vector;

import org.rltune.env.VectorEnv;

/**
 * Keeps rewards between two bounds, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.ClipReward}.
 */
public final class ClipReward extends VectorizeTransformReward {
    /**
     * Wraps these environments.
     *
     * @param minReward the least reward; minus infinity for none
     * @param maxReward the greatest reward, not below the least; infinity for none; one of the two is finite
     */
    public ClipReward(VectorEnv inner, double minReward, double maxReward) {
        super(inner, env -> new org.rltune.env.wrapper.ClipReward<>(env, minReward, maxReward));
    }
}
