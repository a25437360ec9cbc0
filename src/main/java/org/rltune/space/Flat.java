package org.rltune.space;

import java.util.List;
import org.rltune.check.Check;

/** What the flat forms of spaces share. */
final class Flat {
    private Flat() {}

    /** A float for each element. */
    interface IntToFloat {
        float at(int i);
    }

    static Box box(int size, IntToFloat low, IntToFloat high) {
        float[] lows = new float[size];
        float[] highs = new float[size];
        for (int i = 0; i < size; i++) {
            lows[i] = low.at(i);
            highs[i] = high.at(i);
        }
        return Box.of(lows, highs);
    }

    /** The box of 0s and 1s. */
    static Box binary(int size) {
        return Box.of(0, 1, size);
    }

    static void requireLength(Space<?> space, int length, int size) {
        if (length != size) {
            throw new IllegalArgumentException("The value has " + length + " elements, but one of " + space + " has "
                    + size + ". Pass a value of this space.");
        }
    }

    /** Requires a value of the space. */
    static <T> T require(Space<T> space, T value) {
        String violation = space.violation(value);
        if (violation != null) {
            throw new IllegalArgumentException(
                    "The value is not of " + space + ": " + violation + ". Pass a value of this space.");
        }
        return value;
    }

    /** The first of n positions that is not 0. */
    static int hot(Space<?> space, float[] values, int at, int n) {
        for (int i = 0; i < n; i++) {
            if (values[at + i] != 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("All values from " + at + " to " + (at + n - 1)
                + " are 0, but the flat form of " + space + " has a 1 among them. Set one of them to 1.");
    }

    /** The length of the flat forms of some spaces together. */
    static int sum(List<? extends Space<?>> spaces) {
        long sum = 0;
        for (Space<?> space : spaces) {
            sum += space.flatSize();
        }
        return (int) Check.atMost("The length of the flat form", sum, Integer.MAX_VALUE);
    }

    static Box concatenated(Space<?> whole, List<? extends Space<?>> spaces) {
        int size = sum(spaces);
        if (size == 0) {
            throw new IllegalArgumentException(
                    "The flat form of " + whole + " is empty, but a Box has elements. Add a space to it.");
        }
        float[] low = new float[size];
        float[] high = new float[size];
        int at = 0;
        for (Space<?> space : spaces) {
            if (space.flatSize() > 0) {
                Box part = space.flattened();
                System.arraycopy(part.low(), 0, low, at, part.size());
                System.arraycopy(part.high(), 0, high, at, part.size());
                at += part.size();
            }
        }
        return Box.of(low, high);
    }

    static void requireFlattenable(Space<?> space) {
        if (!space.isFlattenable()) {
            throw none(space);
        }
    }

    static UnsupportedOperationException none(Space<?> space) {
        return new UnsupportedOperationException(space
                + " has no flat form of one size, for the number of its elements changes. Flatten its elements one by"
                + " one, or give the environment another space.");
    }
}
