package org.rltune.env.vector;

import java.util.function.DoubleUnaryOperator;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;

/** Gives each reward to a function, as Gymnasium's wrapper of this name (whose function gets all of them at once). */
public final class TransformReward extends VectorRewardWrapper {
    private final DoubleUnaryOperator function;

    /** Wraps these environments; the function keeps no state. */
    public TransformReward(VectorEnv inner, DoubleUnaryOperator function) {
        super(inner);
        this.function = function;
    }

    @Override
    protected void rewards(VectorStep out) {
        for (int e = 0; e < out.reward.length; e++) {
            out.reward[e] = function.applyAsDouble(out.reward[e]);
        }
    }
}
