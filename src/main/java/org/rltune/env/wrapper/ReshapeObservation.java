package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.space.Space;

/**
 * Gives observations another shape with as many elements, as Gymnasium's wrapper of this name. Observations are flat
 * arrays, so only the space changes.
 *
 * @param <O> type of an observation, an array
 */
public final class ReshapeObservation<O, A> extends ObservationWrapper<O, A, O> {
    /** Wraps an environment whose observations are arrays; the shape has as many elements as theirs. */
    public ReshapeObservation(Env<O, A> inner, int... shape) {
        super(inner, reshaped(ArrayView.of("ReshapeObservation", inner.observationSpace()), shape));
    }

    private static <O> Space<O> reshaped(ArrayView<O> inside, int[] shape) {
        if (shape.length == 0 || ArrayView.size(shape) != inside.size()) {
            throw new IllegalArgumentException("ReshapeObservation got the shape " + ArrayView.text(shape)
                    + ", but the observations have the shape " + ArrayView.text(inside.shape()) + " with "
                    + inside.size() + " elements. Choose dimensions, each at least 1, whose product is that.");
        }
        return inside.space(inside.low(), inside.high(), shape);
    }

    @Override
    protected O observation(O observation) {
        return observation;
    }
}
