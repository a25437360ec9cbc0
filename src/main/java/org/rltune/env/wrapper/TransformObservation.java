package org.rltune.env.wrapper;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.space.Space;

/** Gives each observation to a function, as Gymnasium's wrapper of this name. */
public class TransformObservation<O, A, P> extends ObservationWrapper<O, A, P> {
    private final Function<? super P, ? extends O> function;

    /**
     * Wraps this environment.
     *
     * @param function makes the observation outside; it keeps no state and returns a fresh object or the one it got
     * @param observationSpace the space of what the function returns
     */
    public TransformObservation(Env<P, A> inner, Function<? super P, ? extends O> function, Space<O> observationSpace) {
        super(inner, observationSpace);
        this.function = function;
    }

    @Override
    protected final O observation(P observation) {
        return function.apply(observation);
    }
}
