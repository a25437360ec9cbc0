package org.rltune.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON; the digits of doubles come from Jackson's own algorithm, not from the JDK's. */
final class JsonWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final int USUAL_LINE_BYTES = 1024;

    private final JsonGenerator out;

    /** Keys and indices down to the value that is being written; made a text only for an error. */
    private final List<Object> path = new ArrayList<>();

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    static String write(@Nullable Object value, boolean pretty) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            if (pretty) {
                out.setPrettyPrinter(printer());
            }
            new JsonWriter(out).value(value);
        } catch (StreamConstraintsException e) {
            throw tooDeep(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns the value on one line, with a line feed at the end, in UTF-8. */
    static byte[] line(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LINE_BYTES);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            new JsonWriter(out).value(value);
        } catch (StreamConstraintsException e) {
            throw tooDeep(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static IllegalArgumentException tooDeep(StreamConstraintsException e) {
        return new IllegalArgumentException(
                "The value is nested too deeply to be JSON. Look for a map or list that holds itself.", e);
    }

    private static PrettyPrinter printer() {
        return new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            int index = 0;
            for (Object element : list) {
                path.add(index++);
                value(element);
                path.remove(path.size() - 1);
            }
            out.writeEndArray();
        } else {
            array(value);
        }
    }

    private void number(Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            real(number);
        } else if (number instanceof BigInteger big) {
            out.writeNumber(big);
        } else if (number instanceof BigDecimal big) {
            out.writeNumber(big);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            out.writeNumber(number.longValue());
        } else {
            throw unwritable(number);
        }
    }

    private void real(Number number) throws IOException {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            out.writeString(Double.toString(value));
        } else if (number instanceof Float) {
            out.writeNumber(number.floatValue());
        } else {
            out.writeNumber(value);
        }
    }

    private void object(Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : ordered(map).entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException(
                        where() + " has the key " + entry.getKey() + ", but keys must be strings. Convert the key.");
            }
            out.writeFieldName(key);
            path.add(key);
            value(entry.getValue());
            path.remove(path.size() - 1);
        }
        out.writeEndObject();
    }

    /** A map without an order of its own is sorted: the text must not depend on hash codes. */
    private static Map<?, ?> ordered(Map<?, ?> map) {
        Class<?> type = map.getClass();
        boolean hashed = type == HashMap.class
                || type == ConcurrentHashMap.class
                || type == Map.of(1, 1, 2, 2).getClass();
        return hashed && map.keySet().stream().allMatch(String.class::isInstance) ? new TreeMap<>(map) : map;
    }

    private void array(Object value) throws IOException {
        if (value instanceof int[] ints) {
            out.writeArray(ints, 0, ints.length);
        } else if (value instanceof long[] longs) {
            out.writeArray(longs, 0, longs.length);
        } else if (value instanceof double[] doubles) {
            out.writeStartArray();
            for (double x : doubles) {
                real(x);
            }
            out.writeEndArray();
        } else if (value instanceof float[] floats) {
            out.writeStartArray();
            for (float x : floats) {
                real(x);
            }
            out.writeEndArray();
        } else {
            throw unwritable(value);
        }
    }

    private String where() {
        StringBuilder text = new StringBuilder("$");
        for (Object step : path) {
            text.append(step instanceof Integer index ? "[" + index + "]" : "." + step);
        }
        return text.toString();
    }

    private IllegalArgumentException unwritable(Object value) {
        return new IllegalArgumentException(
                where() + " is a " + value.getClass().getName()
                        + ", which JSON cannot hold. Convert it to a map, list, string, number or boolean.");
    }
}
