package org.rltune.experiments.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** Random damage to texts and to trees of maps and lists, by a generator that is given: the same seed, the same damage. */
final class Mutations {
    private static final List<String> TOKENS = List.of(
            "null",
            "~",
            "{}",
            "[]",
            "-1",
            "0",
            "1",
            "2",
            "1e999",
            "1e308",
            "1e-320",
            "9223372036854775807",
            "2147483648",
            "99999999999999999999",
            ".nan",
            ".inf",
            "-.inf",
            "true",
            "no",
            "''",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!!int ",
            "|",
            ">",
            "#",
            "%",
            "\t",
            "\n",
            "\u0000",
            "\ud83d\ude00",
            "{uniform: [0, 1]}",
            "{uniform: [1, 0]}",
            "{loguniform: [0, 1]}",
            "{randint: [1, 2]}",
            "{grid: []}",
            "{choice: []}",
            "{choice: [1, 1]}",
            "{conditional: {}}",
            "{constant: 3}",
            "type",
            "config",
            "../x",
            "/",
            "<<: 1",
            "? ",
            "---",
            "...",
            "@",
            "`",
            "env",
            "lr",
            "CartPole-v1",
            "Pendulum-v1",
            "Taxi-v3",
            "PopulationBasedTraining",
            "FifoScheduler",
            "RandomSearch",
            "GridSearch",
            "training_iteration");

    private static final List<Object> VALUES = List.of(
            "",
            "text",
            "../x",
            "a\u0000b",
            -1L,
            0L,
            1L,
            2L,
            3L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            2147483648L,
            0.5,
            -0.5,
            1e308,
            4.9e-324,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            true,
            false,
            List.of(),
            Map.of(),
            List.of(1L, 2L),
            List.of(List.of()),
            List.of(0.1, 0.2),
            Map.of("uniform", List.of(0L, 1L)),
            Map.of("uniform", List.of(1L, 0L)),
            Map.of("choice", List.of()),
            Map.of("grid", List.of(1L, 2L)),
            Map.of("randint", List.of(1L, 3L)),
            Map.of("type", "FifoScheduler"),
            Map.of("type", "nothing"),
            Map.of("a", Map.of("b", Map.of())));

    private final Pcg64 random;

    Mutations(Pcg64 random) {
        this.random = random;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns the text with one to three of its lines damaged. */
    String text(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && !lines.isEmpty(); i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            int from = random.nextInt(line.length() + 1);
            String token = any(TOKENS);
            switch (random.nextInt(7)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, any(lines));
                case 2 -> lines.set(at, line.substring(0, from) + token + line.substring(from));
                case 3 -> lines.set(at, line.replaceFirst(": .*", ": " + Matcher.quoteReplacement(token)));
                case 4 -> lines.set(at, line.substring(0, from) + line.substring(Math.min(line.length(), from + 1)));
                case 5 -> lines.set(at, line.replaceFirst("[0-9.e-]+", Matcher.quoteReplacement(token)));
                default -> lines.set(at, " ".repeat(random.nextInt(4)) + line);
            }
        }
        return String.join("\n", lines);
    }

    /** Returns the tree with one to three of its values replaced, removed, renamed or moved. */
    Map<String, Object> tree(Map<String, Object> tree) {
        Map<String, Object> result = tree;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            result = object(result);
        }
        return result;
    }

    private Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        int at = map.isEmpty() ? 0 : random.nextInt(map.size());
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Object value = Objects.requireNonNull(entry.getValue());
            if (i++ != at) {
                copy.put(key, value);
                continue;
            }
            switch (random.nextInt(8)) {
                case 0 -> {} // removed
                case 1 -> copy.put(misspelt(key), value);
                case 2, 3 -> copy.put(key, any(VALUES));
                default -> copy.put(key, changed(value));
            }
        }
        return copy;
    }

    private String misspelt(String key) {
        int from = random.nextInt(key.length() + 1);
        return key.substring(0, from)
                + any(List.of("", "x", "_", "/", " "))
                + key.substring(Math.min(key.length(), from + 1));
    }

    private Object changed(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return object(map);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            List<Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(at);
                case 1 -> copy.add(at, copy.get(random.nextInt(copy.size())));
                default -> copy.set(at, changed(copy.get(at)));
            }
            return copy;
        }
        if (value instanceof Number number && random.nextInt(2) == 0) {
            return any(List.<Object>of(
                    -number.doubleValue(),
                    number.doubleValue() * 1e6,
                    number.doubleValue() / 3,
                    number.longValue() + 1));
        }
        return any(VALUES);
    }
}
