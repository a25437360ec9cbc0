package org.rltune.space;

import java.util.function.IntFunction;
import org.rltune.json.Json;

/** How a box and what breaks it are put into words. */
final class BoxText {
    private static final int SHOWN = 32;

    private BoxText() {}

    static String violation(int index, float value, float low, float high) {
        String head = "index " + index + ": value " + number(value);
        if (Float.isNaN(value)) {
            return "index " + index + ": value NaN is not a number";
        }
        return value < low ? head + " is below the bound " + number(low) : head + " is above the bound " + number(high);
    }

    static String violation(int index, DType<?> dtype, long value, long low, long high) {
        String head = "index " + index + ": value " + Numbers.text(dtype, value);
        if (Numbers.compare(dtype, value, low) < 0) {
            return head + " is below the bound " + Numbers.text(dtype, low);
        }
        if (Numbers.compare(dtype, value, high) > 0) {
            return head + " is above the bound " + Numbers.text(dtype, high);
        }
        double number = Numbers.toDouble(dtype, value);
        return Double.isNaN(number)
                ? "index " + index + ": value NaN is not a number"
                : head + " is no " + dtype + "; the nearest is "
                        + Numbers.text(dtype, Numbers.fromDouble(dtype, number));
    }

    static void check(int i, float low, float high) {
        // The numbers are printed as floats: 0.1f is not 0.10000000149011612 to its reader.
        String bounds = "index " + i + ": the bounds are " + low + " and " + high;
        check(bounds, low, high, high + " and " + low);
    }

    static void check(int i, DType<?> dtype, long low, long high) {
        String lower = Numbers.text(dtype, low);
        String upper = Numbers.text(dtype, high);
        String bounds = "index " + i + ": the bounds are " + lower + " and " + upper;
        if (Numbers.compare(dtype, low, high) > 0) {
            throw reversed(bounds, upper + " and " + lower);
        }
        check(bounds, Numbers.toDouble(dtype, low), Numbers.toDouble(dtype, high), upper + " and " + lower);
    }

    private static void check(String bounds, double low, double high, String swapped) {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            throw new IllegalArgumentException(
                    bounds + ", but NaN is no bound. Use an infinity where there is no bound.");
        }
        if (low > high) {
            throw reversed(bounds, swapped);
        }
        if (low == Double.POSITIVE_INFINITY || high == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(bounds
                    + ", but no finite number lies between them. Use -Infinity below and Infinity above for no bound.");
        }
    }

    private static IllegalArgumentException reversed(String bounds, String swapped) {
        return new IllegalArgumentException(
                bounds + ", but the lower one must not exceed the upper one. Maybe " + swapped + "?");
    }

    /** One number when all bounds are equal, else a list of them. */
    static String bounds(float[] bounds) {
        return list(bounds.length, i -> number(bounds[i]));
    }

    /** One text when all elements are equal, else a list of them. */
    static String list(int length, IntFunction<String> element) {
        StringBuilder text = new StringBuilder("[");
        String first = element.apply(0);
        boolean same = true;
        for (int i = 0; i < length; i++) {
            String next = element.apply(i);
            same &= next.equals(first);
            if (i < SHOWN) {
                text.append(i == 0 ? "" : ", ").append(next);
            } else if (!same) {
                break;
            }
        }
        return same ? first : text.append(length > SHOWN ? ", ...]" : "]").toString();
    }

    /** As NumPy writes an array: {@code [[1 2] [3 4]]}. */
    static String array(int[] shape, IntFunction<String> element) {
        return Shapes.nest(shape, element::apply).toString().replace(",", "");
    }

    /** As Python writes a tuple. */
    static String shape(int[] shape) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape[i]);
        }
        return text.append(shape.length == 1 ? ",)" : ")").toString();
    }

    private static String number(float value) {
        if (Float.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Json.write(value);
    }
}
