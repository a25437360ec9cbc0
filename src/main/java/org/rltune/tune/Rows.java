package org.rltune.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** Reading and building rows: ordered maps of Long, Double, Boolean, String, List and nested maps. */
final class Rows {
    /** What {@code Map.of} returns for two entries and more. */
    private static final Class<?> UNORDERED = Map.of(1, 1, 2, 2).getClass();

    private Rows() {}

    /** Returns the value under a name, or under a path of names joined by "/"; null if there is none. */
    static @Nullable Object get(Map<String, Object> row, String key) {
        Object direct = row.get(key);
        if (direct != null) {
            return direct;
        }
        for (int slash = key.indexOf('/'); slash > 0; slash = key.indexOf('/', slash + 1)) {
            if (row.get(key.substring(0, slash)) instanceof Map<?, ?> inner) {
                @SuppressWarnings("unchecked")
                Object found = get((Map<String, Object>) inner, key.substring(slash + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Returns the number under a key; empty if there is none or the value is no number. */
    static OptionalDouble number(Map<String, Object> row, String key) {
        return get(row, key) instanceof Number n ? OptionalDouble.of(n.doubleValue()) : OptionalDouble.empty();
    }

    /** Returns a copy in the map's order, or sorted where it has none: columns must not stand in the order of hash codes. */
    static Map<String, Object> ordered(Map<String, ?> map) {
        Class<?> type = map.getClass();
        boolean hashed = type == HashMap.class || type == UNORDERED;
        return hashed ? new TreeMap<>(map) : new LinkedHashMap<>(map);
    }

    static long counter(Map<String, Object> row, String key) {
        return row.get(key) instanceof Number n ? n.longValue() : 0;
    }

    /** Returns the names of all numbers of a row, nested ones with "/", sorted. */
    static Set<String> numericKeys(Map<String, Object> row) {
        Set<String> keys = new TreeSet<>();
        collect(row, "", keys);
        return keys;
    }

    private static void collect(Map<?, ?> map, String prefix, Set<String> keys) {
        map.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner) {
                collect(inner, prefix + name + "/", keys);
            } else if (value instanceof Number) {
                keys.add(prefix + name);
            }
        });
    }

    /** Returns a copy in the types of a row: whole numbers as Long, other numbers as Double. */
    static Object normal(String name, @Nullable Object value) {
        if (value instanceof Long || value instanceof Double || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                copy.add(normal(name + "[" + i + "]", list.get(i)));
            }
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(String.valueOf(key), normal(name + "/" + key, inner)));
            return Collections.unmodifiableMap(copy);
        }
        String type = value == null ? "null" : value.getClass().getName();
        throw new IllegalArgumentException("metric " + name + " is a value of type " + type + ", but metrics are"
                + " numbers, strings, booleans, lists and maps of these. Convert it, or leave it out.");
    }

    /** Returns a row that was read: JSON has no NaN and no infinities, they were written as strings. */
    static Map<String, Object> fromJson(Map<String, Object> json) {
        Map<String, Object> row = new LinkedHashMap<>();
        json.forEach((name, value) -> row.put(name, numbers(name, value)));
        return Collections.unmodifiableMap(row);
    }

    private static Object numbers(String name, Object value) {
        if (value instanceof Map<?, ?>) {
            return fromJson(Json.asObject(value, name));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> numbers(name, item)).toList();
        }
        boolean number = "NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value);
        return number ? Json.asDouble(value, name) : value;
    }
}
