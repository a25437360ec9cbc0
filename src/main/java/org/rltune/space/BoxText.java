package org.rltune.space;

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

    /** One number when all bounds are equal, else a list of them. */
    static String bounds(float[] bounds) {
        if (allEqual(bounds)) {
            return number(bounds[0]);
        }
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(bounds.length, SHOWN); i++) {
            text.append(i == 0 ? "" : ", ").append(number(bounds[i]));
        }
        return text.append(bounds.length > SHOWN ? ", ...]" : "]").toString();
    }

    /** As Python writes a tuple. */
    static String shape(int[] shape) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : ", ").append(shape[i]);
        }
        return text.append(shape.length == 1 ? ",)" : ")").toString();
    }

    static boolean allEqual(float[] values) {
        for (float value : values) {
            if (Float.compare(value, values[0]) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String number(float value) {
        if (Float.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        return Json.write(value);
    }
}
