package org.rltune.env;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;

/**
 * One setting of an {@link EnvConfigSchema}.
 *
 * @param name the key in the config
 * @param kind which values it takes
 * @param defaultValue its value where the config has none; null only for {@link Kind#ANY}: no value
 * @param help one line for the user: what it does, with its unit
 * @param min the least number, minus infinity for none; of each element in a list
 * @param max the greatest number, infinity for none; of each element in a list
 * @param options the texts to choose from; empty for other kinds
 */
public record ConfigEntry(
        String name,
        Kind kind,
        @Nullable Object defaultValue,
        String help,
        double min,
        double max,
        List<String> options) {
    /** Which values a setting takes. */
    public enum Kind {
        /** True or false. */
        FLAG("true or false"),
        /** A whole number of at most 64 bits. */
        INTEGER("integer"),
        /** A finite number. */
        NUMBER("number"),
        /** Any text. */
        TEXT("text"),
        /** One of some texts. */
        CHOICE("one of"),
        /** A list of finite numbers. */
        NUMBERS("list of numbers"),
        /** Anything; the environment checks it. */
        ANY("any value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Copies the options. */
    public ConfigEntry {
        options = List.copyOf(options);
    }

    /**
     * The value in the form that an environment reads: Boolean, Long, Double, String, or an immutable list of Double;
     * unchanged for {@link Kind#ANY}.
     *
     * @throws IllegalArgumentException when the setting does not take this value
     */
    Object checked(Object value) {
        return switch (kind) {
            case FLAG -> value instanceof Boolean ? value : fail(value);
            case INTEGER -> integer(value);
            case NUMBER -> number(value, value);
            case TEXT -> value instanceof String ? value : fail(value);
            case CHOICE -> choice(value);
            case NUMBERS -> numbers(value);
            case ANY -> value;
        };
    }

    private Object integer(Object value) {
        boolean whole = value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || (value instanceof Number number
                        && number.doubleValue() == Math.rint(number.doubleValue())
                        && Math.abs(number.doubleValue()) < 0x1.0p63);
        if (!whole) {
            return fail(value);
        }
        long number = ((Number) value).longValue();
        if (number < min || number > max) {
            return fail(value);
        }
        return number;
    }

    private double number(Object value, Object shown) {
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (!(Double.isFinite(number) && number >= min && number <= max)) {
            throw refused(shown);
        }
        return number;
    }

    private Object choice(Object value) {
        if (value instanceof String text && options.contains(text)) {
            return value;
        }
        throw new IllegalArgumentException(text(value) + Suggest.nearest(String.valueOf(value), options));
    }

    private Object numbers(Object value) {
        List<Double> list = new ArrayList<>();
        if (value instanceof double[] array) {
            for (double element : array) {
                list.add(number(element, list(array)));
            }
        } else if (value instanceof List<?> given) {
            for (Object element : given) {
                list.add(number(element == null ? "null" : element, value));
            }
        } else {
            throw refused(value);
        }
        return List.copyOf(list);
    }

    private static List<Double> list(double[] array) {
        List<Double> list = new ArrayList<>();
        for (double element : array) {
            list.add(element);
        }
        return list;
    }

    private Object fail(Object value) {
        throw refused(value);
    }

    private IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException(text(value));
    }

    private String text(Object value) {
        return "Env config '" + name + "' is " + value + " (" + value.getClass().getSimpleName() + "), but must be "
                + article() + ".";
    }

    private String article() {
        return switch (kind) {
            case FLAG, CHOICE, ANY -> values();
            case INTEGER -> "an " + values();
            case NUMBER -> "a finite " + values();
            case TEXT, NUMBERS -> "a " + values();
        };
    }

    /** Which values it takes, in words: for example {@code number from 0.0 to 1.0}. */
    public String values() {
        StringBuilder text = new StringBuilder(kind.words);
        if (kind == Kind.CHOICE) {
            text.append(' ').append(String.join(", ", options));
        }
        if (kind == Kind.NUMBERS && bounded()) {
            text.append(", each");
        }
        if (min != Double.NEGATIVE_INFINITY && max != Double.POSITIVE_INFINITY) {
            text.append(" from ").append(shown(min)).append(" to ").append(shown(max));
        } else if (min != Double.NEGATIVE_INFINITY) {
            text.append(" of at least ").append(shown(min));
        } else if (max != Double.POSITIVE_INFINITY) {
            text.append(" of at most ").append(shown(max));
        }
        return text.toString();
    }

    private boolean bounded() {
        return min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
    }

    private String shown(double bound) {
        return kind == Kind.INTEGER ? Long.toString((long) bound) : Double.toString(bound);
    }

    /** One line: name, values, default, help. */
    @Override
    public String toString() {
        return name + " (" + values() + (defaultValue == null ? "; not set" : "; default " + defaultValue) + "): "
                + help;
    }
}
