package org.rltune.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;

/** A value of one of its spaces, and which of them it is: Gymnasium's {@code OneOf}. */
public final class OneOf implements Space<OneOf.Choice> {
    private final List<Space<?>> spaces;
    private final boolean flattenable;

    /**
     * A value and the space that it is of.
     *
     * @param index of the space
     * @param value of that space
     */
    public record Choice(int index, Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return Values.equal(this, other);
        }

        @Override
        public int hashCode() {
            return index;
        }

        @Override
        public String toString() {
            return "(" + index + ", " + Values.text(value) + ")";
        }
    }

    private OneOf(List<? extends Space<?>> spaces) {
        Check.positive("The number of spaces", spaces.size());
        this.spaces = Parts.of("spaces", spaces, "a space");
        this.flattenable = this.spaces.stream().allMatch(Space::isFlattenable);
    }

    /** One of these spaces, at least one. */
    public static OneOf of(Space<?>... spaces) {
        return new OneOf(Arrays.asList(spaces));
    }

    /** One of these spaces, at least one. */
    public static OneOf of(List<? extends Space<?>> spaces) {
        return new OneOf(spaces);
    }

    /** The spaces, in their order. */
    public List<Space<?>> spaces() {
        return spaces;
    }

    /**
     * A space, all equally likely, and a value of it.
     *
     * @param mask {@link Mask#each} with a mask, or {@link Mask#none()}, for each space
     */
    @Override
    public Choice sample(Streams streams, Mask mask) {
        int index = (int) streams.own().integers(0, spaces.size());
        Mask part = Masks.parts(this, mask, spaces.size()).get(index);
        return new Choice(index, spaces.get(index).sample(streams.part(index), part));
    }

    @Override
    public @Nullable String violation(Choice value) {
        if (value.index < 0 || value.index >= spaces.size()) {
            return "the index is " + value.index + ", but there are " + spaces.size() + " spaces";
        }
        String violation = spaces.get(value.index).violationOf(value.value);
        return violation == null ? null : "space " + value.index + ": " + violation;
    }

    @Override
    public Class<?> valueType() {
        return Choice.class;
    }

    @Override
    public boolean isFlattenable() {
        return flattenable;
    }

    /** One more than that of the largest space. */
    @Override
    public int flatSize() {
        Flat.requireFlattenable(this);
        return 1 + spaces.stream().mapToInt(Space::flatSize).max().orElseThrow();
    }

    /** The index, then the flat form of the value, then its first element until the end. */
    @Override
    public void flatten(Choice value, float[] out, int at) {
        Flat.requireFlattenable(this);
        Flat.require(this, value);
        Space<?> space = spaces.get(value.index);
        int size = space.flatSize();
        out[at] = value.index;
        Values.flatten(space, value.value, out, at + 1);
        Arrays.fill(out, at + 1 + size, at + flatSize(), size == 0 ? 0 : out[at + 1]);
    }

    @Override
    public Choice unflatten(float[] values, int at) {
        Flat.requireFlattenable(this);
        int index = Check.inClosed("The index of the space", (int) values[at], 0, spaces.size() - 1);
        return new Choice(index, spaces.get(index).unflatten(values, at + 1));
    }

    /** The least and the greatest bound of all spaces for every element but the first. */
    @Override
    public Box flattened() {
        Flat.requireFlattenable(this);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (Space<?> space : spaces) {
            Box part = space.flattened();
            for (int i = 0; i < part.size(); i++) {
                low = Math.min(low, part.low(i));
                high = Math.max(high, part.high(i));
            }
        }
        float least = low;
        float greatest = high;
        return Flat.box(flatSize(), i -> i == 0 ? 0 : least, i -> i == 0 ? spaces.size() - 1 : greatest);
    }

    @Override
    public Object toJsonable(Choice value) {
        Space<?> space = spaces.get(Check.inClosed("The index of the space", value.index, 0, spaces.size() - 1));
        return List.of((long) value.index, Values.toJsonable(space, value.value));
    }

    @Override
    public Choice fromJsonable(@Nullable Object json) {
        List<@Nullable Object> pair = SpaceJson.list(json, "value", 2);
        int index = Check.inClosed("value[0]", Json.asInt(pair.get(0), "value[0]"), 0, spaces.size() - 1);
        return new Choice(index, spaces.get(index).fromJsonable(pair.get(1)));
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "OneOf");
        json.put("spaces", SpaceJson.write(spaces));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OneOf that && spaces.equals(that.spaces);
    }

    @Override
    public int hashCode() {
        return 31 * spaces.hashCode() + 1;
    }

    /** For example {@code OneOf(Discrete(2), Discrete(3))}. */
    @Override
    public String toString() {
        return SpaceJson.text("OneOf", spaces);
    }
}
