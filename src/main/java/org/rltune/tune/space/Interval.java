package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the numeric domains share: the check of bounds, and the words for what became of a factor. */
final class Interval {
    private Interval() {}

    /** Refuses bounds that do not enclose anything. */
    static void check(String name, double lower, double upper) {
        String declared = text(name, lower, upper);
        if (!Double.isFinite(lower) || !Double.isFinite(upper)) {
            throw new IllegalArgumentException(declared + ": both bounds must be finite numbers. Give two numbers.");
        }
        if (lower > upper) {
            throw new IllegalArgumentException(declared + ": the lower bound must be below the upper bound. Maybe "
                    + text(name, upper, lower) + "?");
        }
        if (lower == upper) {
            throw new IllegalArgumentException(declared
                    + ": the lower bound must be below the upper bound, but they are equal. Maybe the constant "
                    + number(lower) + "?");
        }
        if (!Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException(
                    declared + ": the bounds lie too far apart for a double. Bring them nearer.");
        }
    }

    /** Returns the move from {@code old} to {@code value}, which stood at {@code wanted} before it was clamped. */
    static Domain.Move move(Number old, Number wanted, Number value, double factor) {
        String how = "* " + number(factor);
        if (Values.compare(value, old) == 0) {
            return new Domain.Move(value, how + ", stays at its bound");
        }
        return new Domain.Move(value, Values.compare(wanted, value) == 0 ? how : how + ", clamped");
    }

    static Map<String, Object> json(String name, Number lower, Number upper) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domain", name);
        json.put("lower", lower);
        json.put("upper", upper);
        return json;
    }

    static String text(String name, Number lower, Number upper) {
        return name.toLowerCase(Locale.ROOT) + "(" + number(lower) + ", " + number(upper) + ")";
    }

    /** Returns the shortest exact text of a number. */
    static String number(@Nullable Number number) {
        String text = Values.text(number);
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
