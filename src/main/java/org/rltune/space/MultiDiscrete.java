package org.rltune.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/**
 * Arrays of whole numbers, element i from {@code start[i]} to {@code start[i] + nvec[i] - 1}: Gymnasium's
 * {@code MultiDiscrete}. Values are flat, row-major.
 */
public final class MultiDiscrete implements Space<int[]> {
    private final int[] nvec;
    private final int[] start;
    private final int[] shape;
    private final int flatSize;

    private MultiDiscrete(int[] nvec, int[] start, int[] shape) {
        this.nvec = nvec;
        this.start = start;
        this.shape = shape;
        long sum = 0;
        for (int i = 0; i < nvec.length; i++) {
            sum += Check.positive("nvec[" + i + "]", nvec[i]);
            Check.atMost("start[" + i + "] + nvec[" + i + "] - 1", (long) start[i] + nvec[i] - 1, Integer.MAX_VALUE);
        }
        this.flatSize = (int) Math.min(sum, Integer.MAX_VALUE);
    }

    /** A vector whose element i is one of 0 to nvec[i] - 1; each is at least 1. */
    public static MultiDiscrete of(int... nvec) {
        return of(nvec, new int[nvec.length]);
    }

    /**
     * An array whose element i is one of start[i] to start[i] + nvec[i] - 1.
     *
     * @param nvec how many numbers there are for each element, row-major, each at least 1
     * @param start the smallest of them
     * @param shape the lengths of the dimensions; none means a vector
     */
    public static MultiDiscrete of(int[] nvec, int[] start, int... shape) {
        if (nvec.length != start.length) {
            throw new IllegalArgumentException("nvec has " + nvec.length + " elements and start has " + start.length
                    + ", but both must have the same length. Give each element a start.");
        }
        int[] dims = Shapes.orVector(shape, nvec.length);
        Shapes.requireSize("nvec has", nvec.length, dims);
        return new MultiDiscrete(nvec.clone(), start.clone(), dims);
    }

    /** How many numbers there are for each element, row-major. */
    public int[] nvec() {
        return nvec.clone();
    }

    /** The smallest number of each element, row-major. */
    public int[] start() {
        return start.clone();
    }

    /** The lengths of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements: the product of the shape. */
    public int size() {
        return nvec.length;
    }

    /** The space of element i. */
    public Discrete get(int i) {
        return Discrete.of(nvec[i], start[i]);
    }

    /** Numbers that are equally likely: {@code start + floor(random() * nvec)}. */
    @Override
    public int[] sample(Pcg64 random) {
        int[] value = new int[nvec.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = (int) (random.nextDouble() * nvec[i]) + start[i];
        }
        return value;
    }

    /**
     * Numbers that the mask allows, or with their probabilities.
     *
     * @param mask {@link Mask#each} with a mask for each element, row-major, as {@link Discrete} takes it
     */
    @Override
    public int[] sample(Streams streams, Mask mask) {
        if (mask instanceof Mask.None) {
            return sample(streams.own());
        }
        List<Mask> parts = Masks.parts(this, mask, nvec.length);
        int[] value = new int[nvec.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = start[i] + Masks.element(get(i), parts.get(i), streams.own());
        }
        return value;
    }

    @Override
    public @Nullable String violation(int[] value) {
        if (value.length != nvec.length) {
            return Shapes.wrongLength(value.length, nvec.length, shape);
        }
        for (int i = 0; i < value.length; i++) {
            String violation = Discrete.violation(value[i], start[i], start[i] + nvec[i] - 1);
            if (violation != null) {
                return "index " + i + ": " + violation;
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return int[].class;
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return Check.atMost("The length of the flat form", flatSize, Integer.MAX_VALUE - 1);
    }

    /** For each element a 1 at {@code value - start} and 0s elsewhere, one after the other. */
    @Override
    public void flatten(int[] value, float[] out, int at) {
        Flat.require(this, value);
        Arrays.fill(out, at, at + flatSize(), 0);
        for (int i = 0, position = at; i < nvec.length; position += nvec[i++]) {
            out[position + value[i] - start[i]] = 1;
        }
    }

    @Override
    public int[] unflatten(float[] values, int at) {
        int[] value = start.clone();
        for (int i = 0, position = at; i < nvec.length; position += nvec[i++]) {
            value[i] += Flat.hot(this, values, position, nvec[i]);
        }
        return value;
    }

    @Override
    public Box flattened() {
        return Flat.binary(flatSize());
    }

    @Override
    public Object toJsonable(int[] value) {
        Flat.requireLength(this, value.length, nvec.length);
        return Shapes.nest(shape, i -> (long) value[i]);
    }

    @Override
    public int[] fromJsonable(@Nullable Object json) {
        int[] value = new int[nvec.length];
        Shapes.visit(json, shape, "value", (i, x) -> value[i] = Json.asInt(x, "value[" + i + "]"));
        return value;
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "MultiDiscrete");
        json.put("nvec", Shapes.toJson(nvec));
        json.put("start", Shapes.toJson(start));
        json.put("shape", Shapes.toJson(shape));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MultiDiscrete that
                && Arrays.equals(nvec, that.nvec)
                && Arrays.equals(start, that.start)
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(nvec) + Arrays.hashCode(start)) + Arrays.hashCode(shape);
    }

    /** For example {@code MultiDiscrete([3 4 5])}. */
    @Override
    public String toString() {
        boolean shifted = Arrays.stream(start).anyMatch(x -> x != 0);
        return "MultiDiscrete(" + BoxText.array(shape, i -> Integer.toString(nvec[i]))
                + (shifted ? ", start=" + BoxText.array(shape, i -> Integer.toString(start[i])) : "") + ")";
    }
}
