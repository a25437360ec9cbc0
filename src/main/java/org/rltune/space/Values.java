package org.rltune.space;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values of spaces whose type is known only when the program runs. */
public final class Values {
    private Values() {}

    /**
     * Whether two values are equal, element by element, through arrays, lists, maps and {@link OneOf.Choice}. NaN equals
     * itself.
     */
    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = equal(x.get(i), y.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            boolean same = x.keySet().equals(y.keySet());
            for (Map.Entry<?, ?> entry : x.entrySet()) {
                same = same && equal(entry.getValue(), y.get(entry.getKey()));
            }
            return same;
        }
        if (a instanceof OneOf.Choice x && b instanceof OneOf.Choice y) {
            return x.index() == y.index() && equal(x.value(), y.value());
        }
        return Objects.deepEquals(a, b);
    }

    static <T> @Nullable String violation(Space<T> space, @Nullable Object value) {
        if (value == null) {
            return "there is no value";
        }
        if (!space.valueType().isInstance(value)) {
            return "the value is " + type(value.getClass()) + ", but one of " + space + " is "
                    + type(space.valueType());
        }
        return space.violation(cast(space, value));
    }

    private static String type(Class<?> type) {
        String name = type.getSimpleName();
        boolean vowel = !name.isEmpty() && "AEIOUaeiou".indexOf(name.charAt(0)) >= 0;
        return (vowel ? "an " : "a ") + name;
    }

    /** The value of a part of a value, in the type of its space. */
    static <T> T of(Space<T> space, @Nullable Object value) {
        if (value == null || !space.valueType().isInstance(value)) {
            throw new IllegalArgumentException(
                    "The value is not of " + space + ": " + violation(space, value) + ". Pass a value of this space.");
        }
        return cast(space, value);
    }

    @SuppressWarnings({"unchecked", "unused"})
    private static <T> T cast(Space<T> space, Object value) {
        return (T) value;
    }

    static <T> void flatten(Space<T> space, @Nullable Object value, float[] out, int at) {
        space.flatten(of(space, value), out, at);
    }

    static <T> Object toJsonable(Space<T> space, @Nullable Object value) {
        return space.toJsonable(of(space, value));
    }

    /** The elements of an array, for printing: {@code [1, 2]}. */
    static String text(@Nullable Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }
}
