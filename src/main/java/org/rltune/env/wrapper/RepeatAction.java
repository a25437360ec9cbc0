package org.rltune.env.wrapper;

import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Takes each action several times and sums the rewards, as Gymnasium's wrapper of this name. Observation and info are
 * those of the last step; the end of an episode ends the repeating.
 */
public final class RepeatAction<O, A> extends Wrapper<O, A> {
    private final int numRepeats;

    /** Wraps this environment; each action is taken this many times, at least once. */
    public RepeatAction(Env<O, A> inner, int numRepeats) {
        super(inner);
        this.numRepeats = Check.positive("numRepeats", numRepeats);
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        double reward = 0.0 + result.reward();
        for (int i = 1; i < numRepeats && !result.ended(); i++) {
            result = super.step(action);
            reward += result.reward();
        }
        return new StepResult<>(result.observation(), reward, result.terminated(), result.truncated(), result.info());
    }
}
