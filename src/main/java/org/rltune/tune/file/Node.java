package org.rltune.tune.file;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Mode;

/**
 * One value of an experiment file, with its place for errors.
 *
 * @param path keys and indices down to it, with "/" between them; "" is the whole
 */
record Node(Source source, String path, Object value) {

    /** Returns an error about this value; {@code problem} goes on after its path, such as {@code must be a text.} */
    PlacedException error(String problem) {
        return new PlacedException(source.place(path) + ": " + (path.isEmpty() ? "" : path + " ") + problem, null);
    }

    /** Does something with the value; what it is refused for gets the place of this value. */
    <T> T at(Supplier<T> action) {
        try {
            return action.get();
        } catch (PlacedException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException | UncheckedIOException e) {
            throw new PlacedException(source.place(path) + ": " + named(String.valueOf(e.getMessage())), e);
        }
    }

    /** Names the value by its path, unless the message does so already. */
    private String named(String message) {
        String key = path.substring(path.lastIndexOf('/') + 1);
        if (path.isEmpty() || message.startsWith(path)) {
            return message;
        }
        return message.startsWith(key + " ")
                ? path.substring(0, path.length() - key.length()) + message
                : path + ": " + message;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    /** Returns the parts of an object by their keys, in the order of the file. */
    Map<String, Node> parts() {
        if (!(value instanceof Map)) {
            throw error(
                    "is " + Json.write(value) + ", but it must be an object with named values. Write {name: value}.");
        }
        Map<String, Node> parts = new LinkedHashMap<>();
        Json.asObject(value, path).forEach((key, part) -> parts.put(key, part(key, part)));
        return parts;
    }

    /** Returns the elements of a list. */
    List<Node> elements() {
        if (!(value instanceof List)) {
            throw error("is " + Json.write(value) + ", but it must be a list. Put it into brackets: ["
                    + Json.write(value) + "].");
        }
        List<Node> elements = new ArrayList<>();
        for (Object element : Json.asList(value, path)) {
            elements.add(part(Integer.toString(elements.size()), element));
        }
        return elements;
    }

    private Node part(String key, @Nullable Object part) {
        String inside = path.isEmpty() ? key : path + "/" + key;
        if (part == null) {
            throw new PlacedException(
                    source.place(inside) + ": " + inside + " has no value. Give it one, or leave it out.", null);
        }
        return new Node(source, inside, part);
    }

    /** Refuses null anywhere inside: nothing in a file may be without a value. */
    void checkComplete() {
        if (isObject()) {
            parts().values().forEach(Node::checkComplete);
        } else if (isList()) {
            elements().forEach(Node::checkComplete);
        }
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw error("is " + Json.write(value) + ", but it must be a text. If it is one, put it into quotes.");
    }

    int whole() {
        return at(() -> Json.asInt(value, path));
    }

    long large() {
        return at(() -> Json.asLong(value, path));
    }

    double real() {
        return at(() -> Json.asDouble(value, path));
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw error(
                "is " + Json.write(value) + ", but it must be true or false. Write one of the two, without quotes.");
    }

    Mode mode() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "max" -> Mode.MAX;
            case "min" -> Mode.MIN;
            default -> throw error("is " + Json.write(value) + ", but it must be max or min. Write one of the two.");
        };
    }

    /** Returns a list of objects, as the points that a searcher tries first. */
    List<Map<String, Object>> objects() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Node element : elements()) {
            Map<String, Object> object = new LinkedHashMap<>();
            element.parts().forEach((key, part) -> object.put(key, part.value()));
            objects.add(object);
        }
        return objects;
    }
}
