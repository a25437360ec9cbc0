package org.rltune.env.wrapper;

import org.rltune.space.Box;

/**
 * The straight line that takes a box to other bounds, and back: {@code new = gradient * old + intercept}, in float32
 * with the roundings of Gymnasium's {@code rescale_box}.
 *
 * <p>Where an old bound is infinite the new one must be the same; an element with one finite bound is shifted, one with
 * none stays. One thing differs: rounding never takes a value from inside its bounds to outside of the others (in
 * Gymnasium it may pass them by a unit in the last place).
 */
final class BoxRescaling {
    private final Box from;
    private final Box to;
    private final float[] gradient;
    private final float[] intercept;

    private BoxRescaling(String wrapper, Box from, double[] min, double[] max, double[] range) {
        this.from = from;
        gradient = new float[from.size()];
        intercept = new float[from.size()];
        float[] low = new float[from.size()];
        float[] high = new float[from.size()];
        for (int i = 0; i < gradient.length; i++) {
            check(wrapper, i, from.low(i), from.high(i), min[i], max[i]);
            low[i] = (float) min[i];
            high[i] = (float) max[i];
            gradient[i] = from.bounded(i) ? (float) (range[i] / ((double) from.high(i) - (double) from.low(i))) : 1;
            if (Double.isFinite(min[i])) {
                float origin = gradient[i] * -from.low(i);
                intercept[i] = (float) (origin + min[i]);
            } else if (Double.isFinite(max[i])) {
                intercept[i] = (float) (max[i] - from.high(i));
            }
        }
        to = Box.of(low, high, from.shape());
    }

    /** To bounds in double precision. */
    static BoxRescaling of(String wrapper, Box from, double[] min, double[] max) {
        double[] range = new double[min.length];
        for (int i = 0; i < range.length; i++) {
            range[i] = max[i] - min[i];
        }
        return new BoxRescaling(wrapper, from, min, max, range);
    }

    /** To bounds in single precision, one for each element. */
    static BoxRescaling of(String wrapper, Box from, float[] min, float[] max) {
        int size = from.size();
        if (min.length != size || max.length != size) {
            throw new IllegalArgumentException(wrapper + " got " + min.length + " lower and " + max.length
                    + " upper bounds, but the space " + from + " has " + size + " elements. Give one for each.");
        }
        double[] mins = new double[size];
        double[] maxs = new double[size];
        double[] range = new double[size];
        for (int i = 0; i < size; i++) {
            mins[i] = min[i];
            maxs[i] = max[i];
            range[i] = max[i] - min[i]; // in float32, as NumPy
        }
        return new BoxRescaling(wrapper, from, mins, maxs, range);
    }

    private static void check(String wrapper, int i, float low, float high, double min, double max) {
        String where = wrapper + ", element " + i + ": the new bounds are " + min + " and " + max;
        if (!(min <= max)) {
            throw new IllegalArgumentException(
                    where + ", but the lower one must not exceed the upper one. Maybe " + max + " and " + min + "?");
        }
        boolean lowFits = min == low || (Double.isFinite(min) && Float.isFinite(low));
        boolean highFits = max == high || (Double.isFinite(max) && Float.isFinite(high));
        if (!lowFits || !highFits) {
            throw new IllegalArgumentException(where + ", the old ones " + low + " and " + high
                    + ", but where one is infinite the other must be the same. Give " + (lowFits ? high : low)
                    + " there, or put a wrapper with finite bounds between the two.");
        }
        if (Double.isFinite(min) && Double.isFinite(max) && low == high) {
            throw new IllegalArgumentException(wrapper + ", element " + i + ": both old bounds are " + low
                    + ", so no line leads to the new ones. Give the environment a space with some width.");
        }
    }

    /** The space with the new bounds. */
    Box to() {
        return to;
    }

    /** From the old bounds to the new ones. */
    float[] forward(float[] values) {
        float[] result = new float[gradient.length];
        forward(values, 0, result, 0);
        return result;
    }

    /** As {@link #forward(float[])}, from and to places in larger arrays. */
    void forward(float[] values, int at, float[] into, int place) {
        for (int i = 0; i < gradient.length; i++) {
            float value = values[at + i];
            into[place + i] = held(value, from, gradient[i] * value + intercept[i], to, i);
        }
    }

    /** From the new bounds to the old ones. */
    float[] backward(float[] values) {
        float[] result = new float[gradient.length];
        backward(values, 0, result, 0);
        return result;
    }

    /** As {@link #backward(float[])}, from and to places in larger arrays. */
    void backward(float[] values, int at, float[] into, int place) {
        for (int i = 0; i < gradient.length; i++) {
            float value = values[at + i];
            into[place + i] = held(value, to, (value - intercept[i]) / gradient[i], from, i);
        }
    }

    private static float held(float value, Box source, float image, Box target, int i) {
        boolean inside = value >= source.low(i) && value <= source.high(i);
        return inside ? Math.min(Math.max(image, target.low(i)), target.high(i)) : image;
    }
}
