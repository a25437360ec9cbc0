package org.rltune.env.wrapper;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.env.StateFields;

/** Observations and actions of any space: copies of them, and their place in a snapshot. */
final class Values {
    /** A type of values: an empty one to restore into, and how it is kept. */
    private record Kind<T>(Class<T> type, T blank, BiFunction<StateFields, T, Object> way) {
        Object keep(StateFields fields, @Nullable Object value) {
            // A restored array is never written into one that somebody may hold.
            return way.apply(fields, fields.restoring() || value == null ? blank : type.cast(value));
        }
    }

    /** The place in this list stands in snapshots. */
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(Integer.class, 0, (fields, v) -> fields.keep((int) v)),
            new Kind<>(Long.class, 0L, (fields, v) -> fields.keep((long) v)),
            new Kind<>(Double.class, 0.0, (fields, v) -> fields.keep((double) v)),
            new Kind<>(Boolean.class, false, (fields, v) -> fields.keep((boolean) v)),
            new Kind<>(String.class, "", (fields, v) -> fields.keep(v)),
            new Kind<>(float[].class, new float[0], (fields, v) -> fields.keep(v)),
            new Kind<>(double[].class, new double[0], (fields, v) -> fields.keep(v)),
            new Kind<>(byte[].class, new byte[0], (fields, v) -> fields.keep(v)),
            new Kind<>(short[].class, new short[0], Values::shorts),
            new Kind<>(int[].class, new int[0], (fields, v) -> fields.keep(v)),
            new Kind<>(long[].class, new long[0], (fields, v) -> fields.keep(v)),
            new Kind<>(boolean[].class, new boolean[0], (fields, v) -> fields.keep(v)),
            new Kind<>(Map.class, Map.of(), Values::map),
            new Kind<>(List.class, List.of(), Values::list));

    private static final int NULL = -1;
    private static final int UNKNOWN = -2;

    private Values() {}

    /** A value that shares no array with this one. */
    @SuppressWarnings("unchecked")
    static <T> T copy(T value) {
        return (T) copied(value);
    }

    private static Object copied(Object value) {
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            Object copy = Array.newInstance(value.getClass().getComponentType(), length);
            System.arraycopy(value, 0, copy, 0, length);
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, part) -> copy.put(key, copied(part)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(part -> copy.add(copied(part)));
            return copy;
        }
        return value;
    }

    /** Keeps a value or null; of a value of a type that is unknown here there is no snapshot. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable T keep(StateFields fields, @Nullable T value) {
        return (T) any(fields, value);
    }

    /** Keeps a value that is not null. */
    static <T> T kept(StateFields fields, T value) {
        T result = keep(fields, value);
        if (result == null) {
            // Of a type that is unknown here, and there will be no snapshot; or a damaged one.
            return value;
        }
        return result;
    }

    private static @Nullable Object any(StateFields fields, @Nullable Object value) {
        int kind = fields.keep(kind(value));
        if (kind == UNKNOWN) {
            fields.unsupported();
        }
        return kind < 0 ? null : KINDS.get(kind).keep(fields, value);
    }

    private static int kind(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        for (int i = 0; i < KINDS.size(); i++) {
            if (KINDS.get(i).type().isInstance(value)) {
                return i;
            }
        }
        return UNKNOWN;
    }

    private static Object shorts(StateFields fields, short[] values) {
        int[] wide = new int[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        wide = fields.keep(wide);
        short[] result = new short[wide.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (short) wide[i];
        }
        return result;
    }

    private static Object map(StateFields fields, Map<?, ?> values) {
        Object keys = list(fields, new ArrayList<>(values.keySet()));
        Object parts = list(fields, new ArrayList<>(values.values()));
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = 0; i < ((List<?>) keys).size(); i++) {
            result.put(((List<?>) keys).get(i), ((List<?>) parts).get(i));
        }
        return result;
    }

    private static Object list(StateFields fields, List<?> values) {
        int size = fields.keep(values.size());
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            result.add(any(fields, i < values.size() ? values.get(i) : null));
        }
        return result;
    }
}
