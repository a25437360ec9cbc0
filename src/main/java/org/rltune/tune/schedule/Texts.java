package org.rltune.tune.schedule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.rltune.json.Json;

/** Numbers as words in reasons: the same text on each JVM. */
final class Texts {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private Texts() {}

    /** Returns a number with at most six digits; any other value as JSON. */
    static String value(Object value) {
        if (value instanceof Double number && Double.isFinite(number)) {
            return Json.write(new BigDecimal(number).round(SIX_DIGITS).doubleValue());
        }
        String json = Json.write(value);
        return value instanceof Double ? json.replace("\"", "") : json;
    }

    /** Returns a time, without a fraction if it has none. */
    static String time(double time) {
        return time == Math.rint(time) && Math.abs(time) < 1e15 ? Long.toString((long) time) : value(time);
    }

    /** Returns a count with its noun, in the plural where it is not 1. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
