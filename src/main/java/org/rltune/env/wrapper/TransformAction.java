package org.rltune.env.wrapper;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.FlatActions;
import org.rltune.space.Box;
import org.rltune.space.Space;

/**
 * Gives each action to a function before the environment gets it, as Gymnasium's wrapper of this name. Since the function
 * keeps no state, such a wrapper can also be put around the rows of many environments at once, see {@code
 * org.rltune.env.vector.VectorizeTransformAction}.
 */
public class TransformAction<O, A, B> extends ActionWrapper<O, A, B> {
    private final Function<? super A, ? extends B> function;
    private final @Nullable RowFunction rows;
    private @Nullable FlatActions outside; // made with the first row: not every space of a single one has a flat form
    private @Nullable FlatActions inside;

    /**
     * Wraps this environment.
     *
     * @param function makes the action inside; it keeps no state and does not change the action that it got
     * @param actionSpace the space of the actions that the function takes
     */
    public TransformAction(Env<O, B> inner, Function<? super A, ? extends B> function, Space<A> actionSpace) {
        this(inner, function, null, actionSpace);
    }

    /**
     * Wraps this environment.
     *
     * @param rows does to the flat forms, see {@link FlatActions}, what the function does to actions; null where it is
     *     to be called
     */
    protected TransformAction(
            Env<O, B> inner,
            Function<? super A, ? extends B> function,
            @Nullable RowFunction rows,
            Space<A> actionSpace) {
        super(inner, actionSpace);
        this.function = function;
        this.rows = rows;
    }

    @Override
    public final B action(A action) {
        return function.apply(action);
    }

    /**
     * Makes the flat form of an action inside from that of a valid one outside, see {@link FlatActions}. As there,
     * elements of a {@link Box} may lie outside of its bounds.
     *
     * @throws IllegalArgumentException when the function returns what is not of the space inside
     */
    @SuppressWarnings("unchecked") // decoded from its own space
    public final void action(float[] from, int at, float[] into, int to) {
        if (rows != null) {
            rows.apply(from, at, into, to);
            return;
        }
        FlatActions outer = outside == null ? outside = FlatActions.of(actionSpace()) : outside;
        FlatActions inner = inside == null ? inside = FlatActions.of(inner().actionSpace()) : inside;
        B action = function.apply((A) outer.decode(from, at));
        if (inner.space() instanceof Box box && action instanceof float[] values && values.length == box.size()) {
            System.arraycopy(values, 0, into, to, values.length);
        } else {
            inner.encode(action, into, to);
        }
    }
}
