package org.rltune.space;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * The set of all observations or of all actions of an environment. Immutable; equal when it holds the same values and
 * gives the same samples.
 *
 * @param <T> the type of its values; an array is flat, row-major
 */
public sealed interface Space<T>
        permits Box, ArrayBox, Discrete, MultiDiscrete, MultiBinary, Text, Tuple, Dict, Sequence, Graph, OneOf {
    /**
     * A random value.
     *
     * <p>For a {@code Pcg64(seed)} a space without parts gives the same as Gymnasium's {@code sample()} after {@code
     * seed(seed)}. Parts of a space draw from the one generator in their order; {@link #sampler} gives them one each, as
     * Gymnasium does.
     */
    default T sample(Pcg64 random) {
        return sample(Streams.shared(random), Mask.none());
    }

    /**
     * A random value from one generator for each part, among those that the mask allows.
     *
     * @throws IllegalArgumentException if the mask is not one for this space
     */
    T sample(Streams streams, Mask mask);

    /** Gives the same values as Gymnasium's {@code sample()} after {@code seed(seed)}; the seed is at least 0. */
    default SpaceSampler<T> sampler(long seed) {
        return SpaceSampler.of(this, seed);
    }

    /** Whether the value is of this space. */
    default boolean contains(T value) {
        return violation(value) == null;
    }

    /**
     * Why the value is not of this space, or null when it is.
     *
     * @return for example "index 2: value 5.0 is above the bound 2.4"
     */
    @Nullable
    String violation(T value);

    /** As {@link #violation}, for something that may be of another type or missing. */
    default @Nullable String violationOf(@Nullable Object value) {
        return Values.violation(this, value);
    }

    /** The class of its values, such as {@code float[].class}. */
    Class<?> valueType();

    /** Whether its values have a flat form of one size: not those of a {@link Graph} or a {@link Sequence}. */
    boolean isFlattenable();

    /**
     * The length of a value as a flat array of floats: the elements of a box, one position for each discrete value.
     *
     * @throws UnsupportedOperationException if the space is not flattenable, as all methods about the flat form
     */
    int flatSize();

    /** Writes the flat form of a value: Gymnasium's {@code flatten}. Discrete values become 0s with a single 1. */
    void flatten(T value, float[] out, int at);

    /** The flat form of a value. */
    default float[] flatten(T value) {
        float[] out = new float[flatSize()];
        flatten(value, out, 0);
        return out;
    }

    /** The value that a flat form stands for: Gymnasium's {@code unflatten}. */
    T unflatten(float[] values, int at);

    /** The box of all flat forms: Gymnasium's {@code flatten_space}, but always of float32. */
    Box flattened();

    /** A value as JSON: arrays are lists inside lists by their shape. */
    Object toJsonable(T value);

    /** The value that {@link #toJsonable} gave. */
    T fromJsonable(@Nullable Object json);

    /** The space as a JSON object, for {@link #fromJson}. */
    Map<String, Object> toJson();

    /** The space that {@link #toJson} wrote. */
    static Space<?> fromJson(Map<String, Object> json) {
        return SpaceJson.read(json);
    }
}
