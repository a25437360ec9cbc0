package org.rltune.random;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rltune.json.Json;

/** What NumPy 2.4.6 answered, from the test resources. */
final class Golden {
    private Golden() {}

    /** One generator seed and the draws recorded for it: a fresh generator for each entry. */
    record Case(BigInteger seed, Map<String, Object> draws) {
        SeedSequence sequence() {
            return new SeedSequence(seed);
        }

        Pcg64 generator() {
            return new Pcg64(sequence());
        }
    }

    static List<Case> cases(String resource) {
        List<Case> cases = new ArrayList<>();
        Map<String, Object> file = Json.asObject(Json.parse(text(resource), resource), resource);
        for (Object entry : Json.asList(file.get("cases"), "cases")) {
            Map<String, Object> draws = Json.asObject(entry, "case");
            BigInteger seed = new BigInteger((String) Objects.requireNonNull(draws.remove("seed")));
            cases.add(new Case(seed, draws));
        }
        return cases;
    }

    private static String text(String resource) {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers between the brackets of a key such as {@code integers(-5,6)}. */
    static long[] arguments(String key) {
        String[] parts = key.substring(key.indexOf('(') + 1, key.indexOf(')')).split(",");
        long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Long.parseLong(parts[i]);
        }
        return numbers;
    }

    static String hex(double value) {
        return String.format(java.util.Locale.ROOT, "%016x", Double.doubleToRawLongBits(value));
    }

    static String hex(float value) {
        return String.format(java.util.Locale.ROOT, "%08x", Float.floatToRawIntBits(value));
    }
}
