package org.rltune.space;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/** Texts of some length from a set of characters (Unicode code points): Gymnasium's {@code Text}. */
public final class Text implements Space<String> {
    /** The digits and letters of English. Gymnasium keeps them in a set, whose order changes from one run to the next. */
    public static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final int minLength;
    private final int maxLength;
    private final int[] characters;

    private Text(int minLength, int maxLength, int[] characters) {
        this.minLength = Check.atLeast("minLength", minLength, 0);
        this.maxLength = Check.atLeast("maxLength", maxLength, minLength);
        this.characters = characters;
        Check.positive("The number of characters", characters.length);
        int[] sorted = characters.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                throw new IllegalArgumentException("The character '" + Character.toString(sorted[i])
                        + "' stands twice in the set " + characters() + ". Keep it once.");
            }
        }
    }

    /** Texts of 1 to maxLength digits and letters of English. */
    public static Text of(int maxLength) {
        return of(1, maxLength, ALPHANUMERIC);
    }

    /** Texts of minLength to maxLength digits and letters of English. */
    public static Text of(int minLength, int maxLength) {
        return of(minLength, maxLength, ALPHANUMERIC);
    }

    /**
     * Texts of the given characters.
     *
     * @param minLength the least number of characters, at least 0
     * @param maxLength the greatest number of characters, at least minLength
     * @param characters each of them once; their order decides what is sampled
     */
    public static Text of(int minLength, int maxLength, String characters) {
        return new Text(minLength, maxLength, characters.codePoints().toArray());
    }

    /** The least number of characters. */
    public int minLength() {
        return minLength;
    }

    /** The greatest number of characters. */
    public int maxLength() {
        return maxLength;
    }

    /** The characters, in the order in which they were given. */
    public String characters() {
        return new String(characters, 0, characters.length);
    }

    /** The position of a character (a code point) in the set, or -1. */
    public int indexOf(int character) {
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] == character) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A text of random length and characters, all equally likely, or as the mask says.
     *
     * @param mask {@link Mask#text} with a mask of 0s and 1s or probabilities for the characters; a mask that allows no
     *     character gives the empty text, if that is of this space
     */
    @Override
    public String sample(Streams streams, Mask mask) {
        StringBuilder text = new StringBuilder();
        for (int index : TextSampling.draw(this, characters.length, streams.own(), mask)) {
            text.appendCodePoint(characters[index]);
        }
        return text.toString();
    }

    @Override
    public @Nullable String violation(String value) {
        int length = value.codePointCount(0, value.length());
        if (length < minLength || length > maxLength) {
            return "the length is " + length + ", but it must lie in [" + minLength + ", " + maxLength + "]";
        }
        int[] codes = value.codePoints().toArray();
        for (int i = 0; i < codes.length; i++) {
            if (indexOf(codes[i]) < 0) {
                return "index " + i + ": the character '" + Character.toString(codes[i]) + "' is not in the set "
                        + characters();
            }
        }
        return null;
    }

    @Override
    public Class<?> valueType() {
        return String.class;
    }

    @Override
    public boolean isFlattenable() {
        return true;
    }

    @Override
    public int flatSize() {
        return maxLength;
    }

    /** The positions of the characters in the set; its size where the text has ended. */
    @Override
    public void flatten(String value, float[] out, int at) {
        Flat.require(this, value);
        Arrays.fill(out, at, at + maxLength, characters.length);
        int[] codes = value.codePoints().toArray();
        for (int i = 0; i < codes.length; i++) {
            out[at + i] = indexOf(codes[i]);
        }
    }

    @Override
    public String unflatten(float[] values, int at) {
        StringBuilder text = new StringBuilder();
        for (int i = at; i < at + maxLength; i++) {
            int index = (int) values[i];
            if (index < characters.length) {
                text.appendCodePoint(characters[Check.atLeast("values[" + i + "]", index, 0)]);
            }
        }
        return text.toString();
    }

    @Override
    public Box flattened() {
        return Box.of(0, characters.length, maxLength);
    }

    @Override
    public Object toJsonable(String value) {
        return value;
    }

    @Override
    public String fromJsonable(@Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("value is " + json + ", but it must be a text. Write it in quotes.");
    }

    @Override
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "Text");
        json.put("min_length", (long) minLength);
        json.put("max_length", (long) maxLength);
        json.put("charset", characters());
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Text that
                && minLength == that.minLength
                && maxLength == that.maxLength
                && Arrays.equals(characters, that.characters);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * minLength + maxLength) + Arrays.hashCode(characters);
    }

    /** For example {@code Text(1, 10, charset=0123456789)}. */
    @Override
    public String toString() {
        int[] sorted = characters.clone();
        Arrays.sort(sorted);
        return "Text(" + minLength + ", " + maxLength + ", charset=" + new String(sorted, 0, sorted.length) + ")";
    }
}
