package org.rltune.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1.0e-3", "1E-3", "+1e-3", "0.001", ".001", "1.0E-3", "001e-3"})
    void readsEverySpellingOfADouble(String text) {
        assertThat(Json.parseYaml("lr: " + text, "c.yaml")).isEqualTo(Map.of("lr", 0.001));
        assertThat(Json.parseYaml("[" + text + "]", "c.yaml")).isEqualTo(List.of(0.001));
        assertThat(Json.parseYaml("é😀: &x " + text, "c.yaml")).isEqualTo(Map.of("é😀", 0.001));
    }

    @Test
    void readsEveryTypeOfValue() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("int", 4000L);
        expected.put("negative", -7L);
        expected.put("big", BigInteger.ONE.shiftLeft(63));
        expected.put("hex", 31L);
        expected.put("octal", 15L);
        expected.put("zeros", 10L);
        expected.put("point", 1.0);
        expected.put("no_digits", 5.0);
        expected.put("infinite", Double.NEGATIVE_INFINITY);
        expected.put("nan", Double.NaN);
        expected.put("flags", List.of(true, false));
        expected.put("nothing", Arrays.asList(null, null, null));
        expected.put("words", List.of("yes", "off", "1_000", "1:30", "12e", "2026-11-23", "e5", ".", "-"));
        expected.put("quoted", List.of("1e-3", "5", "", "true", "null", "1e-3"));
        expected.put("block", "1e-3\n");
        expected.put("42", "key");
        String text = """
            # a comment
            int: 4000
            negative: -7
            big: 9223372036854775808
            hex: 0x1F
            octal: 0o17
            zeros: 010
            point: 1.0
            no_digits: 5.
            infinite: -.inf
            nan: .nan
            flags: [true, False]
            nothing: [~, null, ]
            words: [yes, off, 1_000, "1:30", 12e, 2026-11-23, e5, ".", "-"]
            quoted: ["1e-3", '5', "", 'true', "null", &anchor "1e-3"]
            block: |
              1e-3
            42: key
            """.replace("null, ]", "null, NULL]");
        Object value = Json.parseYaml(text, "c.yaml");
        assertThat(value).isEqualTo(expected);
        assertThat(((Map<?, ?>) value).keySet().toString())
                .isEqualTo(expected.keySet().toString());
        assertThat(Json.parseYaml("a:\nb: 1", "c.yaml")).hasToString("{a=null, b=1}");
        assertThat(Json.parseYaml("", "c.yaml")).isNull();
    }

    @Test
    void readsJsonAsJsonDoes() {
        String text = "{\"a\": [1, 2.5, 1e-3, -0.0, true, null, \"1e-3\"], \"b\": {\"c\": {}}}";
        assertThat(Json.parseYaml(text, "c")).isEqualTo(Json.parse(text, "c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lr: 1@gamma: 2@lr: 3|3|\"lr\" appears twice",
                "a: *b|1|",
                "a: &x 1@b: *x|2|aliases (*x)",
                "a: &x {c: 1}@b:@  <<: *x|3|aliases",
                "a: 1@b: !!str 5|2|tags",
                "a: 1@---@b: 2|3|goes on after the end",
                "a: [1, 2@b: 3|2|",
                "a: 1@ b: 2|2|",
                "a: 1e999|1|too large",
                "a: 'x|1|"
            })
    void saysWhereATextIsNotYaml(String text, int line, String problem) {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.parseYaml(text.replace('@', '\n'), "c.yaml"))
                .withMessageStartingWith("c.yaml, line " + line + ", column ")
                .withMessageContaining(problem == null ? "" : problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "ppo:\n  lr: 1e-4\n");
        assertThat(Json.readYamlObject(file)).isEqualTo(Map.of("ppo", Map.of("lr", 1e-4)));
        Files.writeString(file, "");
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> Json.readYamlObject(file))
                .withMessageContaining("a.yaml, line 1");
    }
}
