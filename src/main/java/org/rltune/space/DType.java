package org.rltune.space;

import java.lang.reflect.Array;
import java.util.List;
import java.util.function.IntFunction;
import org.rltune.check.Suggest;

/**
 * The type of the elements of an array: NumPy's {@code dtype}, and the Java array that holds them.
 *
 * <p>Unsigned types use the Java type of the same width: the byte -1 is 255. A {@code float16} is kept as a float.
 *
 * @param <T> the Java array
 */
public final class DType<T> {
    /** True or false. */
    public static final DType<boolean[]> BOOL =
            new DType<>("bool", boolean[]::new, 0, 1, (a, i) -> a[i] ? 1 : 0, (a, i, v) -> a[i] = v != 0);
    /** Signed, 8 bits. */
    public static final DType<byte[]> INT8 = new DType<>(
            "int8", byte[]::new, Byte.MIN_VALUE, Byte.MAX_VALUE, (a, i) -> a[i], (a, i, v) -> a[i] = (byte) v);
    /** Unsigned, 8 bits. */
    public static final DType<byte[]> UINT8 =
            new DType<>("uint8", byte[]::new, 0, 0xff, (a, i) -> a[i] & 0xff, (a, i, v) -> a[i] = (byte) v);
    /** Signed, 16 bits. */
    public static final DType<short[]> INT16 = new DType<>(
            "int16", short[]::new, Short.MIN_VALUE, Short.MAX_VALUE, (a, i) -> a[i], (a, i, v) -> a[i] = (short) v);
    /** Unsigned, 16 bits. */
    public static final DType<short[]> UINT16 =
            new DType<>("uint16", short[]::new, 0, 0xffff, (a, i) -> a[i] & 0xffff, (a, i, v) -> a[i] = (short) v);
    /** Signed, 32 bits. */
    public static final DType<int[]> INT32 = new DType<>(
            "int32", int[]::new, Integer.MIN_VALUE, Integer.MAX_VALUE, (a, i) -> a[i], (a, i, v) -> a[i] = (int) v);
    /** Unsigned, 32 bits. */
    public static final DType<int[]> UINT32 = new DType<>(
            "uint32", int[]::new, 0, 0xffffffffL, (a, i) -> a[i] & 0xffffffffL, (a, i, v) -> a[i] = (int) v);
    /** Signed, 64 bits. */
    public static final DType<long[]> INT64 =
            new DType<>("int64", long[]::new, Long.MIN_VALUE, Long.MAX_VALUE, (a, i) -> a[i], (a, i, v) -> a[i] = v);
    /** Unsigned, 64 bits. */
    public static final DType<long[]> UINT64 =
            new DType<>("uint64", long[]::new, 0, -1, (a, i) -> a[i], (a, i, v) -> a[i] = v);
    /** Half precision: 11 bits of significand, at most 65504. */
    public static final DType<float[]> FLOAT16 = new DType<>(
            "float16",
            float[]::new,
            Double.doubleToRawLongBits(-65504),
            Double.doubleToRawLongBits(65504),
            (a, i) -> Double.doubleToRawLongBits(a[i]),
            (a, i, v) -> a[i] = (float) Double.longBitsToDouble(v));
    /** Double precision. */
    public static final DType<double[]> FLOAT64 = new DType<>(
            "float64",
            double[]::new,
            Double.doubleToRawLongBits(-Double.MAX_VALUE),
            Double.doubleToRawLongBits(Double.MAX_VALUE),
            (a, i) -> Double.doubleToRawLongBits(a[i]),
            (a, i, v) -> a[i] = Double.longBitsToDouble(v));

    private static final List<DType<?>> ALL =
            List.of(BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, FLOAT16, FLOAT64);

    /** An element as 64 bits: its value, or the bits of the double. */
    interface Get<T> {
        long get(T array, int i);
    }

    interface Set<T> {
        void set(T array, int i, long bits);
    }

    private final String name;
    private final IntFunction<T> array;
    private final long min;
    private final long max;
    private final Get<T> get;
    private final Set<T> set;

    private DType(String name, IntFunction<T> array, long min, long max, Get<T> get, Set<T> set) {
        this.name = name;
        this.array = array;
        this.min = min;
        this.max = max;
        this.get = get;
        this.set = set;
    }

    /** The type with NumPy's name; {@code float32} is not among them, for that is {@link Box}. */
    public static DType<?> of(String name) {
        for (DType<?> dtype : ALL) {
            if (dtype.name.equals(name)) {
                return dtype;
            }
        }
        List<String> names = ALL.stream().map(dtype -> dtype.name).toList();
        throw new IllegalArgumentException("The dtype is " + name + ", but it must be one of " + names
                + ", or float32 for a Box." + Suggest.nearest(name, names));
    }

    /** NumPy's name, such as {@code uint8}. */
    public String name() {
        return name;
    }

    /** A new array of zeros. */
    public T newArray(int length) {
        return array.apply(length);
    }

    /** The class of the Java array. */
    public Class<?> arrayType() {
        return newArray(0).getClass();
    }

    /** The number of elements of an array. */
    public int length(T values) {
        return Array.getLength(values);
    }

    /** Element i as a double; whole numbers beyond 2^53 are rounded. */
    public double get(T values, int i) {
        return Numbers.toDouble(this, bits(values, i));
    }

    /** Sets element i to the nearest value of this type; a fraction of a whole number is cut off. */
    public void set(T values, int i, double value) {
        setBits(values, i, Numbers.fromDouble(this, value));
    }

    long bits(T values, int i) {
        return get.get(values, i);
    }

    void setBits(T values, int i, long bits) {
        set.set(values, i, bits);
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    boolean isFloating() {
        return name.startsWith("float");
    }

    /** Whether 64 bits are to be read as an unsigned number; smaller unsigned types fit into a long. */
    boolean isUnsigned64() {
        return max == -1;
    }

    boolean isSigned() {
        return name.startsWith("int");
    }

    @Override
    public String toString() {
        return name;
    }
}
