package org.rltune.space;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of one space, one after the other in one array: the leading dimension counts them. */
final class Stacks {
    private Stacks() {}

    /** An array of all elements; for a tuple or a dict one for each part; for other spaces the list itself. */
    static Object stack(Space<?> space, List<?> values) {
        if (space instanceof Tuple tuple) {
            List<Object> stacked = new ArrayList<>();
            for (int part = 0; part < tuple.spaces().size(); part++) {
                stacked.add(stack(tuple.spaces().get(part), parts(values, part)));
            }
            return Collections.unmodifiableList(stacked);
        }
        if (space instanceof Dict dict) {
            Map<String, Object> stacked = new LinkedHashMap<>();
            dict.spaces().forEach((key, part) -> stacked.put(key, stack(part, parts(values, key))));
            return Collections.unmodifiableMap(stacked);
        }
        Class<?> element = element(space);
        if (element == null) {
            return List.copyOf(values);
        }
        int size = size(space);
        Object stacked = Array.newInstance(element, values.size() * size);
        for (int i = 0; i < values.size(); i++) {
            Object value = Values.of(space, values.get(i));
            if (value instanceof Integer number) {
                Array.setInt(stacked, i, number);
            } else {
                Flat.requireLength(space, Array.getLength(value), size);
                System.arraycopy(value, 0, stacked, i * size, size);
            }
        }
        return stacked;
    }

    private static List<Object> parts(List<?> values, Object key) {
        List<Object> parts = new ArrayList<>();
        for (Object value : values) {
            parts.add(value instanceof List<?> list ? list.get((Integer) key) : ((Map<?, ?>) value).get(key));
        }
        return parts;
    }

    /** The values of an array of {@link #stack}, for a space of arrays or numbers. */
    static List<Object> unstack(Space<?> space, Object stacked) {
        int size = size(space);
        List<Object> values = new ArrayList<>();
        for (int at = 0; at < Array.getLength(stacked); at += size) {
            if (space instanceof Discrete) {
                values.add(Array.getInt(stacked, at));
            } else {
                Object value = Array.newInstance(stacked.getClass().getComponentType(), size);
                System.arraycopy(stacked, at, value, 0, size);
                values.add(value);
            }
        }
        return values;
    }

    /** How many values there are in a stacked array, or -1 if it is no array for this space. */
    static int count(Space<?> space, Object stacked) {
        Class<?> element = element(space);
        if (element == null || stacked.getClass() != element.arrayType()) {
            return -1;
        }
        int length = Array.getLength(stacked);
        return length % size(space) == 0 ? length / size(space) : -1;
    }

    /** What an array of values has as elements, or null if they have no arrays. */
    static @Nullable Class<?> element(Space<?> space) {
        return space instanceof Discrete ? int.class : space.valueType().getComponentType();
    }

    private static int size(Space<?> space) {
        if (space instanceof Box box) {
            return box.size();
        }
        if (space instanceof ArrayBox<?> box) {
            return box.size();
        }
        if (space instanceof MultiDiscrete multi) {
            return multi.size();
        }
        return space instanceof MultiBinary binary ? binary.size() : 1;
    }
}
