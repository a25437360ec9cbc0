package org.rltune.space;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Arrays of numbers between bounds: Gymnasium's {@code Box} of another type than float32, for which {@link Box} is there.
 *
 * <p>Values are flat, row-major: an image of shape (height, width, 3) is a {@code byte[height * width * 3]}. An element
 * without a bound, made with an infinite double, is sampled by an exponential or a normal number, as in Gymnasium.
 *
 * @param <T> the Java array; see {@link DType} for unsigned numbers
 */
public final class ArrayBox<T> implements Space<T> {
    private final ArrayBounds<T> bounds;
    private final DType<T> dtype;
    private final int[] shape;
    private final int size;

    ArrayBox(ArrayBounds<T> bounds, int[] shape) {
        this.bounds = bounds;
        this.dtype = bounds.dtype();
        this.shape = shape;
        this.size = Shapes.size(shape);
    }

    /** Bytes from 0 to 255, such as images; no shape means one element. */
    public static ArrayBox<byte[]> uint8(int low, int high, int... shape) {
        return of(DType.UINT8, low, high, shape);
    }

    /** Doubles, whose bounds may be infinite; no shape means one element. */
    public static ArrayBox<double[]> float64(double low, double high, int... shape) {
        return of(DType.FLOAT64, low, high, shape);
    }

    /** Longs with exact bounds; no shape means one element. */
    public static ArrayBox<long[]> int64(long low, long high, int... shape) {
        return new ArrayBox<>(
                ArrayBounds.typed(DType.INT64, new long[] {low}, new long[] {high}), Shapes.orVector(shape, 1));
    }

    /**
     * The same bounds for every element.
     *
     * @param low the least value, of the range of the type; minus infinity for none, if the type has a sign
     * @param high the greatest value, of the range of the type; infinity for none, if the type has a sign
     * @param shape the lengths of the dimensions, each at least 1; none means one element
     */
    public static <T> ArrayBox<T> of(DType<T> dtype, double low, double high, int... shape) {
        return new ArrayBox<>(
                ArrayBounds.doubles(dtype, new double[] {low}, new double[] {high}), Shapes.orVector(shape, 1));
    }

    /** Bounds for each element, as {@link #of(DType, double, double, int...)}; no shape means a vector. */
    public static <T> ArrayBox<T> ofDoubles(DType<T> dtype, double[] low, double[] high, int... shape) {
        int[] dims = Shapes.orVector(shape, low.length);
        Shapes.requireBounds(low.length, high.length, dims);
        return new ArrayBox<>(ArrayBounds.doubles(dtype, low, high), dims);
    }

    /** Exact bounds for each element, in arrays of the type itself; no shape means a vector. */
    public static <T> ArrayBox<T> ofBounds(DType<T> dtype, T low, T high, int... shape) {
        int[] dims = Shapes.orVector(shape, dtype.length(low));
        Shapes.requireBounds(dtype.length(low), dtype.length(high), dims);
        return new ArrayBox<>(ArrayBounds.typed(dtype, low, high), dims);
    }

    /** A single number: shape (). */
    public static <T> ArrayBox<T> scalar(DType<T> dtype, double low, double high) {
        return new ArrayBox<>(ArrayBounds.doubles(dtype, new double[] {low}, new double[] {high}), new int[0]);
    }

    /** The type of the elements. */
    public DType<T> dtype() {
        return dtype;
    }

    /** The lengths of the dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements: the product of the shape. */
    public int size() {
        return size;
    }

    /** The least values, row-major; that of the type where a whole number has no bound. */
    public T low() {
        return bounds.lows(size);
    }

    /** The greatest values, row-major; that of the type where a whole number has no bound. */
    public T high() {
        return bounds.highs(size);
    }

    /** Whether element i has both bounds. */
    public boolean bounded(int i) {
        return bounds.bounded(i);
    }

    @Override
    public T sample(Streams streams, Mask mask) {
        BoxSampling.requireNoMask(this, mask);
        return sample(streams.own());
    }

    /** As {@link Box#sample(Pcg64)}; a whole number is the floor of a draw up to its upper bound plus 1. */
    @Override
    public T sample(Pcg64 random) {
        return bounds.sample(random, size);
    }

    @Override
    public @Nullable String violation(T value) {
        int length = dtype.length(value);
        if (length != size) {
            return Shapes.wrongLength(length, size, shape);
        }
        return bounds.violation(value, size);
    }

    @Override
    public Class<?> valueType() {
        return dtype.arrayType();
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return size;
    }

    /** The elements as floats; 64-bit numbers are rounded to the nearest one. */
    @Override
    public void flatten(T value, float[] out, int at) {
        Flat.requireLength(this, dtype.length(value), size);
        for (int i = 0; i < size; i++) {
            out[at + i] = (float) dtype.get(value, i);
        }
    }

    @Override
    public T unflatten(float[] values, int at) {
        T value = dtype.newArray(size);
        for (int i = 0; i < size; i++) {
            dtype.set(value, i, values[at + i]);
        }
        return value;
    }

    /** A whole number without a bound has that of its type here, as in Gymnasium. */
    @Override
    public Box flattened() {
        return Flat.box(size, i -> (float) bounds.lowNumber(i), i -> (float) bounds.highNumber(i));
    }

    @Override
    public Object toJsonable(T value) {
        Flat.requireLength(this, dtype.length(value), size);
        return Shapes.nest(shape, i -> Numbers.toJson(dtype, dtype.bits(value, i)));
    }

    @Override
    public T fromJsonable(@Nullable Object json) {
        T value = dtype.newArray(size);
        Shapes.visit(
                json,
                shape,
                "value",
                (i, x) -> dtype.setBits(value, i, Numbers.fromJson(dtype, x, "value[" + i + "]")));
        return value;
    }

    @Override
    public Map<String, Object> toJson() {
        return BoxJson.write(bounds, shape);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayBox<?> that && bounds.equals(that.bounds) && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * bounds.hashCode() + Arrays.hashCode(shape);
    }

    /** For example {@code Box(0, 255, (96, 96, 3), uint8)}. */
    @Override
    public String toString() {
        return "Box(" + bounds.lowText() + ", " + bounds.highText() + ", " + BoxText.shape(shape) + ", " + dtype + ")";
    }
}
