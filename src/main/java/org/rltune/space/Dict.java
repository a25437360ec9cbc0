package org.rltune.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.json.Json;

/**
 * Maps with one value for each of its keys: Gymnasium's {@code Dict}.
 *
 * <p>The order of the keys matters: it is that of samples, of seeds and of the flat form. Gymnasium sorts the keys of a
 * plain {@code dict}; {@link #of(Map)} sorts a map that has no order, and {@link #sorted} any.
 */
public final class Dict implements Space<Map<String, Object>> {
    private final Map<String, Space<?>> spaces;
    private final List<Space<?>> parts;
    private final boolean flattenable;

    private Dict(Map<String, ? extends Space<?>> spaces) {
        this.spaces = Parts.of("spaces", spaces, "a space");
        this.parts = List.copyOf(spaces.values());
        this.flattenable = this.parts.stream().allMatch(Space::isFlattenable);
    }

    /** The keys in the order of the map, or sorted if it has none, as a {@code HashMap} or {@code Map.of}. */
    public static Dict of(Map<String, ? extends Space<?>> spaces) {
        return DictKeys.isOrdered(spaces) ? new Dict(spaces) : sorted(spaces);
    }

    /** The keys in the order in which Python sorts them, as Gymnasium does for a plain {@code dict}. */
    public static Dict sorted(Map<String, ? extends Space<?>> spaces) {
        return new Dict(DictKeys.sorted(spaces));
    }

    /**
     * The keys in the given order.
     *
     * @param more further keys and spaces in turn
     * @throws IllegalArgumentException if a key comes twice, or a key or a space is missing
     */
    public static Dict of(String key, Space<?> space, Object... more) {
        return new Dict(DictKeys.pairs(key, space, more));
    }

    /** The spaces by key, in the order of the keys. */
    public Map<String, Space<?>> spaces() {
        return spaces;
    }

    /** The space of a key. */
    public Space<?> get(String key) {
        Space<?> space = spaces.get(key);
        if (space == null) {
            throw new IllegalArgumentException("The key is " + key + ", but the space has the keys " + spaces.keySet()
                    + "." + Suggest.nearest(key, spaces.keySet()));
        }
        return space;
    }

    /** @param mask {@link Mask#named} with a mask, or {@link Mask#none()}, for each key */
    @Override
    public Map<String, Object> sample(Streams streams, Mask mask) {
        Map<String, Mask> masks = DictKeys.masks(this, mask);
        Map<String, Object> values = new LinkedHashMap<>();
        int i = 0;
        for (Map.Entry<String, Space<?>> entry : spaces.entrySet()) {
            Mask part = masks.getOrDefault(entry.getKey(), Mask.none());
            values.put(entry.getKey(), entry.getValue().sample(streams.part(i++), part));
        }
        return Collections.unmodifiableMap(values);
    }

    @Override
    public @Nullable String violation(Map<String, Object> value) {
        Set<?> keys = value.keySet();
        if (!keys.equals(spaces.keySet())) {
            return "the keys are " + keys + ", but they must be " + spaces.keySet();
        }
        for (Map.Entry<String, Space<?>> entry : spaces.entrySet()) {
            String violation = entry.getValue().violationOf(value.get(entry.getKey()));
            if (violation != null) {
                return "key '" + entry.getKey() + "': " + violation;
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return Map.class;
    }

    @Override
    public boolean isFlattenable() {
        return flattenable;
    }

    @Override
    public int flatSize() {
        Flat.requireFlattenable(this);
        return Flat.sum(parts);
    }

    /** The flat forms of the parts, one after the other, in the order of the keys. */
    @Override
    public void flatten(Map<String, Object> value, float[] out, int at) {
        Flat.requireFlattenable(this);
        int position = at;
        for (Map.Entry<String, Space<?>> entry : spaces.entrySet()) {
            Values.flatten(entry.getValue(), value.get(entry.getKey()), out, position);
            position += entry.getValue().flatSize();
        }
    }

    @Override
    public Map<String, Object> unflatten(float[] values, int at) {
        Flat.requireFlattenable(this);
        Map<String, Object> map = new LinkedHashMap<>();
        int position = at;
        for (Map.Entry<String, Space<?>> entry : spaces.entrySet()) {
            map.put(entry.getKey(), entry.getValue().unflatten(values, position));
            position += entry.getValue().flatSize();
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public Box flattened() {
        Flat.requireFlattenable(this);
        return Flat.concatenated(this, parts);
    }

    @Override
    public Object toJsonable(Map<String, Object> value) {
        Map<String, Object> json = new LinkedHashMap<>();
        spaces.forEach((key, space) -> json.put(key, Values.toJsonable(space, value.get(key))));
        return json;
    }

    @Override
    public Map<String, Object> fromJsonable(@Nullable Object json) {
        Map<String, @Nullable Object> object = Json.asObject(json, "value");
        DictKeys.requireSame("The value", object.keySet(), spaces.keySet());
        Map<String, Object> map = new LinkedHashMap<>();
        spaces.forEach((key, space) -> map.put(key, space.fromJsonable(object.get(key))));
        return Collections.unmodifiableMap(map);
    }

    /** The keys and spaces as two lists: JSON objects keep no order that can be relied on. */
    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Dict");
        json.put("keys", new ArrayList<Object>(spaces.keySet()));
        json.put("spaces", SpaceJson.write(parts));
        return json;
    }

    /** Equal when keys, spaces and the order are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dict that
                && parts.equals(that.parts)
                && List.copyOf(spaces.keySet()).equals(List.copyOf(that.spaces.keySet()));
    }

    @Override
    public int hashCode() {
        return spaces.hashCode();
    }

    /** For example <code>Dict('color': Discrete(3), 'shape': Discrete(2))</code>. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        spaces.forEach((key, space) -> texts.add("'" + key + "': " + space));
        return "Dict(" + String.join(", ", texts) + ")";
    }
}
