package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Space;

/**
 * Gives arrays of numbers another type, as Gymnasium's wrapper of this name. A fraction is cut off for whole numbers,
 * and what lies beyond the range of the type becomes its nearest number (NumPy leaves that case open).
 *
 * @param <O> the Java array outside
 * @param <A> type of an action
 * @param <P> the Java array inside
 */
public final class DtypeObservation<O, A, P> extends TransformObservation<O, A, P> {
    private DtypeObservation(Env<P, A> inner, ArrayView<P> inside, Space<O> space) {
        this(inner, inside, ArrayView.of("DtypeObservation", space), space);
    }

    private DtypeObservation(Env<P, A> inner, ArrayView<P> inside, ArrayView<O> outside, Space<O> space) {
        super(inner, observation -> cast(observation, inside, outside), casting(outside), space);
    }

    /** Gives arrays this type; their bounds stay. */
    public static <O, A, P> DtypeObservation<O, A, P> to(Env<P, A> inner, DType<O> dtype) {
        ArrayView<P> inside = ArrayView.of("DtypeObservation", inner.observationSpace());
        P low = inside.low();
        P high = inside.high();
        double[] lows = new double[inside.size()];
        double[] highs = new double[inside.size()];
        for (int i = 0; i < lows.length; i++) {
            lows[i] = inside.get(low, i);
            highs[i] = inside.get(high, i);
        }
        return new DtypeObservation<>(inner, inside, ArrayBox.ofDoubles(dtype, lows, highs, inside.shape()));
    }

    /** Gives arrays the type float32, as trainers take them; their bounds stay. */
    public static <A, P> DtypeObservation<float[], A, P> toFloats(Env<P, A> inner) {
        ArrayView<P> inside = ArrayView.of("DtypeObservation", inner.observationSpace());
        P low = inside.low();
        P high = inside.high();
        float[] lows = new float[inside.size()];
        float[] highs = new float[inside.size()];
        for (int i = 0; i < lows.length; i++) {
            lows[i] = (float) inside.get(low, i);
            highs[i] = (float) inside.get(high, i);
        }
        return new DtypeObservation<>(inner, inside, Box.of(lows, highs, inside.shape()));
    }

    private static <O, P> O cast(P observation, ArrayView<P> inside, ArrayView<O> outside) {
        O result = outside.newArray(inside.size());
        for (int i = 0; i < inside.size(); i++) {
            outside.set(result, i, inside.get(observation, i));
        }
        return result;
    }

    private static <O> RowFunction casting(ArrayView<O> outside) {
        int size = outside.size();
        O one = outside.newArray(1);
        return (from, at, into, to) -> {
            for (int i = 0; i < size; i++) {
                outside.set(one, 0, from[at + i]);
                into[to + i] = (float) outside.get(one, 0);
            }
        };
    }
}
