package org.rltune.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** A box as JSON: one number for bounds that are all equal, else a list of them. */
final class BoxJson {
    private BoxJson() {}

    static Map<String, Object> write(float[] low, float[] high, int[] shape) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Box");
        json.put("low", bounds(low));
        json.put("high", bounds(high));
        List<Object> dims = new ArrayList<>();
        for (int dim : shape) {
            dims.add((long) dim);
        }
        json.put("shape", dims);
        return json;
    }

    private static Object bounds(float[] bounds) {
        if (BoxText.allEqual(bounds)) {
            return bounds[0];
        }
        List<Object> list = new ArrayList<>();
        for (float bound : bounds) {
            list.add(bound);
        }
        return list;
    }

    static Box read(Map<String, Object> json) {
        List<@Nullable Object> dims = Json.asList(json.get("shape"), "shape");
        int[] shape = new int[dims.size()];
        int size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Json.asInt(dims.get(i), "shape[" + i + "]");
            size *= shape[i];
        }
        return Box.of(floats(json.get("low"), "low", size), floats(json.get("high"), "high", size), shape);
    }

    private static float[] floats(@Nullable Object value, String name, int size) {
        if (!(value instanceof List<?> list)) {
            float[] floats = new float[Math.max(size, 0)];
            Arrays.fill(floats, (float) Json.asDouble(value, name));
            return floats;
        }
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Json.asDouble(list.get(i), name + "[" + i + "]");
        }
        return floats;
    }
}
