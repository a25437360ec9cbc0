package org.rltune.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists with one value of each of its spaces, in their order: Gymnasium's {@code Tuple}. */
public final class Tuple implements Space<List<Object>> {
    private final List<Space<?>> spaces;
    private final boolean flattenable;

    private Tuple(List<? extends Space<?>> spaces) {
        this.spaces = Parts.of("spaces", spaces, "a space");
        this.flattenable = this.spaces.stream().allMatch(Space::isFlattenable);
    }

    /** A tuple of these spaces. */
    public static Tuple of(Space<?>... spaces) {
        return new Tuple(Arrays.asList(spaces));
    }

    /** A tuple of these spaces. */
    public static Tuple of(List<? extends Space<?>> spaces) {
        return new Tuple(spaces);
    }

    /** The spaces, in their order. */
    public List<Space<?>> spaces() {
        return spaces;
    }

    /** @param mask {@link Mask#each} with a mask, or {@link Mask#none()}, for each space */
    @Override
    public List<Object> sample(Streams streams, Mask mask) {
        List<Mask> masks = Masks.parts(this, mask, spaces.size());
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            values.add(spaces.get(i).sample(streams.part(i), masks.get(i)));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public @Nullable String violation(List<Object> value) {
        if (value.size() != spaces.size()) {
            return "the length is " + value.size() + ", but there are " + spaces.size() + " spaces";
        }
        for (int i = 0; i < spaces.size(); i++) {
            String violation = spaces.get(i).violationOf(value.get(i));
            if (violation != null) {
                return "part " + i + ": " + violation;
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return List.class;
    }

    @Override
    public boolean isFlattenable() {
        return flattenable;
    }

    @Override
    public int flatSize() {
        Flat.requireFlattenable(this);
        return Flat.sum(spaces);
    }

    /** The flat forms of the parts, one after the other. */
    @Override
    public void flatten(List<Object> value, float[] out, int at) {
        Flat.requireFlattenable(this);
        Flat.requireLength(this, value.size(), spaces.size());
        int position = at;
        for (int i = 0; i < spaces.size(); i++) {
            Values.flatten(spaces.get(i), value.get(i), out, position);
            position += spaces.get(i).flatSize();
        }
    }

    @Override
    public List<Object> unflatten(float[] values, int at) {
        Flat.requireFlattenable(this);
        List<Object> parts = new ArrayList<>();
        int position = at;
        for (Space<?> space : spaces) {
            parts.add(space.unflatten(values, position));
            position += space.flatSize();
        }
        return Collections.unmodifiableList(parts);
    }

    @Override
    public Box flattened() {
        Flat.requireFlattenable(this);
        return Flat.concatenated(this, spaces);
    }

    @Override
    public Object toJsonable(List<Object> value) {
        Flat.requireLength(this, value.size(), spaces.size());
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            parts.add(Values.toJsonable(spaces.get(i), value.get(i)));
        }
        return parts;
    }

    @Override
    public List<Object> fromJsonable(@Nullable Object json) {
        List<@Nullable Object> list = SpaceJson.list(json, "value", spaces.size());
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            parts.add(spaces.get(i).fromJsonable(list.get(i)));
        }
        return Collections.unmodifiableList(parts);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Tuple");
        json.put("spaces", SpaceJson.write(spaces));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple that && spaces.equals(that.spaces);
    }

    @Override
    public int hashCode() {
        return spaces.hashCode();
    }

    /** For example {@code Tuple(Discrete(2), Discrete(3))}. */
    @Override
    public String toString() {
        return SpaceJson.text("Tuple", spaces);
    }
}
