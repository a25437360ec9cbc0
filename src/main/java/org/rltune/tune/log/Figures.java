package org.rltune.tune.log;

import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Numbers as a reader wants them: short, of even width, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** Returns a number with four significant digits, such as {@code 0.2134}, {@code 487.1} or {@code 3.214e-4}. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        if (size < 0.01 || size >= 1e7) {
            return scientific(value);
        }
        int decimals = size < 10 ? (size < 1 ? 4 : 3) : size < 100 ? 2 : size < 10_000 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String scientific(double value) {
        String text = String.format(Locale.ROOT, "%.2e", value);
        int e = text.indexOf('e');
        return text.substring(0, e) + "e" + Integer.parseInt(text.substring(e + 1));
    }

    /** Returns a number as {@link #number(double)}, or a dash if there is none. */
    public static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "-";
    }

    /** Returns a hyperparameter's value: fractions short, whole numbers in full, anything else as it prints itself. */
    public static String value(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        return value instanceof Double number ? number(number.doubleValue()) : value.toString();
    }

    /** Returns a whole number with its thousands apart, such as {@code 1,234,567}. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Returns a duration such as {@code 8.2 s}, {@code 3 min 05 s} or {@code 2 h 07 min}. */
    public static String duration(double seconds) {
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
        }
        long minutes = Math.round(seconds / 60);
        return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
    }
}
