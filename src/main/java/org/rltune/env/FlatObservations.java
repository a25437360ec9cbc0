package org.rltune.env;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Box;
import org.rltune.space.Space;

/** How the observations of a space lie in the flat arrays of a {@link VectorEnv}. Immutable. */
final class FlatObservations {
    private final Space<Object> space;
    private final int size;
    private final boolean box;
    private final float[] low;
    private final float[] high;

    @SuppressWarnings("unchecked") // values are checked before they are cast
    private FlatObservations(Space<?> space) {
        this.space = (Space<Object>) space;
        this.size = space.flatSize();
        this.box = space instanceof Box;
        this.low = space instanceof Box floats ? floats.low() : new float[0];
        this.high = space instanceof Box floats ? floats.high() : new float[0];
    }

    /**
     * The flat form of this space's observations.
     *
     * @param id names the environment in errors
     */
    static FlatObservations of(String id, Space<?> space) {
        if (!space.isFlattenable() || space.flatSize() < 1) {
            throw new IllegalArgumentException(id + " has the observation space " + space
                    + ", which has no flat form of one size, at least 1. Return values of a space that has one, such"
                    + " as a float[] of a Box");
        }
        return new FlatObservations(space);
    }

    Space<?> space() {
        return space;
    }

    int size() {
        return size;
    }

    /** Copies an observation to its place; returns null, or what is wrong with the observation. */
    @Nullable
    String copy(@Nullable Object value, float[] into, int at) {
        if (box && value instanceof float[] values && values.length == size) {
            return copyBox(values, into, at);
        }
        if (value == null) {
            return "the observation is null; it must be of the space " + space;
        }
        if (!space.valueType().isInstance(value)) {
            return "the observation is of the type " + value.getClass().getSimpleName() + ", but must be a "
                    + space.valueType().getSimpleName();
        }
        if (value instanceof float[] values && box) {
            return "the observation has the length " + values.length + ", but its space " + space + " has the size "
                    + size;
        }
        String wrong = space.violationOf(value);
        if (wrong != null) {
            return "the observation is not of the space " + space + ": " + wrong;
        }
        space.flatten(value, into, at);
        for (int j = 0; j < size; j++) {
            if (!(Math.abs(into[at + j]) <= Float.MAX_VALUE)) {
                return "observation index " + j + " of the flat form: value " + into[at + j]
                        + " must be a finite number";
            }
        }
        return null;
    }

    private @Nullable String copyBox(float[] values, float[] into, int at) {
        for (int j = 0; j < values.length; j++) {
            float v = values[j];
            // An infinite value may lie within infinite bounds, but no network can use it.
            if (!(v >= low[j] && v <= high[j] && Math.abs(v) <= Float.MAX_VALUE)) {
                return describe(j, v);
            }
            into[at + j] = v;
        }
        return null;
    }

    private String describe(int j, float v) {
        String rule = Float.isFinite(v)
                ? "is outside the bounds [" + low[j] + ", " + high[j] + "] of the observation space"
                : "must be a finite number within [" + low[j] + ", " + high[j] + "]";
        return String.format(
                Locale.ROOT,
                "observation index %d: value %s %s. Return values inside the space, or declare a wider one",
                j,
                Float.toString(v),
                rule);
    }
}
