package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** What values a hyperparameter can have: their normal form, their text, their order. */
final class Values {
    private Values() {}

    /** Returns the entries in an order that is the same in each JVM: the map's own if it has one, else by name. */
    static <V> Map<String, V> ordered(Map<String, V> map) {
        return map instanceof LinkedHashMap || map instanceof SortedMap || isView(map) ? map : new TreeMap<>(map);
    }

    /** Returns the entries as {@link #ordered} does, by the text of the key where the map has no order of its own. */
    static <K, V> Map<K, V> orderedByText(Map<K, V> map) {
        if (map instanceof LinkedHashMap || map instanceof SortedMap || isView(map)) {
            return map;
        }
        Map<K, V> sorted = new LinkedHashMap<>();
        map.keySet().stream()
                .sorted(Comparator.comparing(String::valueOf))
                .forEach(key -> sorted.put(key, map.get(key)));
        return sorted;
    }

    /** Unmodifiable views hide what they wrap; ours always wrap a LinkedHashMap, and of others too the order is kept. */
    private static boolean isView(Map<?, ?> map) {
        return map.getClass()
                == Collections.unmodifiableMap(new LinkedHashMap<>()).getClass();
    }

    /** Returns the value in its one type; path names it in errors. */
    static Object normal(String path, @Nullable Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number)) {
                throw new IllegalArgumentException(
                        path + " is NaN, but a hyperparameter must be a number. Look for a 0/0 where it is computed.");
            }
            return number;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(normal(path + "[" + copy.size() + "]", element)));
            return List.copyOf(copy);
        }
        if (value instanceof Map<?, ?> map) {
            return normalMap(path, map);
        }
        if (value instanceof Domain domain) {
            throw new IllegalArgumentException(path + " is the domain " + domain
                    + ", but a value is needed here. Declare the domain under a name of its own; an option that brings"
                    + " domains is one of conditional(...).");
        }
        throw new IllegalArgumentException(path + " is " + value
                + (value == null ? "" : " (" + value.getClass().getSimpleName() + ")")
                + ", but a hyperparameter must be a number, a text, true or false, or a list or map of these. Convert"
                + " it.");
    }

    private static Map<String, Object> normalMap(String path, Map<?, ?> map) {
        Map<String, Object> named = map instanceof LinkedHashMap || map instanceof SortedMap || isView(map)
                ? new LinkedHashMap<>()
                : new TreeMap<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException(
                        path + " has the key " + key + ", but keys must be texts. Convert the key.");
            }
            named.put(name, normal(path + "/" + name, value));
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }

    /** Returns the value as text: numbers in their shortest exact form, texts in quotes. */
    static String text(@Nullable Object value) {
        return Json.write(value);
    }

    /** Compares two numbers, whole ones exactly. */
    static int compare(Number a, Number b) {
        return a instanceof Long x && b instanceof Long y
                ? Long.compare(x, y)
                : Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }

    /** Returns a finite or infinite number that was given for a domain. */
    static Number number(Domain domain, Object value) {
        if (value instanceof Number number && !Double.isNaN(number.doubleValue())) {
            return number instanceof Float || number instanceof Double
                    ? (Number) number.doubleValue()
                    : (Number) number.longValue();
        }
        throw new IllegalArgumentException(
                value + " cannot be brought into " + domain + ": it is not a number. Give a number.");
    }
}
