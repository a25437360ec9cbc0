package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the numeric domains share: the check of bounds, and the words for what became of a factor. */
final class Interval {
    private static final double NEAR_ZERO = 1e-6;
    private static final double STEP = 1e-3;
    private static final double EXACT = 0x1.0p53;

    private Interval() {}

    /** Refuses bounds that have no logarithm; {@code rest} are the domain's other arguments. */
    static void checkLog(String name, Number lower, Number upper, Number... rest) {
        if (lower.doubleValue() > 0 && upper.doubleValue() > 0) {
            return;
        }
        String maybe;
        if (Double.isNaN(lower.doubleValue()) || Double.isNaN(upper.doubleValue())) {
            return; // for the check of bounds to refuse
        } else if (upper.doubleValue() <= 0) {
            String linear = name.replace("log", "");
            boolean ordered = Values.compare(lower, upper) <= 0;
            maybe = call(linear, ordered ? lower : upper, ordered ? upper : lower, rest);
        } else {
            Number least = lower instanceof Long ? (Number) 1L : (Number) (upper.doubleValue() / 1000);
            maybe = call(name, rest.length > 0 ? rest[0] : least, upper, rest);
        }
        throw new IllegalArgumentException(call(name, lower, upper, rest)
                + ": both bounds must be above 0, since only positive numbers have a logarithm. Maybe " + maybe + "?");
    }

    /** Refuses bounds that do not enclose anything; {@code rest} are the domain's other arguments. */
    static void check(String name, Number lower, Number upper, Number... rest) {
        double low = lower.doubleValue();
        double high = upper.doubleValue();
        if (low < high && Double.isFinite(high - low)) {
            return;
        }
        String declared = call(name, lower, upper, rest);
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(declared + ": both bounds must be finite numbers. Give two numbers.");
        }
        if (low > high) {
            throw new IllegalArgumentException(declared + ": the lower bound must be below the upper bound. Maybe "
                    + call(name, upper, lower, rest) + "?");
        }
        if (low == high) {
            throw new IllegalArgumentException(declared
                    + ": the lower bound must be below the upper bound, but they are equal. Maybe the constant "
                    + number(lower) + "?");
        }
        throw new IllegalArgumentException(
                declared + ": the bounds lie too far apart for a double. Bring them nearer.");
    }

    /** Refuses an exclusive upper bound that leaves no whole number. */
    static void checkWhole(String name, long lower, long upperExclusive) {
        if (lower > upperExclusive) {
            throw new IllegalArgumentException(call(name, lower, upperExclusive)
                    + ": the lower bound must be below the upper bound. Maybe " + call(name, upperExclusive, lower)
                    + "?");
        }
        if (lower == upperExclusive) {
            throw new IllegalArgumentException(call(name, lower, upperExclusive)
                    + ": no number is left, since the upper bound is exclusive"
                    + (lower < Long.MAX_VALUE ? ". Maybe " + call(name, lower, lower + 1) + "?" : "."));
        }
    }

    /** Refuses whole numbers that a double would round. */
    static void checkExact(String name, long lower, long upper) {
        if (Math.max(Math.abs((double) lower), Math.abs((double) upper)) >= EXACT) {
            throw new IllegalArgumentException(call(name, lower, upper)
                    + ": bounds must be below 2^53, up to which doubles hold every whole number. Give smaller ones.");
        }
    }

    /** Returns old times factor, or a step of a thousandth of the width where multiplying would not leave 0. */
    static double multiplied(double old, double factor, double width) {
        if (factor > 1 && Math.abs(old) < NEAR_ZERO * width) {
            return old < 0 ? -STEP * width : STEP * width;
        }
        return factor < 1 && old == 0 ? -STEP * width : old * factor;
    }

    static String times(double factor) {
        return "* " + number(factor);
    }

    /** Returns the move from {@code old} to {@code value}, which stood at {@code wanted} before it was clamped. */
    static Domain.Move move(Number old, Number wanted, Number value, String how) {
        if (Values.compare(value, old) == 0) {
            return new Domain.Move(value, how + ", stays at its bound");
        }
        return new Domain.Move(value, Values.compare(wanted, value) == 0 ? how : how + ", clamped");
    }

    static Map<String, Object> json(String name, Number lower, Number upper) {
        return json(name, "lower", lower, "upper", upper);
    }

    static Map<String, Object> json(String name, String first, Number one, String second, Number two) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domain", name);
        json.put(first, one);
        json.put(second, two);
        return json;
    }

    /** Returns {@code name(first, second, rest...)}. */
    static String call(String name, Number first, Number second, Number... rest) {
        StringBuilder text = new StringBuilder(name).append('(');
        text.append(number(first)).append(", ").append(number(second));
        for (Number argument : rest) {
            text.append(", ").append(number(argument));
        }
        return text.append(')').toString();
    }

    /** Returns the shortest exact text of a number. */
    static String number(@Nullable Number number) {
        String text = Values.text(number);
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
