package org.rltune.check;

import java.util.Collection;
import java.util.Map;

/**
 * Checks of arguments. Each method returns the value that it was given, so that it can stand in an assignment, or throws
 * an {@link IllegalArgumentException} that names the argument, its value, the rule, and what would be allowed.
 *
 * <p>NaN breaks every rule about numbers.
 */
public final class Check {
    private Check() {}

    /** Requires {@code value >= min}. */
    public static int atLeast(String name, int value, int min) {
        if (value < min) {
            throw tooSmall(name, value, min);
        }
        return value;
    }

    /** Requires {@code value >= min}. */
    public static long atLeast(String name, long value, long min) {
        if (value < min) {
            throw tooSmall(name, value, min);
        }
        return value;
    }

    /** Requires {@code value >= min}. */
    public static double atLeast(String name, double value, double min) {
        if (!(value >= min)) {
            throw tooSmall(name, value, min);
        }
        return value;
    }

    /** Requires {@code value <= max}. */
    public static int atMost(String name, int value, int max) {
        if (value > max) {
            throw tooLarge(name, value, max);
        }
        return value;
    }

    /** Requires {@code value <= max}. */
    public static long atMost(String name, long value, long max) {
        if (value > max) {
            throw tooLarge(name, value, max);
        }
        return value;
    }

    /** Requires {@code value <= max}. */
    public static double atMost(String name, double value, double max) {
        if (!(value <= max)) {
            throw tooLarge(name, value, max);
        }
        return value;
    }

    /** Requires {@code value >= 1}. */
    public static int positive(String name, int value) {
        return atLeast(name, value, 1);
    }

    /** Requires {@code value >= 1}. */
    public static long positive(String name, long value) {
        return atLeast(name, value, 1L);
    }

    /** Requires a finite {@code value > 0}. */
    public static double positive(String name, double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", but it must be positive and finite. Set " + name + " above 0.");
        }
        return value;
    }

    /** Requires {@code lo <= value <= hi}. */
    public static int inClosed(String name, int value, int lo, int hi) {
        if (value < lo || value > hi) {
            throw outside(name, value, "[" + lo + ", " + hi + "]", value < lo ? lo : hi);
        }
        return value;
    }

    /** Requires {@code lo <= value <= hi}. */
    public static long inClosed(String name, long value, long lo, long hi) {
        if (value < lo || value > hi) {
            throw outside(name, value, "[" + lo + ", " + hi + "]", value < lo ? lo : hi);
        }
        return value;
    }

    /** Requires {@code lo <= value <= hi}. */
    public static double inClosed(String name, double value, double lo, double hi) {
        if (!(value >= lo && value <= hi)) {
            throw outside(name, value, "[" + lo + ", " + hi + "]", value < lo ? lo : hi);
        }
        return value;
    }

    /** Requires {@code lo < value <= hi}. */
    public static double inOpenClosed(String name, double value, double lo, double hi) {
        if (!(value > lo && value <= hi)) {
            throw outside(name, value, "(" + lo + ", " + hi + "]", hi);
        }
        return value;
    }

    /** Requires {@code lo <= value < hi}. */
    public static double inClosedOpen(String name, double value, double lo, double hi) {
        if (!(value >= lo && value < hi)) {
            throw outside(name, value, "[" + lo + ", " + hi + ")", lo);
        }
        return value;
    }

    /** Requires {@code lo < value < hi}. */
    public static double inOpen(String name, double value, double lo, double hi) {
        if (!(value > lo && value < hi)) {
            throw new IllegalArgumentException(name + " is " + value + ", but it must lie in (" + lo + ", " + hi
                    + "). Choose a value strictly between the two.");
        }
        return value;
    }

    /** Requires a value that is neither NaN nor infinite. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value
                    + ", but it must be a finite number. Look for a division by zero or an overflow before it.");
        }
        return value;
    }

    /** Requires a value that is neither NaN nor infinite. */
    public static float finite(String name, float value) {
        finite(name, (double) value);
        return value;
    }

    /** Requires a text with at least one character that is not white space. */
    public static String notBlank(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is \"" + value + "\", but it must not be blank. Give it at least one visible character.");
        }
        return value;
    }

    /** Requires at least one element. */
    public static <C extends Collection<?>> C notEmpty(String name, C value) {
        if (value.isEmpty()) {
            throw empty(name);
        }
        return value;
    }

    /** Requires at least one entry. */
    public static <M extends Map<?, ?>> M notEmpty(String name, M value) {
        if (value.isEmpty()) {
            throw empty(name);
        }
        return value;
    }

    private static IllegalArgumentException tooSmall(String name, Number value, Number min) {
        return new IllegalArgumentException(name + " is " + value + ", but it must be at least " + min + ". Set " + name
                + " to " + min + " or more.");
    }

    private static IllegalArgumentException tooLarge(String name, Number value, Number max) {
        return new IllegalArgumentException(name + " is " + value + ", but it must be at most " + max + ". Set " + name
                + " to " + max + " or less.");
    }

    private static IllegalArgumentException outside(String name, Number value, String range, Number nearest) {
        return new IllegalArgumentException(
                name + " is " + value + ", but it must lie in " + range + ". Maybe " + name + "=" + nearest + "?");
    }

    private static IllegalArgumentException empty(String name) {
        return new IllegalArgumentException(name + " is empty, but it must have at least one element. Add one.");
    }
}
