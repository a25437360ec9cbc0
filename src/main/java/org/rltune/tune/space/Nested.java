package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names as paths: {@code optimizer/lr} is the entry {@code lr} of the map {@code optimizer}, {@code widths/0} the first
 * element of the list {@code widths}. A group of names whose last parts are whole numbers is a list.
 */
final class Nested {
    static final char SEPARATOR = '/';

    private Nested() {}

    static boolean isIndex(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns the value at a path: a value of that name, a part of one, or the group of names below it; null if none. */
    static @Nullable Object find(Map<String, Object> values, String path) {
        Object exact = values.get(path);
        if (exact != null) {
            return exact;
        }
        for (int end = path.lastIndexOf(SEPARATOR); end > 0; end = path.lastIndexOf(SEPARATOR, end - 1)) {
            Object around = values.get(path.substring(0, end));
            if (around != null) {
                return part(around, path.substring(end + 1));
            }
        }
        Map<String, Object> group = new LinkedHashMap<>();
        String prefix = path + SEPARATOR;
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), value);
            }
        });
        return group.isEmpty() ? null : listOrMap(path, tree(path, group));
    }

    private static @Nullable Object part(Object value, String path) {
        Object part = value;
        for (String key : path.split("/", -1)) {
            if (part instanceof Map<?, ?> map) {
                part = map.get(key);
            } else if (part instanceof List<?> list && isIndex(key) && key.length() < 10) {
                int index = Integer.parseInt(key);
                part = index < list.size() ? list.get(index) : null;
            } else {
                return null;
            }
        }
        return part;
    }

    /** Returns all values as maps within maps and lists. */
    static Map<String, Object> all(Map<String, Object> values) {
        return tree("", values);
    }

    private static Map<String, Object> tree(String path, Map<String, Object> values) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            int end = name.indexOf(SEPARATOR);
            String key = end < 0 ? name : name.substring(0, end);
            if (tree.containsKey(key) && (end < 0 || !groups.containsKey(key))) {
                throw new IllegalArgumentException("The name " + path + key
                        + " has a value of its own, but there are also names below it, such as " + path + name
                        + ". Remove one of the two.");
            }
            tree.put(key, value); // fixes the order
            if (end >= 0) {
                groups.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(name.substring(end + 1), value);
            }
        });
        groups.forEach((key, group) -> {
            String below = path + key + SEPARATOR;
            tree.put(key, listOrMap(path + key, tree(below, group)));
        });
        return Collections.unmodifiableMap(tree);
    }

    private static Object listOrMap(String path, Map<String, Object> group) {
        if (!group.keySet().stream().allMatch(Nested::isIndex)) {
            return group;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            Object element = group.get(Integer.toString(i));
            if (element == null) {
                throw new IllegalArgumentException("The list " + path + " has the elements " + group.keySet()
                        + ", but not " + i + ". Give each element from 0 on a value.");
            }
            list.add(element);
        }
        return Collections.unmodifiableList(list);
    }

    /** Returns the entries of a map, or the elements of a list by their index; nothing for another value. */
    static Map<String, Object> parts(Object value) {
        Map<String, Object> parts = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, part) -> parts.put(String.valueOf(key), part));
        } else if (value instanceof List<?> list) {
            list.forEach(part -> parts.put(Integer.toString(parts.size()), part));
        }
        return parts;
    }

    /** Returns the value around a path: the name of it, which is a map or list of the values; null if none is. */
    static @Nullable String around(Map<String, ?> values, String path) {
        for (int end = path.lastIndexOf(SEPARATOR); end > 0; end = path.lastIndexOf(SEPARATOR, end - 1)) {
            Object value = values.get(path.substring(0, end));
            if (value instanceof Map || value instanceof List) {
                return path.substring(0, end);
            }
        }
        return null;
    }

    /** Returns a map or list with the value at a path replaced, or added to a map. */
    static Object replaced(String name, @Nullable Object container, String path, Object value) {
        int end = path.indexOf(SEPARATOR);
        String key = end < 0 ? path : path.substring(0, end);
        if (container instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), v));
            copy.put(
                    key,
                    end < 0 ? value : replaced(name + SEPARATOR + key, copy.get(key), path.substring(end + 1), value));
            return Collections.unmodifiableMap(copy);
        }
        if (container instanceof List<?> list
                && isIndex(key)
                && key.length() < 10
                && Integer.parseInt(key) < list.size()) {
            List<Object> copy = new ArrayList<>(list);
            int index = Integer.parseInt(key);
            copy.set(
                    index,
                    end < 0
                            ? value
                            : replaced(name + SEPARATOR + key, list.get(index), path.substring(end + 1), value));
            return Collections.unmodifiableList(copy);
        }
        throw new IllegalArgumentException("The value of " + name + " is " + Values.text(container)
                + ", which has no part '" + key + "' to set. Set the whole of it.");
    }
}
