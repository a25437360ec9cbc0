package org.rltune.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON and YAML as plain values: {@code LinkedHashMap} in the order of the text, {@code List}, {@code String}, {@code
 * Long} ({@code BigInteger} beyond 64 bits), {@code Double}, {@code Boolean} and null.
 *
 * <p>What is written is always valid JSON (RFC 8259) and the same text on every JDK: doubles have the fewest digits that
 * read back as the same double. JSON has no numbers for NaN and the infinities; they are written as the strings "NaN",
 * "Infinity" and "-Infinity", which {@link #asDouble} reads back.
 */
public final class Json {
    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param source named in errors
     * @throws JsonException if the text is not valid JSON, has a duplicate key, or goes on after the value
     */
    public static @Nullable Object parse(String text, String source) {
        return new JsonReader(text, source).read();
    }

    /**
     * Reads one YAML value with the rules of YAML 1.2's core schema: {@code 1e-3} and {@code 1.0e-3} are doubles, {@code
     * yes} and {@code off} are strings.
     *
     * @param source named in errors
     * @throws JsonException if the text is not valid YAML, has a duplicate key, more than one document, an anchor with
     *     an alias, or a tag
     */
    public static @Nullable Object parseYaml(String text, String source) {
        return new YamlReader(text, source).read();
    }

    /** Reads a file that holds one JSON object. */
    public static Map<String, @Nullable Object> readObject(Path file) {
        return object(parse(text(file), file.toString()), file);
    }

    /** Reads a file that holds one YAML mapping. */
    public static Map<String, @Nullable Object> readYamlObject(Path file) {
        return object(parseYaml(text(file), file.toString()), file);
    }

    /**
     * Reads a file that holds one object, and remembers the lines: as JSON if its name ends with {@code .json}, otherwise as
     * YAML.
     */
    public static Located readLocated(Path file) {
        boolean json = String.valueOf(file.getFileName()).endsWith(".json");
        String text = text(file);
        JsonReader reader = json ? new JsonReader(text, file.toString()) : new YamlReader(text, file.toString());
        Map<String, Integer> lines = new LinkedHashMap<>();
        Map<String, @Nullable Object> object = object(reader.read(lines), file);
        return new Located(object, lines);
    }

    /**
     * Writes a value on one line, without spaces.
     *
     * <p>Allowed are maps with string keys, lists, strings, numbers of the JDK, booleans, null, and arrays of int, long,
     * float and double. The order of keys is kept; a {@code HashMap} or {@code Map.of} has none and is sorted by key.
     *
     * @throws IllegalArgumentException for any other type, with the path to it
     */
    public static String write(@Nullable Object value) {
        return JsonWriter.write(value, false);
    }

    /** Writes a value as {@link #write} does, with a line feed at the end, in UTF-8: a line of a file of JSON lines. */
    public static byte[] writeLine(@Nullable Object value) {
        return JsonWriter.line(value);
    }

    /** Writes a value on many lines, indented by two spaces; otherwise as {@link #write}. */
    public static String writePretty(@Nullable Object value) {
        return JsonWriter.write(value, true);
    }

    /**
     * A number that was read, as a double; understands the strings "NaN", "Infinity" and "-Infinity".
     *
     * @param name of the value, for the error
     */
    public static double asDouble(@Nullable Object value, String name) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if ("NaN".equals(value)) {
            return Double.NaN;
        }
        if ("Infinity".equals(value)) {
            return Double.POSITIVE_INFINITY;
        }
        if ("-Infinity".equals(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        throw wrongType(value, name, "a number");
    }

    /** A whole number that was read, as an int; a double with a whole value such as 4.0 counts. */
    public static int asInt(@Nullable Object value, String name) {
        long number = asLong(value, name);
        if (number != (int) number) {
            throw new IllegalArgumentException(
                    name + " is " + number + ", but it must fit into 32 bits. Choose a smaller number.");
        }
        return (int) number;
    }

    /** A whole number that was read, as a long; a double with a whole value such as 4.0 counts. */
    public static long asLong(@Nullable Object value, String name) {
        if (value instanceof Number number) {
            boolean real = value instanceof Double || value instanceof Float;
            boolean whole = value instanceof Long
                    || value instanceof Integer
                    || value instanceof Short
                    || value instanceof Byte;
            // 2^63 itself would saturate to the largest long and compare equal to it as a double.
            boolean fits = Math.abs(number.doubleValue()) < 0x1.0p63;
            if (whole || (real && fits && number.doubleValue() == number.longValue())) {
                return number.longValue();
            }
        }
        throw wrongType(value, name, "a whole number of at most 64 bits");
    }

    /** A list that was read. */
    @SuppressWarnings("unchecked")
    public static List<@Nullable Object> asList(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw wrongType(value, name, "a list");
    }

    /** An object that was read. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> asObject(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw wrongType(value, name, "an object");
    }

    /** A value as an error shows it: no more than its first characters. */
    public static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static IllegalArgumentException wrongType(@Nullable Object value, String name, String wanted) {
        String type = value == null ? "" : " (" + value.getClass().getSimpleName() + ")";
        return new IllegalArgumentException(name + " is " + shown(value) + type + ", but it must be " + wanted
                + ". Correct it where it was written.");
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value, Path file) {
        if (value instanceof Map<?, ?>) {
            return asObject(value, file.toString());
        }
        String found = value == null ? "nothing or null" : value.getClass().getSimpleName();
        throw new JsonException(
                file.toString(), 1, 1, "the file must hold one object with named values, but it holds " + found + ".");
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(file + " does not exist. Check the path.", e);
        } catch (CharacterCodingException e) {
            JsonException notText =
                    new JsonException(file.toString(), 1, 1, "the file is not UTF-8. Save it in that encoding.");
            notText.initCause(e);
            throw notText;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
