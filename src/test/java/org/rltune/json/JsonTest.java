package org.rltune.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void readsEveryTypeOfValue() {
        Object value = Json.parse(
                "{\"z\": 1, \"a\": [true, false, null, \"\\u00e9\"], \"r\": 1e-3, \"one\": 1.0, \"big\":"
                        + " 9223372036854775808}",
                "text");
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("z", 1L);
        expected.put("a", Arrays.asList(true, false, null, "é"));
        expected.put("r", 0.001);
        expected.put("one", 1.0);
        expected.put("big", BigInteger.ONE.shiftLeft(63));
        assertThat(value).isEqualTo(expected);
        assertThat(((Map<?, ?>) value).keySet().toString()).isEqualTo("[z, a, r, one, big]");
        assertThat(Json.parse("-9223372036854775808", "text")).isEqualTo(Long.MIN_VALUE);
        assertThat(Json.parse("null", "text")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1, \"a\": 2}|1|\"a\" appears twice",
                "{\"b\": {\"a\": 1,@ \"a\": 2}}|2|\"a\" appears twice",
                "[1, 2|1|",
                "[1,@@ x]|3|x",
                "{} {}|1|goes on after the end",
                "''|1|empty",
                "[1e999]|1|too large",
                "{'a': 1}|1|",
                "[NaN]|1|NaN",
                "[01]|1|",
                "[1,]|1|",
            })
    void saysWhereATextIsNotJson(String text, int line, String problem) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse(text.replace('@', '\n'), "conf.json"))
                .withMessageStartingWith("conf.json, line " + line + ", column ")
                .withMessageContaining(problem == null ? "" : problem)
                .satisfies(e -> assertThat(e.line()).isEqualTo(line))
                .satisfies(e -> assertThat(e.source()).isEqualTo("conf.json"));
    }

    @Test
    void pointsAtTheColumn() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parse("{\n  \"lr\": 1,\n  \"lr\": 2}", "c"))
                .satisfies(e -> assertThat(List.of(e.line(), e.column())).isEqualTo(List.of(3, 3)));
    }

    @Test
    void writesOneLineInTheOrderOfTheKeys() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("z", 1);
        value.put(
                "a", Arrays.asList(true, null, "q\"\n", 2L, (short) 3, BigInteger.TEN.pow(30), new BigDecimal("0.10")));
        value.put("f", new float[] {0.1f, Float.NaN});
        value.put("d", new double[] {0.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY});
        value.put("i", new int[] {1, -2});
        value.put("n", Double.NaN);
        assertThat(Json.write(value))
                .isEqualTo("{\"z\":1,\"a\":[true,null,\"q\\\"\\n\",2,3,1000000000000000000000000000000,0.10],"
                        + "\"f\":[0.1,\"NaN\"],\"d\":[0.1,\"Infinity\",\"-Infinity\"],\"i\":[1,-2],\"n\":\"NaN\"}");
    }

    /** Texts from the specification of Double.toString since JDK 19; 2.0E-3 and 2.2250738585072014E-308 were wrong before. */
    @ParameterizedTest
    @CsvSource({
        "3f60624dd2f1a9fc, 0.002",
        "3fb999999999999a, 0.1",
        "44b52d02c7e14af6, 1.0E23",
        "0000000000000001, 4.9E-324",
        "0010000000000000, 2.2250738585072014E-308",
        "3eb0c6f7a0b5ed8d, 1.0E-6",
        "8000000000000000, -0.0",
        "4341c37937e08000, 1.0E16",
        "7fefffffffffffff, 1.7976931348623157E308"
    })
    void writesDoublesWithTheFewestDigits(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(Json.write(value)).isEqualTo(text);
    }

    @Test
    void readsBackTheDoublesAndFloatsThatItWrote() {
        long seed = 20261123L;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            double read = Json.asDouble(Json.parse(Json.write(value), "text"), "value");
            assertThat(Double.doubleToLongBits(read))
                    .as("seed %d, draw %d", seed, i)
                    .isEqualTo(Double.doubleToLongBits(value));
            float single = Float.intBitsToFloat(random.nextInt());
            float back = (float) Json.asDouble(Json.parse(Json.write(single), "text"), "value");
            assertThat(Float.floatToIntBits(back))
                    .as("seed %d, draw %d", seed, i)
                    .isEqualTo(Float.floatToIntBits(single));
        }
    }

    @Test
    void writesMapsWithoutAnOrderSortedByKey() {
        Map<String, Object> hashed = new HashMap<>();
        for (int i = 99; i >= 10; i--) {
            hashed.put("k" + i, i);
        }
        assertThat(Json.write(hashed)).isEqualTo(Json.write(new TreeMap<>(hashed)));
        assertThat(Json.write(Map.copyOf(hashed))).isEqualTo(Json.write(new TreeMap<>(hashed)));
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("z", 1);
        kept.put("a", 2);
        assertThat(Json.write(kept)).isEqualTo("{\"z\":1,\"a\":2}");
    }

    @Test
    void writesPrettyTextThatReadsBackTheSame() {
        Object value = Json.parse("{\"a\": {\"b\": [1, 2.5], \"c\": {}}, \"d\": [{\"e\": null}], \"f\": []}", "text");
        String pretty = Json.writePretty(value);
        assertThat(pretty).startsWith("{\n  \"a\": {\n    \"b\": [").doesNotContain("\r");
        assertThat(Json.parse(pretty, "text")).isEqualTo(value);
    }

    @Test
    void namesThePathToWhatItCannotWrite() {
        refuses(Map.of("a", List.of(1, new StringBuilder("x"))), "$.a[1] is a java.lang.StringBuilder");
        refuses(List.of(Map.of(3, "x")), "$[0] has the key 3");
        refuses(new String[] {"x"}, "$ is a [Ljava.lang.String;");
        refuses(Map.of("n", new java.util.concurrent.atomic.AtomicInteger(1)), "$.n is a java.util.concurrent");
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        refuses(loop, "nested too deeply");
    }

    private static void refuses(Object value, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(value)).withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "\"1\"", "null", "true", "[1]", "1e19", "9223372036854775808"})
    void takesOnlyWholeNumbersAsLongs(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.asLong(Json.parse(text, "text"), "num_workers"))
                .withMessageStartingWith("num_workers is ");
    }

    @Test
    void takesWholeDoublesAsWholeNumbers() {
        assertThat(Json.asInt(4.0, "n")).isEqualTo(4);
        assertThat(Json.asLong(-3L, "n")).isEqualTo(-3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.asInt(1L << 31, "n"))
                .withMessageContaining("n is 2147483648");
        assertThatIllegalArgumentException().isThrownBy(() -> Json.asDouble("x", "lr"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.asObject(List.of(), "env_config"));
        assertThatIllegalArgumentException().isThrownBy(() -> Json.asList(Map.of(), "layers"));
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "\uFEFF{\"a\": 1}");
        assertThat(Json.readObject(file)).containsExactly(Map.entry("a", 1L));
        Files.writeString(file, "[1]");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.readObject(file))
                .withMessageContaining("one object");
        Files.write(file, new byte[] {'"', (byte) 0xff, '"'});
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.readObject(file))
                .withMessageContaining("UTF-8");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> Json.readObject(folder.resolve("none.json")))
                .withMessageContaining("none.json does not exist");
    }
}
