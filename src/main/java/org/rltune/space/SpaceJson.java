package org.rltune.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.json.Json;

/** Spaces from JSON, and what those with parts share in writing it. */
final class SpaceJson {
    private static final List<String> TYPES = List.of(
            "Box", "Discrete", "MultiDiscrete", "MultiBinary", "Text", "Tuple", "Dict", "Sequence", "Graph", "OneOf");

    private SpaceJson() {}

    static Space<?> read(Map<String, Object> json) {
        String type = String.valueOf(json.get("type"));
        return switch (type) {
            case "Box" -> BoxJson.read(json);
            case "Discrete" ->
                Discrete.of(Json.asInt(json.get("n"), "n"), Json.asInt(json.getOrDefault("start", 0L), "start"));
            case "MultiDiscrete" ->
                MultiDiscrete.of(
                        Shapes.fromJson(json.get("nvec"), "nvec"),
                        Shapes.fromJson(json.get("start"), "start"),
                        Shapes.fromJson(json.get("shape"), "shape"));
            case "MultiBinary" -> MultiBinary.of(Shapes.fromJson(json.get("shape"), "shape"));
            case "Text" ->
                Text.of(
                        Json.asInt(json.get("min_length"), "min_length"),
                        Json.asInt(json.get("max_length"), "max_length"),
                        text(json.get("charset"), "charset"));
            case "Tuple" -> Tuple.of(spaces(json.get("spaces")));
            case "OneOf" -> OneOf.of(spaces(json.get("spaces")));
            case "Dict" -> dict(json);
            case "Sequence" -> Sequence.of(space(json.get("space"), "space"), Boolean.TRUE.equals(json.get("stack")));
            case "Graph" ->
                Graph.of(
                        space(json.get("node_space"), "node_space"),
                        json.get("edge_space") == null ? null : space(json.get("edge_space"), "edge_space"));
            default ->
                throw new IllegalArgumentException("The type of the space is " + type + ", but it must be one of "
                        + TYPES + "." + Suggest.nearest(type, TYPES));
        };
    }

    private static Dict dict(Map<String, Object> json) {
        List<Space<?>> spaces = spaces(json.get("spaces"));
        List<@Nullable Object> keys = list(json.get("keys"), "keys", spaces.size());
        Map<String, Space<?>> map = new LinkedHashMap<>();
        for (int i = 0; i < spaces.size(); i++) {
            String key = text(keys.get(i), "keys[" + i + "]");
            if (map.put(key, spaces.get(i)) != null) {
                throw new IllegalArgumentException(
                        "keys[" + i + "] is " + key + ", but that key came before. Give each space its own key.");
            }
        }
        return Dict.of(map);
    }

    private static List<Space<?>> spaces(@Nullable Object json) {
        List<Space<?>> spaces = new ArrayList<>();
        for (Object space : Json.asList(json, "spaces")) {
            spaces.add(space(space, "spaces[" + spaces.size() + "]"));
        }
        return spaces;
    }

    @SuppressWarnings("unchecked")
    private static Space<?> space(@Nullable Object json, String name) {
        return read((Map<String, Object>) (Map<String, ?>) Json.asObject(json, name));
    }

    private static String text(@Nullable Object json, String name) {
        if (json instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is " + json + ", but it must be a text. Write it in quotes.");
    }

    /** A list of the given length. */
    static List<@Nullable Object> list(@Nullable Object json, String name, int size) {
        List<@Nullable Object> list = Json.asList(json, name);
        if (list.size() != size) {
            throw new IllegalArgumentException(
                    name + " has " + list.size() + " elements, but there must be " + size + ". Write one for each.");
        }
        return list;
    }

    static List<Object> write(List<? extends Space<?>> spaces) {
        List<Object> list = new ArrayList<>();
        for (Space<?> space : spaces) {
            list.add(space.toJson());
        }
        return list;
    }

    static String text(String name, List<? extends Space<?>> spaces) {
        return name + "("
                + String.join(", ", spaces.stream().map(Space::toString).toList()) + ")";
    }
}
