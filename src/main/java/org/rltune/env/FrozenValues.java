package org.rltune.env;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/** Copies of values that nobody can change later, and whether two of them are equal bit for bit. */
final class FrozenValues {
    private static final int MAX_SHOWN = 120;

    private FrozenValues() {}

    /** A copy of a value of this space, to be compared and shown only. */
    static <T> Object of(Space<T> space, T value) {
        return value.getClass().isArray() ? copyArray(value) : space.toJsonable(value);
    }

    /** A copy of arrays, lists and maps in any depth; other values are taken as they are. */
    static @Nullable Object copy(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value.getClass().isArray()) {
            return copyArray(value);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, copy(element)));
            return copy;
        }
        return value;
    }

    private static Object copyArray(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** Equal in type and bits; objects that only know their own identity count as equal when their class is. */
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null || a.getClass() != b.getClass()) {
            return a == b
                    || (a instanceof List<?> x && b instanceof List<?> y && equalLists(x, y))
                    || (a instanceof Map<?, ?> p && b instanceof Map<?, ?> q && equalMaps(p, q));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            return equalLists(x, y);
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equalMaps(x, y);
        }
        if (a.getClass().isArray()) {
            return Objects.deepEquals(a, b); // -0.0 differs from 0.0, NaN equals NaN
        }
        return a.equals(b) || identityOnly(a);
    }

    private static boolean equalLists(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> a, Map<?, ?> b) {
        return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> equal(a.get(key), b.get(key)));
    }

    private static boolean identityOnly(Object value) {
        try {
            return value.getClass().getMethod("equals", Object.class).getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            return false; // cannot happen: every class has it
        }
    }

    /** The value in a text of bounded length. */
    static String shown(@Nullable Object value) {
        String text = value != null && value.getClass().isArray()
                ? Arrays.deepToString(new Object[] {value})
                : String.valueOf(value);
        text = value != null && value.getClass().isArray() ? text.substring(1, text.length() - 1) : text;
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN - 3) + "...";
    }
}
