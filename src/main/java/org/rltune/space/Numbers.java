package org.rltune.space;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** Elements of arrays as 64 bits: a whole number is itself, a real number the bits of the double. */
final class Numbers {
    private static final double TWO_63 = 0x1.0p63;

    private Numbers() {}

    static double toDouble(DType<?> dtype, long bits) {
        if (dtype.isFloating()) {
            return Double.longBitsToDouble(bits);
        }
        return dtype.isUnsigned64() && bits < 0 ? unsigned(bits) : bits;
    }

    /** The double nearest to an unsigned number of 64 bits that is at least 2^63. */
    private static double unsigned(long bits) {
        // The lost lowest bit is kept sticky, so that halving does not round twice.
        return (double) (bits >>> 1 | (bits & 1)) * 2;
    }

    static long fromDouble(DType<?> dtype, double value) {
        if (dtype.isFloating()) {
            return Double.doubleToRawLongBits(dtype == DType.FLOAT16 ? half(value) : value);
        }
        if (dtype.isUnsigned64()) {
            return value < TWO_63
                    ? Math.max((long) value, 0)
                    : value < 2 * TWO_63 ? (long) (value - TWO_63) ^ Long.MIN_VALUE : -1;
        }
        if (dtype == DType.BOOL) {
            return value != 0 ? 1 : 0;
        }
        return Math.max(dtype.min(), Math.min(dtype.max(), (long) value));
    }

    /** The nearest number of half precision, ties to even; beyond the largest one infinity. */
    static double half(double value) {
        if (!Double.isFinite(value)) {
            return value;
        }
        // One unit of the last of 11 bits, and never less than the smallest subnormal number 2^-24.
        double unit = Math.scalb(1.0, Math.max(Math.getExponent(value), -14) - 10);
        double rounded = Math.rint(value / unit) * unit;
        return Math.abs(rounded) > 65504 ? Math.copySign(Double.POSITIVE_INFINITY, value) : rounded;
    }

    static int compare(DType<?> dtype, long a, long b) {
        if (dtype.isFloating()) {
            // NaN is neither below nor above; -0.0 is 0.0.
            double x = Double.longBitsToDouble(a);
            double y = Double.longBitsToDouble(b);
            return x < y ? -1 : x > y ? 1 : 0;
        }
        return dtype.isUnsigned64() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    /** Whether it is not a number at all, or none of this type; only a float16 is kept in a wider one. */
    static boolean isInexact(DType<?> dtype, long bits) {
        if (!dtype.isFloating()) {
            return false;
        }
        double value = Double.longBitsToDouble(bits);
        return Double.isNaN(value) || (dtype == DType.FLOAT16 && half(value) != value);
    }

    /** A bound that was given as a double. An infinite one of a whole number is that of its type. */
    static long bound(DType<?> dtype, String name, double value) {
        if (dtype.isFloating() && !Double.isFinite(value)) {
            return Double.doubleToRawLongBits(value);
        }
        if (dtype.isSigned() && Double.isInfinite(value)) {
            return value < 0 ? dtype.min() : dtype.max();
        }
        double min = toDouble(dtype, dtype.min());
        double max = toDouble(dtype, dtype.max());
        // The double of the greatest number of 64 bits is already one too many, but means that number.
        if (!(value >= min && value <= max) || (!dtype.isFloating() && value != Math.rint(value))) {
            throw new IllegalArgumentException(name + " is " + value + ", but a bound of the type " + dtype
                    + " must be " + (dtype.isFloating() ? "a number" : "a whole number") + " in ["
                    + text(dtype, dtype.min()) + ", " + text(dtype, dtype.max()) + "]"
                    + (dtype.isSigned() || dtype.isFloating() ? ", or infinite for none" : "")
                    + ". Choose another bound or another type.");
        }
        return fromDouble(dtype, value);
    }

    /** Up to where a value is drawn: the bound itself for real numbers, 1 more for whole ones, which are rounded down. */
    static double above(DType<?> dtype, long high) {
        boolean last = dtype == DType.INT64 && high == Long.MAX_VALUE;
        return dtype.isFloating() || dtype.isUnsigned64() || last
                ? toDouble(dtype, high) + (dtype.isUnsigned64() ? 1 : 0)
                : toDouble(DType.INT64, high + 1);
    }

    /**
     * A draw as an element: rounded down to a whole number and clipped, as Gymnasium does: signed ones stay 2 away from
     * the ends of their type.
     */
    static long sampled(DType<?> dtype, double draw) {
        if (dtype.isFloating() || !dtype.isSigned()) {
            return fromDouble(dtype, dtype.isFloating() ? draw : Math.floor(draw));
        }
        double floor = Math.floor(draw);
        if (dtype == DType.INT64) {
            // What is beyond 64 bits becomes the least number in C on x86, from which Gymnasium clips to the bounds.
            return floor >= TWO_63 ? Long.MIN_VALUE : (long) floor;
        }
        return Math.max(dtype.min() + 2, Math.min(dtype.max() - 2, (long) floor));
    }

    static Object toJson(DType<?> dtype, long bits) {
        if (dtype.isFloating()) {
            return Double.longBitsToDouble(bits);
        }
        if (dtype == DType.BOOL) {
            return bits != 0;
        }
        return dtype.isUnsigned64() && bits < 0 ? new BigInteger(Long.toUnsignedString(bits)) : (Object) bits;
    }

    static long fromJson(DType<?> dtype, @Nullable Object json, String name) {
        if (dtype.isFloating()) {
            return fromDouble(dtype, Json.asDouble(json, name));
        }
        if (json instanceof Boolean flag && dtype == DType.BOOL) {
            return flag ? 1 : 0;
        }
        if (json instanceof BigInteger big && dtype.isUnsigned64() && big.signum() > 0 && big.bitLength() <= 64) {
            return big.longValue();
        }
        long value = Json.asLong(json, name);
        boolean below = dtype.isUnsigned64() ? value < 0 : value < dtype.min();
        if (below || (!dtype.isUnsigned64() && value > dtype.max())) {
            throw new IllegalArgumentException(name + " is " + value + ", but a number of the type " + dtype
                    + " must lie in [" + text(dtype, dtype.min()) + ", " + text(dtype, dtype.max())
                    + "]. Choose another number or type.");
        }
        return value;
    }

    static String text(DType<?> dtype, long bits) {
        if (!dtype.isFloating()) {
            return dtype.isUnsigned64() ? Long.toUnsignedString(bits) : Long.toString(bits);
        }
        double value = Double.longBitsToDouble(bits);
        return Double.isInfinite(value) ? value > 0 ? "inf" : "-inf" : Json.write(value);
    }
}
