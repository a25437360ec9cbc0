package org.rltune.space;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
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
            checkBounds(i, low[i], high[i]);
        }
    }

    /**
     * A box with the same bounds for every element.
     *
     * @param shape the lengths of the dimensions, each at least 1; none means one element, as in Gymnasium
     */
    public static Box of(float low, float high, int... shape) {
        int[] dims = shape.length == 0 ? new int[] {1} : shape.clone();
        int size = size(dims);
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
        if (low.length != high.length) {
            throw new IllegalArgumentException("low has " + low.length + " elements and high has " + high.length
                    + ", but both must have the same length. Give each element two bounds.");
        }
        int[] dims = shape.length == 0 ? new int[] {low.length} : shape.clone();
        if (size(dims) != low.length) {
            throw new IllegalArgumentException("The shape " + BoxText.shape(dims) + " has " + size(dims)
                    + " elements, but the bounds have " + low.length + ". Make their product equal.");
        }
        return new Box(low.clone(), high.clone(), dims);
    }

    private static int size(int[] shape) {
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            size *= Check.positive("shape[" + i + "]", shape[i]);
            Check.atMost("The number of elements", size, Integer.MAX_VALUE);
        }
        return (int) size;
    }

    private static void checkBounds(int i, float low, float high) {
        String bounds = "index " + i + ": the bounds are " + low + " and " + high;
        if (Float.isNaN(low) || Float.isNaN(high)) {
            throw new IllegalArgumentException(
                    bounds + ", but NaN is no bound. Use an infinity where there is no bound.");
        }
        if (low > high) {
            throw new IllegalArgumentException(
                    bounds + ", but the lower one must not exceed the upper one. Maybe " + high + " and " + low + "?");
        }
        if (low == Float.POSITIVE_INFINITY || high == Float.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(bounds
                    + ", but no finite number lies between them. Use -Infinity below and Infinity above for no bound.");
        }
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
        return hasLow(i) && hasHigh(i);
    }

    private boolean hasLow(int i) {
        return low[i] != Float.NEGATIVE_INFINITY;
    }

    private boolean hasHigh(int i) {
        return high[i] != Float.POSITIVE_INFINITY;
    }

    /**
     * Random values, element by element independent: uniform between two bounds, a bound plus or minus an exponential
     * number where there is one, standard normal where there is none. Drawn in Gymnasium's order: all elements without
     * bounds, with a lower one, with an upper one, with both.
     */
    @Override
    public float[] sample(Pcg64 random) {
        float[] value = new float[low.length];
        for (int i = 0; i < value.length; i++) {
            if (!hasLow(i) && !hasHigh(i)) {
                value[i] = (float) random.standardNormal();
            }
        }
        for (int i = 0; i < value.length; i++) {
            if (hasLow(i) && !hasHigh(i)) {
                value[i] = (float) (random.standardExponential() + low[i]);
            }
        }
        for (int i = 0; i < value.length; i++) {
            if (!hasLow(i) && hasHigh(i)) {
                value[i] = (float) (-random.standardExponential() + high[i]);
            }
        }
        for (int i = 0; i < value.length; i++) {
            if (bounded(i)) {
                value[i] = (float) random.uniform(low[i], high[i]);
            }
        }
        return value;
    }

    @Override
    public @Nullable String violation(float[] value) {
        if (value.length != low.length) {
            return "the length is " + value.length + ", but a value of " + BoxText.shape(shape) + " has " + low.length
                    + " elements";
        }
        for (int i = 0; i < value.length; i++) {
            if (!(value[i] >= low[i] && value[i] <= high[i])) {
                return BoxText.violation(i, value[i], low[i], high[i]);
            }
        }
        return null;
    }

    @Override
    public int flatSize() {
        return low.length;
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
