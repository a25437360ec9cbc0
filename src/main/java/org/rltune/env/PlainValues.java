package org.rltune.env;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Config values in the form that JSON reads back: whole numbers are Long, others Double, arrays are lists. */
public final class PlainValues {
    private PlainValues() {}

    /**
     * An immutable deep copy of a value in that form, so that it is the same before it is saved and after.
     *
     * @param what names the value in an error
     * @throws IllegalArgumentException if it, or a part of it, is nothing that JSON can hold: a number, text, flag, list, or
     *     map with texts as keys
     */
    public static Object checked(String what, Object value) {
        Object copy = plain(value);
        require(what, value, copy);
        return copy;
    }

    private static void require(String what, Object whole, @Nullable Object part) {
        if (part instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> require(what, whole, key instanceof String ? key : PlainValues.class));
            map.values().forEach(element -> require(what, whole, element));
        } else if (part instanceof List<?> list) {
            list.forEach(element -> require(what, whole, element));
        } else if (!(part == null
                || part instanceof String
                || part instanceof Boolean
                || part instanceof Long
                || (part instanceof Double number && Double.isFinite(number)))) {
            throw new IllegalArgumentException(
                    what + " is " + whole + " (" + whole.getClass().getSimpleName()
                            + "), but must be what JSON can hold: a finite number, text, true or false, a list of such, or a map"
                            + " of such with texts as keys. Convert it.");
        }
    }

    /** An immutable deep copy in the same order; entries that are null are left out. */
    static Map<String, Object> copy(Map<String, Object> config) {
        Map<String, Object> copy = new LinkedHashMap<>();
        config.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, plain(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object plain(Object value) {
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            return plain(list);
        }
        if (value instanceof Object[] array) {
            return plain(Arrays.asList(array));
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(key, element == null ? null : plain(element)));
            return Collections.unmodifiableMap(copy);
        }
        if (value.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(Array.get(value, i));
            }
            return plain(list);
        }
        return value;
    }

    private static List<Object> plain(List<?> list) {
        List<Object> copy = new ArrayList<>();
        for (Object element : list) {
            copy.add(element == null ? null : plain(element));
        }
        return Collections.unmodifiableList(copy);
    }
}
