package org.rltune.env.wrapper;

import java.util.function.DoubleUnaryOperator;
import org.rltune.env.Env;

/** Gives each reward to a function, as Gymnasium's wrapper of this name. */
public final class TransformReward<O, A> extends RewardWrapper<O, A> {
    private final DoubleUnaryOperator function;

    /** Wraps this environment; the function keeps no state. */
    public TransformReward(Env<O, A> inner, DoubleUnaryOperator function) {
        super(inner);
        this.function = function;
    }

    @Override
    public double reward(double reward) {
        return function.applyAsDouble(reward);
    }
}
