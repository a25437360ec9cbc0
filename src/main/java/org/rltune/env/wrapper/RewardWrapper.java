package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/** An environment around another one with other rewards. */
public abstract class RewardWrapper<O, A> extends Wrapper<O, A> {
    /** Wraps this environment. */
    protected RewardWrapper(Env<O, A> inner) {
        super(inner);
    }

    /** The reward outside; called once for each step. */
    public abstract double reward(double reward);

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        return new StepResult<>(
                result.observation(), reward(result.reward()), result.terminated(), result.truncated(), result.info());
    }
}
