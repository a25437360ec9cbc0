package org.rltune.env.wrapper;

import org.rltune.env.Env;

/**
 * Makes each observation one flat array, as Gymnasium's wrapper of this name: numbers of a {@code Discrete} become 0s
 * with a single 1, the parts of a {@code Dict} or {@code Tuple} follow each other. The result is float32, whatever the
 * type inside (Gymnasium keeps a common type).
 *
 * @param <A> type of an action
 * @param <P> type of an observation inside
 */
public final class FlattenObservation<A, P> extends TransformObservation<float[], A, P> {
    /** Wraps an environment whose observations have a flat form of one size. */
    public FlattenObservation(Env<P, A> inner) {
        super(
                checked(inner),
                inner.observationSpace()::flatten,
                RowFunction.copy(inner.observationSpace().flatSize()),
                inner.observationSpace().flattened());
    }

    private static <P, A> Env<P, A> checked(Env<P, A> inner) {
        if (!inner.observationSpace().isFlattenable()) {
            throw Needs.unfit(
                    "FlattenObservation", "observation", inner.observationSpace(), "a space with a flat form");
        }
        return inner;
    }
}
