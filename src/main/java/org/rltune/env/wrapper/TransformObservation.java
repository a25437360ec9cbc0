package org.rltune.env.wrapper;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.EnvException;
import org.rltune.space.Space;

/**
 * Gives each observation to a function, as Gymnasium's wrapper of this name. Since the function keeps no state, such a
 * wrapper can also be put around the rows of many environments at once, see {@code
 * org.rltune.env.vector.VectorizeTransformObservation}.
 */
public class TransformObservation<O, A, P> extends ObservationWrapper<O, A, P> {
    private final Function<? super P, ? extends O> function;
    private final @Nullable RowFunction rows;

    /**
     * Wraps this environment.
     *
     * @param function makes the observation outside; it keeps no state and returns a fresh object or the one it got
     * @param observationSpace the space of what the function returns
     */
    public TransformObservation(Env<P, A> inner, Function<? super P, ? extends O> function, Space<O> observationSpace) {
        this(inner, function, null, observationSpace);
    }

    /**
     * Wraps this environment.
     *
     * @param rows does to the flat forms what the function does to observations; null where it is to be called
     */
    protected TransformObservation(
            Env<P, A> inner,
            Function<? super P, ? extends O> function,
            @Nullable RowFunction rows,
            Space<O> observationSpace) {
        super(inner, observationSpace);
        this.function = function;
        this.rows = rows;
    }

    @Override
    public final O observation(P observation) {
        return function.apply(observation);
    }

    /**
     * Makes the flat form of an observation outside from that of one inside.
     *
     * @throws EnvException when the function returns what is not of its space
     */
    public final void observation(float[] from, int at, float[] into, int to) {
        if (rows != null) {
            rows.apply(from, at, into, to);
            return;
        }
        O value = function.apply(inner().observationSpace().unflatten(from, at));
        String wrong = observationSpace().violationOf(value);
        if (wrong != null) {
            throw new EnvException(
                    getClass().getSimpleName() + " made an observation that is not of the space " + observationSpace()
                            + ": " + wrong + ". Correct the function, or declare another space",
                    null);
        }
        observationSpace().flatten(value, into, to);
    }
}
