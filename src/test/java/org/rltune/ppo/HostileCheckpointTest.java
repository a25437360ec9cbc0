package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rltune.json.Json;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;

/** Damaged and hostile checkpoints: refused by name, without reading past an end or taking the memory that they announce. */
@Timeout(300)
class HostileCheckpointTest {
    /** What reading a file may allocate: some for errors and parsers, and so many bytes for each of its own. */
    private static final long ALLOWED_BYTES = 256 << 10;

    private static final long ALLOWED_FOR_A_BYTE = 64;

    private static final List<Object> HOSTILE = hostileValues();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private PpoTrainer trainer;
    private Map<String, byte[]> good;
    private int refused;
    private int accepted;

    private static List<Object> hostileValues() {
        List<Object> values = new ArrayList<>(List.of(
                -1L,
                0L,
                1L,
                3L,
                1000L,
                2147483647L,
                2147483648L,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                1e308,
                -0.5,
                "NaN",
                "Infinity",
                "text",
                "",
                true,
                List.of(),
                Map.of(),
                List.of(2147483647L),
                List.of(1L, -1L),
                List.of(2147483647L, 2147483647L),
                List.of(List.of(0L, 2147483647L)),
                List.of("x", "y"),
                Map.of("type", "Box", "low", 0, "high", 1, "shape", List.of(2000000000L)),
                Map.of("type", "Discrete", "n", 2147483647L),
                Map.of("type", "MultiBinary", "shape", List.of(2000000000L)),
                Map.of("type", "MultiDiscrete", "nvec", List.of(2000000000L), "start", List.of(0), "shape", List.of(1)),
                Map.of("type", "Tuple", "spaces", List.of(Map.of("type", "Discrete", "n", 2147483647L)))));
        values.add(null);
        return values;
    }

    @BeforeEach
    void trainOne() {
        ToyEnvs.register();
        trainer = PpoConfig.of(ToyEnvs.STEER)
                .numEnvsPerWorker(2)
                .trainBatchSize(50)
                .sgdMinibatchSize(25)
                .numSgdIter(2)
                .fcnetHiddens(List.of(5, 3))
                .with("observation_filter", "MeanStdFilter")
                .with("norm_reward", true)
                .build();
        trainer.train();
        good = trainer.save();
        for (int i = 0; i < 30; i++) { // what is loaded once is no part of the measurement
            Policy.fromFiles(good);
            trainer.restore(good);
        }
    }

    @AfterEach
    void close() {
        trainer.close();
        ToyEnvs.unregister();
    }

    private static String show(Map<String, byte[]> files, String name) {
        byte[] content = files.getOrDefault(name, new byte[0]);
        String text = new String(content, StandardCharsets.UTF_8);
        return name + " of " + content.length + " bytes" + (name.endsWith(".json") ? ": " + text : "");
    }

    /** Reads the files in both ways; each must read them or refuse them by name, and allocate no more than is allowed. */
    private void attack(String what, String name, byte @Nullable [] content) {
        Map<String, byte[]> files = new LinkedHashMap<>(good);
        if (content == null) {
            files.remove(name);
        } else {
            files.put(name, content);
        }
        expect(what, name, files, Policy::fromFiles);
        expect(what, name, files, trainer::restore);
    }

    private void expect(String what, String name, Map<String, byte[]> files, Consumer<Map<String, byte[]>> reader) {
        long size = files.values().stream().mapToLong(content -> content.length).sum();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reader.accept(files);
            accepted++;
        } catch (IllegalArgumentException e) {
            refused++;
            assertThat(e).as(what).hasMessageContaining(name);
            assertThat(e.getMessage()).as(what).hasSizeLessThan(1500);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + "\n" + show(files, name), e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("bytes allocated for %d of files, %s, %s", size, what, show(files, name))
                .isLessThan(ALLOWED_BYTES + ALLOWED_FOR_A_BYTE * size);
    }

    @Test
    void aCheckpointOfThisVersionIsRead() {
        attack("nothing is wrong", "policy.json", good.get("policy.json"));
        assertThat(accepted).isEqualTo(2);
        assertThat(good.keySet())
                .containsExactlyInAnyOrder(
                        "policy.json", "weights.bin", "trainer.json", "optimizer.bin", "episodes.bin");
    }

    @Test
    void everyLengthThatIsTooShortOrTooLongIsRefused() {
        good.forEach((name, content) -> {
            attack("missing", name, null);
            for (int length = 0; length < content.length; length++) {
                attack("cut to " + length, name, java.util.Arrays.copyOf(content, length));
            }
            for (int more : new int[] {1, 3, 4, 1000}) {
                attack(more + " bytes more", name, java.util.Arrays.copyOf(content, content.length + more));
            }
        });
        // JSON may end in blanks only; each reader ignores the files of the other.
        assertThat(refused)
                .isGreaterThan(good.values().stream().mapToInt(c -> c.length).sum());
    }

