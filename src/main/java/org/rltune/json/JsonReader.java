package org.rltune.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the tokens of one text into values. */
class JsonReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final String source;
    private final JsonParser parser;

    /** Keys and indices down to the value that is being read; kept only where lines are asked for. */
    private final StringBuilder path = new StringBuilder();

    private @Nullable Map<String, Integer> lines;

    JsonReader(String text, String source) {
        this(parser(JSON, text), source);
    }

    JsonReader(JsonParser parser, String source) {
        this.parser = parser;
        this.source = source;
    }

    /** Reads, and puts there the line of each value by its path, such as {@code scheduler/type}; "" is the whole. */
    final @Nullable Object read(Map<String, Integer> linesByPath) {
        this.lines = linesByPath;
        return read();
    }

    static JsonParser parser(JsonFactory factory, String text) {
        try {
            return factory.createParser(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final @Nullable Object read() {
        try (parser) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return empty();
            }
            note();
            Object value = value(token);
            if (parser.nextToken() != null) {
                throw error("the text goes on after the end of the value. Remove the rest or put both into a list.");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String problem = e.getOriginalMessage().strip().replaceAll("\\s*\\R\\s*", " ");
            throw new JsonException(
                    source, at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), problem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value of a text without any token. */
    @Nullable
    Object empty() {
        throw new JsonException(source, 1, 1, "the text is empty. Write at least one value, such as {}.");
    }

    /** The value of a token that is neither an object nor a list. */
    @Nullable
    Object scalar(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser.getText());
            case VALUE_NUMBER_FLOAT -> real(parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw error("unexpected " + token + ".");
        };
    }

    final Object integer(String digits) {
        BigInteger value = new BigInteger(digits);
        return value.bitLength() < 64 ? (Object) value.longValue() : value;
    }

    final Double real(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw error("the number " + text + " is too large for a double. The largest is 1.7976931348623157E308.");
        }
        return value;
    }

    final JsonParser parser() {
        return parser;
    }

    final JsonException error(String problem) {
        JsonLocation at = parser.currentTokenLocation();
        return new JsonException(source, at.getLineNr(), at.getColumnNr(), problem);
    }

    private @Nullable Object value(JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            return object();
        }
        return token == JsonToken.START_ARRAY ? list() : scalar(token);
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (values.containsKey(key)) {
                throw error("the key \"" + key + "\" appears twice in one object. Remove one of the two.");
            }
            int outside = enter(key);
            values.put(key, value(parser.nextToken()));
            path.setLength(outside);
        }
        return values;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            int outside = enter(Integer.toString(values.size()));
            values.add(value(token));
            path.setLength(outside);
        }
        return values;
    }

    /** Notes the line of a key or element, and returns the length of the path around it. */
    private int enter(String step) {
        int outside = path.length();
        if (lines != null) {
            path.append(outside == 0 ? "" : "/").append(step);
            note();
        }
        return outside;
    }

    private void note() {
        if (lines != null) {
            lines.put(path.toString(), parser.currentTokenLocation().getLineNr());
        }
    }
}
