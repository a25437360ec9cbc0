package org.rltune.env.wrapper;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.space.Space;

/** Gives each action to a function before the environment gets it, as Gymnasium's wrapper of this name. */
public class TransformAction<O, A, B> extends ActionWrapper<O, A, B> {
    private final Function<? super A, ? extends B> function;

    /**
     * Wraps this environment.
     *
     * @param function makes the action inside; it keeps no state and does not change the action that it got
     * @param actionSpace the space of the actions that the function takes
     */
    public TransformAction(Env<O, B> inner, Function<? super A, ? extends B> function, Space<A> actionSpace) {
        super(inner, actionSpace);
        this.function = function;
    }

    @Override
    protected final B action(A action) {
        return function.apply(action);
    }
}
