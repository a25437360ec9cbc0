package org.rltune.env;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/** An environment around another one with the same spaces; passes on what a subclass does not change. */
public abstract class Wrapper<O, A> extends TransformingWrapper<O, A, O, A> {
    /** Wraps this environment; closing the wrapper closes it. */
    protected Wrapper(Env<O, A> inner) {
        super(inner);
    }

    @Override
    public Space<O> observationSpace() {
        return inner().observationSpace();
    }

    @Override
    public Space<A> actionSpace() {
        return inner().actionSpace();
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        return inner().reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        return inner().step(action);
    }
}
