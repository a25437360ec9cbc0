package org.rltune.envs;

import java.util.List;
import java.util.Map;
import org.rltune.check.Suggest;

/** The options of a reset. */
final class Options {
    private Options() {}

    /** Refuses every option that is not among these. */
    static void allowOnly(Map<String, Object> options, String... known) {
        List<String> names = List.of(known);
        for (String key : options.keySet()) {
            if (!names.contains(key)) {
                throw new IllegalArgumentException("Unknown reset option '" + key + "'. Known: "
                        + String.join(", ", names) + "." + Suggest.nearest(key, names));
            }
        }
    }

    /** The finite number under this key, or the default. */
    static double number(Map<String, Object> options, String key, double otherwise) {
        Object value = options.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("Reset option '" + key + "' is " + value + ", but must be a finite number");
    }

    /** From where to where a first state is drawn. */
    record Bounds(double low, double high) {}

    /** The options {@code low} and {@code high}, or these defaults; refuses other options. */
    static Bounds bounds(Map<String, Object> options, double low, double high) {
        return bounds(options, new Bounds(low, high));
    }

    /** The options {@code low} and {@code high}, or these defaults; without options no new object. */
    static Bounds bounds(Map<String, Object> options, Bounds otherwise) {
        if (options.isEmpty()) {
            return otherwise;
        }
        allowOnly(options, "low", "high");
        Bounds bounds = new Bounds(number(options, "low", otherwise.low()), number(options, "high", otherwise.high()));
        if (bounds.low() > bounds.high()) {
            throw new IllegalArgumentException("Reset options low=" + bounds.low() + ", high=" + bounds.high()
                    + ": the lower bound must not be above the upper bound");
        }
        return bounds;
    }
}
