package org.rltune.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/**
 * Lists of any length with values of one space: Gymnasium's {@code Sequence}.
 *
 * <p>With {@code stack} Gymnasium's values are one array, not a tuple; here they are lists in either case, and {@link
 * #stack} gives the array.
 */
public final class Sequence implements Space<List<Object>> {
    /** The length is geometric with this probability of an end after each element; Gymnasium's choice. */
    private static final double END = 0.25;

    private final Space<?> space;
    private final boolean stacked;

    private Sequence(Space<?> space, boolean stacked) {
        this.space = space;
        this.stacked = stacked;
    }

    /** Lists of values of the space. */
    public static Sequence of(Space<?> space) {
        return new Sequence(space, false);
    }

    /** Lists of values of the space, which Gymnasium would hold in one array if {@code stack}. */
    public static Sequence of(Space<?> space, boolean stack) {
        return new Sequence(space, stack);
    }

    /** The space of the elements. */
    public Space<?> space() {
        return space;
    }

    /** Whether Gymnasium holds the elements in one array. */
    public boolean stacked() {
        return stacked;
    }

    /** The elements in one array, the leading dimension counting them; parts of tuples and dicts have one each. */
    public Object stack(List<Object> value) {
        Flat.require(this, value);
        return Stacks.stack(space, value);
    }

    /**
     * A list of geometric length, on average 4.
     *
     * @param mask {@link Mask#sequence} with lengths to choose from, and a mask for every element
     */
    @Override
    public List<Object> sample(Streams streams, Mask mask) {
        Mask element = Mask.none();
        int length;
        if (mask instanceof Mask.OfSequence sequence) {
            element = sequence.element();
            length = length(sequence.lengths(), streams.own());
        } else if (mask instanceof Mask.None) {
            length = length(List.of(), streams.own());
        } else {
            throw Masks.wrong(this, mask, "Mask.sequence");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(space.sample(streams.part(0), element));
        }
        return Collections.unmodifiableList(values);
    }

    private static int length(List<Integer> lengths, Pcg64 random) {
        return lengths.isEmpty() ? (int) random.geometric(END) : lengths.get(random.choice(lengths.size()));
    }

    @Override
    public @Nullable String violation(List<Object> value) {
        for (int i = 0; i < value.size(); i++) {
            String violation = space.violationOf(value.get(i));
            if (violation != null) {
                return "element " + i + ": " + violation;
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
        return false;
    }

    @Override
    public int flatSize() {
        throw Flat.none(this);
    }

    @Override
    public void flatten(List<Object> value, float[] out, int at) {
        throw Flat.none(this);
    }

    @Override
    public List<Object> unflatten(float[] values, int at) {
        throw Flat.none(this);
    }

    @Override
    public Box flattened() {
        throw Flat.none(this);
    }

    @Override
    public Object toJsonable(List<Object> value) {
        List<Object> json = new ArrayList<>();
        for (Object element : value) {
            json.add(Values.toJsonable(space, element));
        }
        return json;
    }

    @Override
    public List<Object> fromJsonable(@Nullable Object json) {
        List<Object> values = new ArrayList<>();
        for (Object element : Json.asList(json, "value")) {
            values.add(space.fromJsonable(element));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Sequence");
        json.put("space", space.toJson());
        json.put("stack", stacked);
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sequence that && space.equals(that.space) && stacked == that.stacked;
    }

    @Override
    public int hashCode() {
        return 31 * space.hashCode() + (stacked ? 1 : 0);
    }

    /** For example {@code Sequence(Discrete(3), stack=False)}. */
    @Override
    public String toString() {
        return "Sequence(" + space + ", stack=" + (stacked ? "True" : "False") + ")";
    }
}
