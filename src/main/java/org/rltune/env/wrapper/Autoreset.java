package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Begins the next episode with the step after the end of one, as Gymnasium's wrapper of this name.
 *
 * <p>That step ignores its action and gives the first observation and the info of the reset, with the reward 0.
 */
public final class Autoreset<O, A> extends Wrapper<O, A> {
    private boolean ended;

    /** Wraps this environment. */
    public Autoreset(Env<O, A> inner) {
        super(inner);
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ended = false;
        return super.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        if (ended) {
            ended = false;
            ResetResult<O> next = super.reset(null, Map.of());
            return new StepResult<>(next.observation(), 0, false, false, next.info());
        }
        StepResult<O> result = super.step(action);
        ended = result.ended();
        return result;
    }

    @Override
    protected void state(StateFields fields) {
        ended = fields.keep(ended);
    }
}
