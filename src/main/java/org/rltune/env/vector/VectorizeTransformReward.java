package org.rltune.env.vector;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;
import org.rltune.env.wrapper.RewardWrapper;

/** Applies the transformation of a single wrapper to each reward, as Gymnasium's wrapper of this name. */
public class VectorizeTransformReward extends VectorRewardWrapper {
    private final RewardWrapper<?, ?> wrapper;

    /**
     * Wraps these environments.
     *
     * @param wrapper puts the single wrapper around an environment that has nothing but the two spaces; it keeps no
     *     state, for it serves all environments
     */
    public VectorizeTransformReward(
            VectorEnv inner, Function<? super Env<Object, Object>, ? extends RewardWrapper<?, ?>> wrapper) {
        super(inner);
        SpacesOnly<Object, Object> spaces = new SpacesOnly<>(inner);
        RewardWrapper<?, ?> made = wrapper.apply(spaces);
        this.wrapper = spaces.directly("VectorizeTransformReward", made, made.inner());
    }

    @Override
    protected final void rewards(VectorStep out) {
        for (int e = 0; e < out.reward.length; e++) {
            out.reward[e] = wrapper.reward(out.reward[e]);
        }
    }
}
