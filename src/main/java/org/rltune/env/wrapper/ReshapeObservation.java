package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.Env;
import org.rltune.space.Space;

/**
 * Gives observations another shape with as many elements, as Gymnasium's wrapper of this name. Observations are flat
 * arrays, so only the space changes.
 *
 * @param <O> type of an observation, an array
 */
public final class ReshapeObservation<O, A> extends TransformObservation<O, A, O> {
    /** Wraps an environment whose observations are arrays; the shape has as many elements as theirs. */
    public ReshapeObservation(Env<O, A> inner, int... shape) {
        this(inner, ArrayView.of("ReshapeObservation", inner.observationSpace()), shape);
    }

    private ReshapeObservation(Env<O, A> inner, ArrayView<O> inside, int[] shape) {
        super(inner, observation -> observation, RowFunction.copy(inside.size()), reshaped(inside, shape));
    }

    private static <O> Space<O> reshaped(ArrayView<O> inside, int[] shape) {
        if (shape.length == 0 || size(shape) != inside.size()) {
            throw new IllegalArgumentException("ReshapeObservation got the shape " + text(shape)
                    + ", but the observations have the shape " + text(inside.shape()) + " with "
                    + inside.size() + " elements. Choose dimensions, each at least 1, whose product is that.");
        }
        return inside.space(inside.low(), inside.high(), shape);
    }

    /** The number of elements of a shape, or -1 where a dimension is below 1 or they are too many. */
    private static int size(int[] shape) {
        long size = 1;
        for (int dimension : shape) {
            size *= dimension;
            if (dimension < 1 || size > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) size;
    }

    /** A shape in Python's words, such as {@code (96, 96, 3)}. */
    private static String text(int[] shape) {
        String list = Arrays.toString(shape);
        return "(" + list.substring(1, list.length() - 1) + (shape.length == 1 ? ",)" : ")");
    }
}
