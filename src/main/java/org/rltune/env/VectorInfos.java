package org.rltune.env;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the environments of a vector told beside their observations, by column: for each key one value an environment,
 * and a mask that says which environments told it. Immutable.
 *
 * <p>Where Gymnasium has {@code infos["key"]} and {@code infos["_key"]}, there are {@code doubles("key")} and {@code
 * mask("key")} here; the method says the type, and environments without a value have 0, false or null.
 */
public final class VectorInfos {
    private final List<Map<String, Object>> rows;

    private VectorInfos(List<Map<String, Object>> rows) {
        this.rows = rows;
    }

    /** The infos of each environment; null for none. */
    static VectorInfos of(@Nullable Map<String, Object>[] infos) {
        List<Map<String, Object>> rows = new ArrayList<>(infos.length);
        for (Map<String, Object> info : infos) {
            rows.add(info == null ? Map.of() : info);
        }
        return new VectorInfos(rows);
    }

    /** Number of environments. */
    public int numEnvs() {
        return rows.size();
    }

    /** The keys that some environment told, in the order of environments and of their infos. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        rows.forEach(row -> keys.addAll(row.keySet()));
        return keys;
    }

    /** Whether no environment told anything. */
    public boolean isEmpty() {
        return rows.stream().allMatch(Map::isEmpty);
    }

    /** All that environment {@code e} told. */
    public Map<String, Object> of(int e) {
        return rows.get(e);
    }

    /** All that each environment told, in order, as Gymnasium's wrapper {@code DictInfoToList} gives it. */
    public List<Map<String, Object>> toList() {
        return Collections.unmodifiableList(rows);
    }

    /** Which environments told this key. */
    public boolean[] mask(String key) {
        boolean[] mask = new boolean[rows.size()];
        for (int e = 0; e < mask.length; e++) {
            mask[e] = rows.get(e).containsKey(key);
        }
        return mask;
    }

    /** The values of a key; null where an environment did not tell it. */
    public @Nullable Object[] values(String key) {
        @Nullable Object[] values = new Object[rows.size()];
        Arrays.setAll(values, e -> rows.get(e).get(key));
        return values;
    }

    /** The values of a key as numbers; 0 where an environment did not tell it. */
    public double[] doubles(String key) {
        double[] values = new double[rows.size()];
        for (int e = 0; e < values.length; e++) {
            Object value = rows.get(e).get(key);
            values[e] = value == null ? 0 : expect(Number.class, key, e, value).doubleValue();
        }
        return values;
    }

    /** The values of a key as whole numbers; 0 where an environment did not tell it. */
    public long[] longs(String key) {
        long[] values = new long[rows.size()];
        for (int e = 0; e < values.length; e++) {
            Object value = rows.get(e).get(key);
            values[e] = value == null ? 0 : expect(Number.class, key, e, value).longValue();
        }
        return values;
    }

    /** The values of a key as flags; false where an environment did not tell it. */
    public boolean[] flags(String key) {
        boolean[] values = new boolean[rows.size()];
        for (int e = 0; e < values.length; e++) {
            Object value = rows.get(e).get(key);
            values[e] = value != null && expect(Boolean.class, key, e, value);
        }
        return values;
    }

    /** The columns of a key whose values are infos themselves; empty where an environment did not tell it. */
    @SuppressWarnings("unchecked") // infos have texts as keys
    public VectorInfos infos(String key) {
        List<Map<String, Object>> inner = new ArrayList<>(rows.size());
        for (int e = 0; e < rows.size(); e++) {
            Object value = rows.get(e).get(key);
            inner.add(value == null ? Map.of() : (Map<String, Object>) expect(Map.class, key, e, value));
        }
        return new VectorInfos(inner);
    }

    private static <T> T expect(Class<T> type, String key, int e, Object value) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new IllegalArgumentException("The info '" + key + "' of environment " + e + " is " + value + " ("
                + value.getClass().getSimpleName() + "), but " + type.getSimpleName()
                + " was asked for. Use values(key) for any type");
    }

    @Override
    public String toString() {
        return "VectorInfos" + rows;
    }
}
