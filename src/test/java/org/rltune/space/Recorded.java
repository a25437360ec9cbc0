package org.rltune.space;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/** Reads what Gymnasium answered and brings our answers into the same form: numbers as their bits. */
final class Recorded {
    private Recorded() {}

    static List<Map<String, Object>> cases(String resource) {
        try (InputStream in = Recorded.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> file = Json.asObject(Json.parse(text, resource), resource);
            return Json.asList(file.get("cases"), "cases").stream()
                    .map(entry -> Json.asObject(entry, "case"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value with the bits of its numbers, as {@code more_spaces.py} writes it. */
    static Object encode(Space<?> space, Object value) {
        if (space instanceof Tuple tuple) {
            return each(tuple.spaces(), (List<?>) value);
        }
        if (space instanceof OneOf oneOf) {
            OneOf.Choice choice = (OneOf.Choice) value;
            return List.of((long) choice.index(), encode(oneOf.spaces().get(choice.index()), choice.value()));
        }
        if (space instanceof Dict dict) {
            Map<String, Object> map = new LinkedHashMap<>();
            dict.spaces().forEach((key, part) -> map.put(key, encode(part, ((Map<?, ?>) value).get(key))));
            return map;
        }
        if (space instanceof Sequence sequence) {
            return all(sequence.space(), (List<?>) value);
        }
        if (space instanceof Graph graph) {
            GraphInstance instance = (GraphInstance) value;
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("nodes", all(graph.nodeSpace(), Stacks.unstack(graph.nodeSpace(), instance.nodes())));
            if (instance.edges() != null) {
                map.put("edges", all(graph.edgeSpace(), Stacks.unstack(graph.edgeSpace(), instance.edges())));
                map.put("edge_links", instance.edgeLinks());
            }
            return map;
        }
        return value instanceof String || value instanceof Integer ? value : Map.of(name(space), bits(space, value));
    }

    private static String name(Space<?> space) {
        return space instanceof ArrayBox<?> box
                ? box.dtype().name()
                : space instanceof Box ? "float32" : space instanceof MultiBinary ? "int8" : "int64";
    }

    private static List<Object> each(List<Space<?>> spaces, List<?> values) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < spaces.size(); i++) {
            list.add(encode(spaces.get(i), values.get(i)));
        }
        return list;
    }

    private static List<Object> all(Space<?> space, List<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(value -> list.add(encode(space, value)));
        return list;
    }

    private static List<Object> bits(Space<?> space, Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            Object element = java.lang.reflect.Array.get(array, i);
            boolean unsigned =
                    space instanceof ArrayBox<?> box && box.dtype().name().startsWith("u");
            if (element instanceof Float number) {
                list.add(hex(number));
            } else if (element instanceof Double number) {
                list.add(String.format(Locale.ROOT, "%016x", Double.doubleToRawLongBits(number)));
            } else if (element instanceof Boolean flag) {
                list.add(flag ? 1L : 0L);
            } else {
                long number = ((Number) element).longValue();
                int width = element instanceof Byte
                        ? 8
                        : element instanceof Short ? 16 : element instanceof Integer ? 32 : 64;
                list.add(unsigned && width < 64 ? number & ((1L << width) - 1) : number);
            }
        }
        return list;
    }

    static List<String> hex(float[] values) {
        List<String> list = new ArrayList<>();
        for (float value : values) {
            list.add(hex(value));
        }
        return list;
    }

    private static String hex(float value) {
        return String.format(Locale.ROOT, "%08x", Float.floatToRawIntBits(value));
    }

    /** The mask from the short form of {@code more_spaces.py}. */
    static Mask mask(@Nullable Object json, Object kind) {
        if (json == null) {
            return Mask.none();
        }
        if (json instanceof Map<?, ?> map) {
            String type = (String) map.keySet().iterator().next();
            Object inner = map.get(type);
            if ("named".equals(type)) {
                Map<String, Mask> named = new LinkedHashMap<>();
                ((Map<?, ?>) inner).forEach((key, part) -> named.put((String) key, mask(part, kind)));
                return Mask.named(named);
            }
            List<?> list = (List<?>) inner;
            return switch (type) {
                case "each" -> new Mask.Each(flatten(list, kind));
                case "text" -> new Mask.OfText(optional(list.get(0)), mask(list.get(1), kind));
                case "sequence" ->
                    new Mask.OfSequence(list.get(0) == null ? List.of() : ints(list.get(0)), mask(list.get(1), kind));
                default ->
                    new Mask.OfGraph(
                            Json.asInt(list.get(0), "nodes"),
                            optional(list.get(1)),
                            mask(list.get(2), kind),
                            mask(list.get(3), kind));
            };
        }
        List<Object> flat = new ArrayList<>();
        numbers((List<?>) json, flat);
        return "mask".equals(kind)
                ? new Mask.Flags(ints(flat))
                : new Mask.Weights(flat.stream().map(x -> Json.asDouble(x, "p")).toList());
    }

    /** Python nests the masks of an array; ours are in one row. */
    private static List<Mask> flatten(List<?> list, Object kind) {
        List<Mask> masks = new ArrayList<>();
        for (Object part : list) {
            Mask mask = mask(part, kind);
            if (mask instanceof Mask.Each each) {
                masks.addAll(each.parts());
            } else {
                masks.add(mask);
            }
        }
        return masks;
    }

    private static void numbers(List<?> nested, List<Object> flat) {
        for (Object element : nested) {
            if (element instanceof List<?> list) {
                numbers(list, flat);
            } else {
                flat.add(element);
            }
        }
    }

    private static List<Integer> ints(Object list) {
        return ((List<?>) list).stream().map(x -> Json.asInt(x, "int")).toList();
    }

    private static OptionalInt optional(@Nullable Object json) {
        return json == null ? OptionalInt.empty() : OptionalInt.of(Json.asInt(json, "length"));
    }

    static SeedTree seeds(Object json) {
        if (json instanceof Map<?, ?> map) {
            Map<String, SeedTree> named = new LinkedHashMap<>();
            map.forEach((key, seed) -> named.put((String) key, seeds(seed)));
            return SeedTree.named(named);
        }
        if (json instanceof List<?> list) {
            return SeedTree.each(list.stream().map(Recorded::seeds).toList());
        }
        return SeedTree.of(Json.asLong(json, "seed"));
    }
}
