package org.rltune.env.wrapper;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvContext;

/** Settings of a named wrapper that a schema cannot describe: without a default, or of more than one form. */
final class Settings {
    private Settings() {}

    /** A whole number that must be given. */
    static int integer(EnvContext context, String key) {
        Object value = required(context, key, "a whole number");
        return integer(key, value, value);
    }

    /** A number that must be given. */
    static double number(EnvContext context, String key) {
        Object value = required(context, key, "a number");
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(key, value, "a number");
    }

    /** A number, or the default where none is given. */
    static double number(EnvContext context, String key, double otherwise) {
        return context.raw(key) == null ? otherwise : number(context, key);
    }

    /** A number or a list of numbers that must be given: one, or one for each element. */
    static double[] numbers(EnvContext context, String key) {
        String form = "a number or a list of numbers";
        Object value = required(context, key, form);
        if (value instanceof Number number) {
            return new double[] {number.doubleValue()};
        }
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key, value, form);
        }
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Number number)) {
                throw wrong(key, value, form);
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    /** A whole number or a list of such that must be given. */
    static int[] integers(EnvContext context, String key) {
        Object value = required(context, key, "a whole number or a list of whole numbers");
        if (!(value instanceof List<?> list)) {
            return new int[] {integer(key, value, value)};
        }
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = integer(key, list.get(i), value);
        }
        return numbers;
    }

    /** A list that must be given. */
    static List<?> list(EnvContext context, String key) {
        Object value = required(context, key, "a list");
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(key, value, "a list");
    }

    /** A text that must be given. */
    static String text(EnvContext context, String key) {
        Object value = required(context, key, "a text");
        if (value instanceof String text) {
            return text;
        }
        throw wrong(key, value, "a text");
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static int integer(String key, @Nullable Object value, Object shown) {
        if (value instanceof Number number && number.doubleValue() == number.intValue()) {
            return number.intValue();
        }
        throw wrong(key, shown, "whole numbers of 32 bits");
    }

    private static Object required(EnvContext context, String key, String form) {
        Object value = context.raw(key);
        if (value == null) {
            throw new IllegalArgumentException("The setting '" + key + "' is missing. Give it " + form + ".");
        }
        return value;
    }

    private static IllegalArgumentException wrong(String key, Object value, String form) {
        return new IllegalArgumentException("The setting '" + key + "' is " + value + " ("
                + value.getClass().getSimpleName() + "), but must be " + form + ".");
    }
}
