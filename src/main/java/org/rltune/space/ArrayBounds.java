package org.rltune.space;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** The bounds of an {@link ArrayBox}, kept once where all elements have the same, for images are large. */
final class ArrayBounds<T> {
    private static final double INF = Double.POSITIVE_INFINITY;

    private final DType<T> dtype;
    /** Bounds as {@link DType#bits} for one or all elements. */
    private final long[] low;

    private final long[] high;
    /** What is drawn from: infinite where there is no bound, the upper one exclusive for whole numbers. */
    private final double[] drawnLow;

    private final double[] drawnHigh;

    private ArrayBounds(DType<T> dtype, long[] low, long[] high, boolean[] hasLow, boolean[] hasHigh) {
        this.dtype = dtype;
        boolean same = true;
        for (int i = 0; i < low.length; i++) {
            BoxText.check(i, dtype, low[i], high[i]);
            same &= low[i] == low[0] && high[i] == high[0] && hasLow[i] == hasLow[0] && hasHigh[i] == hasHigh[0];
        }
        int count = same ? 1 : low.length;
        this.low = Arrays.copyOf(low, count);
        this.high = Arrays.copyOf(high, count);
        drawnLow = new double[count];
        drawnHigh = new double[count];
        for (int i = 0; i < count; i++) {
            drawnLow[i] = hasLow[i] ? Numbers.toDouble(dtype, low[i]) : -INF;
            drawnHigh[i] = hasHigh[i] ? Numbers.above(dtype, high[i]) : INF;
        }
    }

    /** Whole numbers have both bounds, real numbers those that are finite. */
    static <T> ArrayBounds<T> typed(DType<T> dtype, T low, T high) {
        int size = dtype.length(low);
        long[] lows = new long[size];
        long[] highs = new long[size];
        boolean[] hasLow = new boolean[size];
        boolean[] hasHigh = new boolean[size];
        for (int i = 0; i < size; i++) {
            lows[i] = dtype.bits(low, i);
            highs[i] = dtype.bits(high, i);
            hasLow[i] = Numbers.toDouble(dtype, lows[i]) != -INF;
            hasHigh[i] = Numbers.toDouble(dtype, highs[i]) != INF;
        }
        return new ArrayBounds<>(dtype, lows, highs, hasLow, hasHigh);
    }

    static <T> ArrayBounds<T> doubles(DType<T> dtype, double[] low, double[] high) {
        long[] lows = new long[low.length];
        long[] highs = new long[low.length];
        boolean[] hasLow = new boolean[low.length];
        boolean[] hasHigh = new boolean[low.length];
        for (int i = 0; i < low.length; i++) {
            lows[i] = Numbers.bound(dtype, "low[" + i + "]", low[i]);
            highs[i] = Numbers.bound(dtype, "high[" + i + "]", high[i]);
            hasLow[i] = low[i] != -INF;
            hasHigh[i] = high[i] != INF;
        }
        return new ArrayBounds<>(dtype, lows, highs, hasLow, hasHigh);
    }

    /** Bounds from 64 bits each, one or as many as elements. */
    static <T> ArrayBounds<T> bits(DType<T> dtype, long[] low, long[] high, boolean[] hasLow, boolean[] hasHigh) {
        return new ArrayBounds<>(dtype, low, high, hasLow, hasHigh);
    }

    DType<T> dtype() {
        return dtype;
    }

    private int at(int i) {
        return low.length == 1 ? 0 : i;
    }

    boolean hasLow(int i) {
        return drawnLow[at(i)] != -INF;
    }

    boolean hasHigh(int i) {
        return drawnHigh[at(i)] != INF;
    }

    boolean bounded(int i) {
        return hasLow(i) && hasHigh(i);
    }

    /** As long as the space, or 1 where all elements have the same bounds. */
    int count() {
        return low.length;
    }

    long low(int i) {
        return low[at(i)];
    }

    long high(int i) {
        return high[at(i)];
    }

    double lowNumber(int i) {
        return Numbers.toDouble(dtype, low(i));
    }

    double highNumber(int i) {
        return Numbers.toDouble(dtype, high(i));
    }

    T lows(int size) {
        return array(size, low);
    }

    T highs(int size) {
        return array(size, high);
    }

    private T array(int size, long[] bits) {
        T array = dtype.newArray(size);
        for (int i = 0; i < size; i++) {
            dtype.setBits(array, i, bits[at(i)]);
        }
        return array;
    }

    T sample(Pcg64 random, int size) {
        double[] draws = BoxSampling.draw(random, size, i -> drawnLow[at(i)], i -> drawnHigh[at(i)]);
        T value = dtype.newArray(size);
        for (int i = 0; i < size; i++) {
            long bits = Numbers.sampled(dtype, draws[i]);
            if (!dtype.isFloating()) {
                bits = Numbers.compare(dtype, bits, low(i)) < 0 ? low(i) : bits;
                bits = Numbers.compare(dtype, bits, high(i)) > 0 ? high(i) : bits;
            }
            dtype.setBits(value, i, bits);
        }
        return value;
    }

    @Nullable
    String violation(T value, int size) {
        // Every array of a small type is inside when the bounds are those of the type: images need no look.
        if (!dtype.isFloating() && low.length == 1 && low[0] == dtype.min() && high[0] == dtype.max()) {
            return null;
        }
        for (int i = 0; i < size; i++) {
            long bits = dtype.bits(value, i);
            boolean inside = Numbers.compare(dtype, bits, low(i)) >= 0 && Numbers.compare(dtype, bits, high(i)) <= 0;
            if (!inside || Numbers.isInexact(dtype, bits)) {
                return BoxText.violation(i, dtype, bits, low(i), high(i));
            }
        }
        return null;
    }

    String lowText() {
        return text(low);
    }

    String highText() {
        return text(high);
    }

    private String text(long[] bits) {
        return BoxText.list(bits.length, i -> Numbers.text(dtype, bits[i]));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayBounds<?> that
                && dtype == that.dtype
                && Arrays.equals(low, that.low)
                && Arrays.equals(high, that.high)
                && Arrays.equals(drawnLow, that.drawnLow)
                && Arrays.equals(drawnHigh, that.drawnHigh);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.name().hashCode() + Arrays.hashCode(low)) + Arrays.hashCode(high);
    }
}