    @Test
    void flippedBitsAreReadOrRefused() {
        Pcg64 random = new Pcg64(5);
        good.forEach((name, content) -> {
            for (int i = 0; i < content.length; i++) {
                byte[] flipped = content.clone();
                flipped[i] ^= (byte) (1 << random.nextInt(8));
                attack("a bit of byte " + i, name, flipped);
            }
        });
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void announcedCountsAreNotTrusted() {
        for (String name : List.of("weights.bin", "optimizer.bin", "episodes.bin")) {
            int accepts = accepted;
            for (int count : new int[] {-1, 0, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28, 1 << 29, 1 << 30}) {
                byte[] content = good.get(name).clone();
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(4, count);
                attack("announces " + count, name, content);
            }
            // The policy has no use for the optimiser's file and that of the episodes.
            assertThat(accepted - accepts).isEqualTo(name.equals("weights.bin") ? 0 : 8);
        }
    }

    @Test
    void numbersThatNoNetworkHasAreRefused() {
        for (String name : List.of("weights.bin", "optimizer.bin")) {
            for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                byte[] content = good.get(name).clone();
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(8 + 4 * 7, wrong);
                int before = refused;
                attack("number 7 is " + wrong, name, content);
                assertThat(refused - before).isEqualTo(name.equals("weights.bin") ? 2 : 1);
            }
        }
        byte[] content = good.get("optimizer.bin").clone();
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putFloat(content.length - 4, -1f);
        int before = refused;
        attack("a second moment below 0", "optimizer.bin", content);
        assertThat(refused - before).isEqualTo(1);
    }

    @Test
    void wrongTypesAndSizesInJsonAreReadOrRefused() {
        for (String name : List.of("policy.json", "trainer.json")) {
            Map<String, Object> json = parsed(name);
            for (Object hostile : HOSTILE) {
                replaceEach(json, hostile)
                        .forEach(changed -> attack(
                                "somewhere " + hostile,
                                name,
                                Json.writePretty(changed).getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void nestingAndLongTextsAreRefused() {
        for (String name : List.of("policy.json", "trainer.json")) {
            for (String text : List.of(
                    "[".repeat(50_000),
                    "[".repeat(50_000) + "]".repeat(50_000),
                    "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000),
                    "{\"format\": " + "9".repeat(50_000) + "}",
                    "{\"format\": \"" + "x".repeat(50_000) + "\"}",
                    "\"\\u0000\"",
                    "{\"format\": \"rltune-policy\", \"version\": 1e400}")) {
                int before = accepted;
                attack(text.substring(0, Math.min(20, text.length())), name, text.getBytes(StandardCharsets.UTF_8));
                assertThat(accepted - before).as(text.substring(0, 8)).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void laterVersionsAreNamed() {
        for (String name : List.of("policy.json", "trainer.json")) {
            Map<String, Object> json = parsed(name);
            json.put("version", 99L);
            int before = refused;
            attack("version 99", name, Json.write(json).getBytes(StandardCharsets.UTF_8));
            assertThat(refused - before).isBetween(1, 2);
        }
    }

    @Test
    void whatIsRefusedChangesNothing() {
        byte[] cut = java.util.Arrays.copyOf(good.get("optimizer.bin"), 100);
        trainer.train();
        Map<String, byte[]> now = trainer.save();
        attack("cut", "optimizer.bin", cut);
        assertThat(trainer.save()).containsExactlyEntriesOf(now);
        assertThat(refused).isEqualTo(1);
    }

    @Test
    void theCountOfParametersIsThatOfTheNetwork() {
        for (boolean shared : new boolean[] {true, false}) {
            for (boolean logStd : new boolean[] {true, false}) {
                for (List<Integer> widths : List.of(List.<Integer>of(), List.of(7), List.of(4, 9, 2))) {
                    MlpConfig config = new MlpConfig(6, 5, widths, Activation.TANH, shared, logStd);
                    assertThat(config.parameterCount()).isEqualTo(new Mlp(config).parameters().length);
                }
            }
        }
        List<Integer> huge = List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(new MlpConfig(Integer.MAX_VALUE, 2, huge, Activation.TANH, false, false).parameterCount())
                .isGreaterThan(1L << 62);
    }

    private Map<String, Object> parsed(String name) {
        Object parsed = Json.parse(new String(good.get(name), StandardCharsets.UTF_8), name);
        return new LinkedHashMap<>(objects(parsed));
    }

    @SuppressWarnings("unchecked") // a parsed object has text keys
    private static Map<String, Object> objects(@Nullable Object parsed) {
        return (Map<String, Object>) (Map<String, ?>) Json.asObject(parsed, "json");
    }

    /** One copy for each value inside, with that value replaced. */
    private static List<Map<String, Object>> replaceEach(Map<String, Object> json, @Nullable Object by) {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (String key : json.keySet()) {
            copies.add(with(json, key, by));
            for (Object inside : inside(json.get(key), by)) {
                copies.add(with(json, key, inside));
            }
        }
        return copies;
    }

    private static List<Object> inside(@Nullable Object value, @Nullable Object by) {
        List<Object> copies = new ArrayList<>();
        if (value instanceof Map) {
            copies.addAll(replaceEach(objects(value), by));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < Math.min(3, list.size()); i++) {
                List<Object> copy = new ArrayList<>(list);
                copy.set(i, by);
                copies.add(copy);
                for (Object deeper : inside(list.get(i), by)) {
                    List<Object> other = new ArrayList<>(list);
                    other.set(i, deeper);
                    copies.add(other);
                }
            }
        }
        return copies;
    }

    private static Map<String, Object> with(Map<String, Object> json, String key, @Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(json);
        copy.put(key, value);
        return copy;
    }
}
