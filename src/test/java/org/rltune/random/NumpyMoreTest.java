package org.rltune.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;

/** Narrow integers, choices, shuffles, spawning, states and named streams, as more_numpy.py recorded them. */
final class NumpyMoreTest {
    private static final double[] P = {0.1, 0.0, 0.4, 0.2, 0.3};

    static Stream<Golden.Case> cases() {
        return Golden.cases("numpy_more.json").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void drawsWhatNumpyDraws(Golden.Case golden) {
        assertThat(golden.draws()).hasSizeGreaterThanOrEqualTo(40);
        for (Map.Entry<String, Object> entry : golden.draws().entrySet()) {
            String key = entry.getKey();
            Object drawn = drawn(key, golden, entry.getValue());
            // Through text, so that an int and a long of one value are the same.
            assertThat(Json.write(drawn)).as(key).isEqualTo(Json.write(entry.getValue()));
        }
    }

    private static Object drawn(String key, Golden.Case golden, Object expected) {
        Pcg64 random = golden.generator();
        int bracket = key.indexOf('(');
        switch (bracket < 0 ? key : key.substring(0, bracket)) {
            case "integers":
                long[] bounds = Golden.arguments(key);
                return longs(16, () -> random.integers(bounds[0], bounds[1]));
            case "int8":
                long[] bytes = Golden.arguments(key);
                return random.integers8((int) bytes[0], (int) bytes[1], 21);
            case "int16":
                long[] shorts = Golden.arguments(key);
                return random.integers16((int) shorts[0], (int) shorts[1], 21);
            case "geometric":
                double p = Double.parseDouble(key.substring(bracket + 1, key.length() - 1));
                return longs(12, () -> random.geometric(p));
            default:
                break;
        }
        return switch (key) {
            case "bool" -> bits(random.booleans(70));
            case "distinct(p,4)" ->
                List.of(random.choice(P, 4, false), golden.generator().choice(P, 2, false));
            case "repeated(p,12)" -> random.choice(P, 12, true);
            case "repeated(9,12)" -> random.choice(9, 12, true);
            case "shuffled letters" -> {
                List<String> letters = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
                random.shuffle(letters);
                yield String.join("", letters);
            }
            case "bytes(11)" -> {
                byte[] bytes = new byte[11];
                random.nextBytes(bytes);
                yield HexFormat.of().formatHex(bytes);
            }
            case "normal(3,0.5)" -> hexes(() -> random.nextGaussian(3, 0.5));
            case "exponential" -> hexes(random::nextExponential);
            case "200000 standard_normal" -> digest(random::nextGaussian);
            case "200000 standard_exponential" -> digest(random::standardExponential);
            case "state after a float, a normal and a die" -> {
                mix(random);
                yield state(random);
            }
            case "state after one more float" -> {
                mix(random);
                random.nextFloat();
                yield state(random);
            }
            case "generate_state(9)" -> unsigned(golden.sequence().generateState(9));
            case "generate_state(5,uint64)" ->
                Arrays.stream(golden.sequence().generateLongs(5))
                        .mapToObj(Long::toUnsignedString)
                        .toList();
            case "spawned" -> spawned(golden.sequence());
            case "named streams" -> named(golden.seed().longValueExact(), expected);
            default -> {
                if (key.startsWith("distinct(")) {
                    yield distinct(random, Golden.arguments(key));
                }
                throw new AssertionError("This test does not know the draw " + key);
            }
        };
    }

    private static Object distinct(Pcg64 random, long[] arguments) {
        int[] chosen = random.choice((int) arguments[0], (int) arguments[1], false);
        long dot = 0;
        for (int i = 0; i < chosen.length; i++) {
            dot += (long) i * chosen[i];
        }
        return List.of(Arrays.copyOf(chosen, Math.min(20, chosen.length)), dot, state(random));
    }

    private static void mix(Pcg64 random) {
        random.nextFloat();
        random.standardNormal();
        random.integers(0, 6);
    }

    private static Object state(Pcg64 random) {
        Pcg64.State state = random.state();
        // NumPy keeps the last half word although it has been used.
        return List.of(
                unsigned128(state.stateHigh(), state.stateLow()),
                unsigned128(state.incHigh(), state.incLow()),
                state.hasUint32() ? 1 : 0,
                Integer.toUnsignedLong(state.uinteger()));
    }

    private static String unsigned128(long high, long low) {
        return new java.math.BigInteger(String.format(java.util.Locale.ROOT, "%016x%016x", high, low), 16).toString();
    }

    private static Object spawned(SeedSequence root) {
        List<SeedSequence> all = new ArrayList<>(root.spawn(2));
        all.addAll(root.spawn(2));
        all.add(all.get(3).spawn(2).get(1));
        return all.stream().map(child -> unsigned(child.generateState(4))).toList();
    }

    private static Object named(long seed, Object expected) {
        List<Object> streams = new ArrayList<>();
        for (Object stream : Json.asList(expected, "named streams")) {
            List<Object> path = Json.asList(Json.asObject(stream, "stream").get("path"), "path");
            Seeds seeds = Seeds.of(seed);
            for (Object step : path.subList(0, path.size() - 1)) {
                seeds = seeds.child(name(step), indices(step));
            }
            Object last = path.get(path.size() - 1);
            Pcg64 random = seeds.stream(name(last), indices(last));
            Map<String, Object> drawn = new java.util.LinkedHashMap<>();
            drawn.put("path", path);
            drawn.put("random", hexes(random::nextDouble).subList(0, 3));
            drawn.put("seed", String.valueOf(seeds.seed(name(last), indices(last))));
            streams.add(drawn);
        }
        return streams;
    }

    private static String name(Object step) {
        return (String) Json.asList(step, "step").get(0);
    }

    private static long[] indices(Object step) {
        return Json.asList(step, "step").stream()
                .skip(1)
                .mapToLong(i -> Json.asLong(i, "index"))
                .toArray();
    }

    private static List<Long> unsigned(int[] words) {
        return Arrays.stream(words).mapToObj(Integer::toUnsignedLong).toList();
    }

    private static List<Integer> bits(boolean[] values) {
        List<Integer> bits = new ArrayList<>();
        for (boolean value : values) {
            bits.add(value ? 1 : 0);
        }
        return bits;
    }

    private static List<String> longs(int count, LongSupplier draw) {
        return Stream.generate(() -> String.valueOf(draw.getAsLong()))
                .limit(count)
                .toList();
    }

    private static List<String> hexes(DoubleSupplier draw) {
        return Stream.generate(() -> Golden.hex(draw.getAsDouble())).limit(8).toList();
    }

    private static String digest(DoubleSupplier draw) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * 200_000).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putDouble(draw.getAsDouble());
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
