package org.rltune.space;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

/**
 * Arrays of floats between bounds, each of which may be infinite: Gymnasium's {@code Box} of float32.
 *
 * <p>Values are flat: an array of shape (2, 3) is a {@code float[6]}, the last index running fastest.
 */
public final class Box implements Space<float[]> {
    private final float[] low;
    private final float[] high;
    private final int[] shape;

    private Box(float[] low, float[] high, int[] shape) {
        this.low = low;
        this.high = high;
        this.shape = shape;
        for (int i = 0; i < low.length; i++) {
            BoxText.check(i, low[i], high[i]);
        }
    }

    /**
     * A box with the same bounds for every element.
     *
     * @param shape the lengths of the dimensions, each at least 1; none means one element, as in Gymnasium
     */
    public static Box of(float low, float high, int... shape) {
        int[] dims = Shapes.orVector(shape, 1);
        int size = Shapes.size(dims);
        float[] lows = new float[size];
        float[] highs = new float[size];
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        return new Box(lows, highs, dims);
    }

    /** A vector with bounds for each element. */
    public static Box of(float[] low, float[] high) {
        return of(low, high, low.length);
    }

    /**
     * A box with bounds for each element.
     *
     * @param low the least values, row-major; minus infinity for none
     * @param high the greatest values, row-major; infinity for none
     * @param shape the lengths of the dimensions, each at least 1; their product is the length of the bounds
     */
    public static Box of(float[] low, float[] high, int... shape) {
        int[] dims = Shapes.orVector(shape, low.length);
        Shapes.requireBounds(low.length, high.length, dims);
        return new Box(low.clone(), high.clone(), dims);
    }

    /** A single number: shape (). */
    public static Box scalar(float low, float high) {
        return new Box(new float[] {low}, new float[] {high}, new int[0]);
    }

    /** The least values, row-major; minus infinity where there is none. */
    public float[] low() {
        return low.clone();
    }

    /** The greatest values, row-major; infinity where there is none. */
    public float[] high() {
        return high.clone();
    }

    /** The least value of element i. */
    public float low(int i) {
        return low[i];
    }

    /** The greatest value of element i. */
    public float high(int i) {
        return high[i];
    }

    /** The lengths of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements: the product of the shape. */
    public int size() {
        return low.length;
    }

    /** Whether both bounds of element i are finite. */
    public boolean bounded(int i) {
        return low[i] != Float.NEGATIVE_INFINITY && high[i] != Float.POSITIVE_INFINITY;
    }

    /**
     * Random values: standard normal without bounds, a bound plus or minus an exponential number with one, uniform between
     * two. Drawn in Gymnasium's order: all elements without bounds, with a lower one, with an upper one, with both.
     */
    @Override
    public float[] sample(Pcg64 random) {
        double[] draws = BoxSampling.draw(random, low.length, i -> low[i], i -> high[i]);
        float[] value = new float[draws.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = (float) draws[i];
        }
        return value;
    }

    @Override
    public float[] sample(Streams streams, Mask mask) {
        BoxSampling.requireNoMask(this, mask);
        return sample(streams.own());
    }

    @Override
    public @Nullable String violation(float[] value) {
        if (value.length != low.length) {
            return Shapes.wrongLength(value.length, low.length, shape);
        }
        for (int i = 0; i < value.length; i++) {
            if (!(value[i] >= low[i] && value[i] <= high[i])) {
                return BoxText.violation(i, value[i], low[i], high[i]);
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return float[].class;
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return low.length;
    }

    @Override
    public void flatten(float[] value, float[] out, int at) {
        Flat.requireLength(this, value.length, low.length);
        System.arraycopy(value, 0, out, at, low.length);
    }

    @Override
    public float[] unflatten(float[] values, int at) {
        return Arrays.copyOfRange(values, at, at + low.length);
    }

    @Override
    public Box flattened() {
        return shape.length == 1 ? this : of(low, high);
    }

    @Override
    public Object toJsonable(float[] value) {
        Flat.requireLength(this, value.length, low.length);
        return Shapes.nest(shape, i -> value[i]);
    }

    @Override
    public float[] fromJsonable(@Nullable Object json) {
        float[] value = new float[low.length];
        Shapes.visit(json, shape, "value", (i, x) -> value[i] = (float) Json.asDouble(x, "value[" + i + "]"));
        return value;
    }

    @Override
    public Map<String, Object> toJson() {
        return BoxJson.write(low, high, shape);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Box that
                && Arrays.equals(low, that.low)
                && Arrays.equals(high, that.high)
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(low) + Arrays.hashCode(high)) + Arrays.hashCode(shape);
    }

    /** For example {@code Box(-1.0, 1.0, (3,))} or {@code Box([0.0, -5.0], [2.0, inf], (2,))}. */
    @Override
    public String toString() {
        return "Box(" + BoxText.bounds(low) + ", " + BoxText.bounds(high) + ", " + BoxText.shape(shape) + ")";
    }
}
