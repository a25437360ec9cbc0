package org.rltune.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * A box as JSON: one number for bounds that are all equal, else a list of them. A box of float32 has no {@code dtype}.
 */
final class BoxJson {
    private BoxJson() {}

    static Map<String, Object> write(float[] low, float[] high, int[] shape) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Box");
        json.put("low", bounds(low));
        json.put("high", bounds(high));
        json.put("shape", Shapes.toJson(shape));
        return json;
    }

    private static Object bounds(float[] bounds) {
        return list(bounds.length, i -> bounds[i]);
    }

    private static Object list(int length, IntFunction<Object> bound) {
        List<Object> list = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < length; i++) {
            list.add(bound.apply(i));
            same &= list.get(i).equals(list.get(0));
        }
        return same ? list.get(0) : list;
    }

    /** A whole number without a bound has an infinite one here. */
    static Map<String, Object> write(ArrayBounds<?> bounds, int[] shape) {
        DType<?> dtype = bounds.dtype();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Box");
        json.put("dtype", dtype.name());
        json.put(
                "low",
                list(
                        bounds.count(),
                        i -> bounds.hasLow(i)
                                ? Numbers.toJson(dtype, bounds.low(i))
                                : (Object) Double.NEGATIVE_INFINITY));
        json.put(
                "high",
                list(
                        bounds.count(),
                        i -> bounds.hasHigh(i)
                                ? Numbers.toJson(dtype, bounds.high(i))
                                : (Object) Double.POSITIVE_INFINITY));
        json.put("shape", Shapes.toJson(shape));
        return json;
    }

    static Space<?> read(Map<String, Object> json) {
        Object dtype = json.getOrDefault("dtype", "float32");
        int[] shape = Shapes.fromJson(json.get("shape"), "shape");
        int size = Shapes.size(shape);
        if (!"float32".equals(dtype)) {
            return read(DType.of(String.valueOf(dtype)), json, shape, size);
        }
        float[] low = floats(json.get("low"), "low", size);
        float[] high = floats(json.get("high"), "high", size);
        return shape.length == 0 ? Box.scalar(low[0], high[0]) : Box.of(low, high, shape);
    }

    private static <T> ArrayBox<T> read(DType<T> dtype, Map<String, Object> json, int[] shape, int size) {
        long[] low = new long[size];
        long[] high = new long[size];
        boolean[] hasLow = read(dtype, json.get("low"), "low", Double.NEGATIVE_INFINITY, low);
        boolean[] hasHigh = read(dtype, json.get("high"), "high", Double.POSITIVE_INFINITY, high);
        return new ArrayBox<>(ArrayBounds.bits(dtype, low, high, hasLow, hasHigh), shape);
    }

    /** Fills the bounds and tells which of them are there. */
    private static boolean[] read(DType<?> dtype, @Nullable Object json, String name, double none, long[] into) {
        List<?> list = json instanceof List<?> given ? given : null;
        if (list != null && list.size() != into.length) {
            throw wrongLength(name, list.size(), into.length);
        }
        boolean[] there = new boolean[into.length];
        for (int i = 0; i < into.length; i++) {
            Object bound = list == null ? json : list.get(i);
            String element = list == null ? name : name + "[" + i + "]";
            there[i] = !(bound instanceof String || bound instanceof Double) || Json.asDouble(bound, element) != none;
            into[i] = there[i] ? Numbers.fromJson(dtype, bound, element) : Numbers.bound(dtype, element, none);
        }
        return there;
    }

    private static float[] floats(@Nullable Object value, String name, int size) {
        float[] floats = new float[size];
        if (!(value instanceof List<?> list)) {
            Arrays.fill(floats, (float) Json.asDouble(value, name));
            return floats;
        }
        if (list.size() != size) {
            throw wrongLength(name, list.size(), size);
        }
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Json.asDouble(list.get(i), name + "[" + i + "]");
        }
        return floats;
    }

    private static IllegalArgumentException wrongLength(String name, int length, int size) {
        return new IllegalArgumentException(name + " has " + length + " elements, but the shape has " + size
                + ". Write one bound, or one for each element.");
    }
}
