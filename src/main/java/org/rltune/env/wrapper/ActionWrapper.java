package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.Space;

/**
 * An environment around another one with other actions.
 *
 * @param <O> type of an observation
 * @param <A> type of an action outside
 * @param <B> type of an action inside
 */
public abstract class ActionWrapper<O, A, B> extends TransformingWrapper<O, A, O, B> {
    private final Space<A> actionSpace;

    /** Wraps this environment; actions outside are of this space. */
    protected ActionWrapper(Env<O, B> inner, Space<A> actionSpace) {
        super(inner);
        this.actionSpace = actionSpace;
    }

    /** The action inside; called once for each step. The one given stays as it is. */
    public abstract B action(A action);

    @Override
    public final Space<O> observationSpace() {
        return inner().observationSpace();
    }

    @Override
    public final Space<A> actionSpace() {
        return actionSpace;
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        return inner().reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        return inner().step(action(action));
    }
}
