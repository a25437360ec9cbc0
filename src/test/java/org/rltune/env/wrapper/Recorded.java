package org.rltune.env.wrapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.json.Json;

/** What Gymnasium 1.3.0 answered, recorded by {@code record_wrappers.py}; and our answers in the same form. */
public final class Recorded {
    private static final Map<String, Object> ALL = read(Recorded.class, "gymnasium_wrappers.json");

    private Recorded() {}

    @SuppressWarnings("unchecked")
    /** A recording that lies beside a class. */
    public static Map<String, Object> read(Class<?> beside, String file) {
        try (InputStream stream = beside.getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(stream).readAllBytes();
            return (Map<String, Object>) plain(Json.parse(new String(bytes, StandardCharsets.UTF_8), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<?> of(String name) {
        return (List<?>) Objects.requireNonNull(ALL.get(name), name);
    }

    static Map<?, ?> spaces() {
        return (Map<?, ?>) Objects.requireNonNull(ALL.get("spaces"));
    }

    /** Numbers as doubles, arrays as lists; bytes are unsigned. */
    public static Object plain(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> result = new LinkedHashMap<>();
            map.forEach((key, part) -> result.put((String) key, part == null ? "null" : plain(part)));
            return result;
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(part -> result.add(part == null ? "null" : plain(part)));
            return result;
        }
        if (value.getClass().isArray()) {
            List<Object> result = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                double number = ((Number) Array.get(value, i)).doubleValue();
                result.add(value instanceof byte[] && number < 0 ? number + 256 : number);
            }
            return result;
        }
        return value;
    }

    /** Resets with seed 3, takes steps with the same action, and resets after each end, as the recorder does. */
    static <O, A> List<Object> play(Env<O, A> env, int steps, A action) {
        List<Object> out = new ArrayList<>();
        out.add(List.of(plain(env.reset(3).observation())));
        for (int i = 0; i < steps; i++) {
            StepResult<O> result = env.step(action);
            out.add(line(result));
            if (result.ended()) {
                ResetResult<O> next = env.reset();
                out.add(List.of(plain(next.observation())));
            }
        }
        return out;
    }

    static List<Object> line(StepResult<?> result) {
        return List.of(plain(result.observation()), result.reward(), result.terminated(), result.truncated());
    }
}
