package org.rltune.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/** Arrays of 0s and 1s: Gymnasium's {@code MultiBinary}. Values are flat, row-major. */
public final class MultiBinary implements Space<byte[]> {
    private final int[] shape;
    private final int size;

    private MultiBinary(int[] shape) {
        Check.positive("The number of dimensions", shape.length);
        this.shape = shape;
        this.size = Shapes.size(shape);
    }

    /** Arrays of this shape, one number for a vector; each length is at least 1. */
    public static MultiBinary of(int... shape) {
        return new MultiBinary(shape.clone());
    }

    /** The lengths of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements: the product of the shape. */
    public int size() {
        return size;
    }

    /** Fair coins: {@code integers(0, 2, size, dtype=int8)}. */
    @Override
    public byte[] sample(Pcg64 random) {
        int[] draws = random.integers8(0, 2, size);
        byte[] value = new byte[size];
        for (int i = 0; i < size; i++) {
            value[i] = (byte) draws[i];
        }
        return value;
    }

    /**
     * Bits that the mask leaves open, or with the probabilities that it gives.
     *
     * @param mask {@link Mask#of} with 0 or 1 for a bit that is fixed and 2 for one that is not, or {@link
     *     Mask#probability} of a 1, for each element, row-major
     */
    @Override
    public byte[] sample(Streams streams, Mask mask) {
        if (mask instanceof Mask.None) {
            return sample(streams.own());
        }
        if (mask instanceof Mask.Weights weights) {
            double[] p = Masks.weights(this, weights, size);
            byte[] value = new byte[size];
            for (int i = 0; i < size; i++) {
                value[i] = (byte) (streams.own().nextDouble() <= p[i] ? 1 : 0);
            }
            return value;
        }
        List<Integer> flags = Masks.flags(this, mask, size, 2);
        byte[] value = sample(streams.own());
        for (int i = 0; i < size; i++) {
            int flag = flags.get(i);
            value[i] = flag == 2 ? value[i] : (byte) flag;
        }
        return value;
    }

    @Override
    public @Nullable String violation(byte[] value) {
        if (value.length != size) {
            return Shapes.wrongLength(value.length, size, shape);
        }
        for (int i = 0; i < size; i++) {
            if (value[i] != 0 && value[i] != 1) {
                return "index " + i + ": value " + value[i] + " is neither 0 nor 1";
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return byte[].class;
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return size;
    }

    @Override
    public void flatten(byte[] value, float[] out, int at) {
        Flat.requireLength(this, value.length, size);
        for (int i = 0; i < size; i++) {
            out[at + i] = value[i];
        }
    }

    /** The numbers with their fractions cut off; nothing is checked. */
    @Override
    public byte[] unflatten(float[] values, int at) {
        byte[] value = new byte[size];
        for (int i = 0; i < size; i++) {
            value[i] = (byte) values[at + i];
        }
        return value;
    }

    @Override
    public Box flattened() {
        return Flat.binary(size);
    }

    @Override
    public Object toJsonable(byte[] value) {
        Flat.requireLength(this, value.length, size);
        return Shapes.nest(shape, i -> (long) value[i]);
    }

    @Override
    public byte[] fromJsonable(@Nullable Object json) {
        byte[] value = new byte[size];
        Shapes.visit(
                json,
                shape,
                "value",
                (i, x) ->
                        value[i] = (byte) Check.inClosed("value[" + i + "]", Json.asInt(x, "value[" + i + "]"), 0, 1));
        return value;
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "MultiBinary");
        json.put("shape", Shapes.toJson(shape));
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MultiBinary that && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(shape);
    }

    /** For example {@code MultiBinary(6)} or {@code MultiBinary((2, 3))}. */
    @Override
    public String toString() {
        return "MultiBinary(" + (shape.length == 1 ? Integer.toString(shape[0]) : BoxText.shape(shape)) + ")";
    }
}
