package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.TransformingWrapper;
import org.rltune.space.Space;

/**
 * An environment around another one with other observations.
 *
 * @param <O> type of an observation outside
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public abstract class ObservationWrapper<O, A, P> extends TransformingWrapper<O, A, P, A> {
    private final Space<O> observationSpace;

    /** Wraps this environment; observations outside are of this space. */
    protected ObservationWrapper(Env<P, A> inner, Space<O> observationSpace) {
        super(inner);
        this.observationSpace = observationSpace;
    }

    /** The observation outside; called once for each reset and each step, in their order. */
    public abstract O observation(P observation);

    @Override
    public final Space<O> observationSpace() {
        return observationSpace;
    }

    @Override
    public final Space<A> actionSpace() {
        return inner().actionSpace();
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<P> result = inner().reset(seed, options);
        return new ResetResult<>(observation(result.observation()), result.info());
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<P> result = inner().step(action);
        return new StepResult<>(
                observation(result.observation()),
                result.reward(),
                result.terminated(),
                result.truncated(),
                result.info());
    }
}
