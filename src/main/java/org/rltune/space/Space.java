package org.rltune.space;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/**
 * The set of all observations or of all actions of an environment. Immutable; equal when it holds the same values.
 *
 * @param <T> the type of its values; a {@code float[]} is flat, row-major
 */
public sealed interface Space<T> permits Box, Discrete {
    /** A random value: for a {@code Pcg64(seed)} the same as Gymnasium's {@code sample()} after {@code seed(seed)}. */
    T sample(Pcg64 random);

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

    /** The length of a value as a flat array of floats: the elements of a box, one position for each discrete value. */
    int flatSize();

    /** The space as a JSON object, for {@link #fromJson}. */
    Map<String, Object> toJson();

    /** The space that {@link #toJson} wrote. */
    static Space<?> fromJson(Map<String, Object> json) {
        Object type = json.get("type");
        if ("Box".equals(type)) {
            return BoxJson.read(json);
        }
        if ("Discrete".equals(type)) {
            return Discrete.of(Json.asInt(json.get("n"), "n"), Json.asInt(json.getOrDefault("start", 0L), "start"));
        }
        throw new IllegalArgumentException("The type of the space is " + type + ", but it must be Box or Discrete."
                + Suggest.nearest(String.valueOf(type), List.of("Box", "Discrete")));
    }
}
