package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.env.EnvConfigSchema.Builder;

final class EnvConfigSchemaTest {
    private static final EnvConfigSchema SCHEMA = EnvConfigSchema.builder()
            .flag("slippery", true, "whether the ice is slippery")
            .integer("size", 4, "rows of the map", 2, 100)
            .number("g", 10.0, "gravity in m/s2", 0, Double.POSITIVE_INFINITY)
            .text("title", "ice", "shown above the map")
            .choice("map_name", "4x4", List.of("4x4", "8x8"), "the map")
            .numbers("rewards", List.of(1.0, 0.0), "of goal and hole", -1, 1)
            .any("desc", "the map itself, a list of rows")
            .build();

    @Test
    void fillsInEveryDefaultInTheOrderOfDeclaration() {
        assertThat(SCHEMA.defaults().toString())
                .isEqualTo("{slippery=true, size=4, g=10.0, title=ice, map_name=4x4, rewards=[1.0, 0.0]}");
        assertThat(SCHEMA.complete(Map.of("g", 3)).keySet())
                .containsExactly("slippery", "size", "g", "title", "map_name", "rewards");
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("g", null);
        assertThat(SCHEMA.complete(withNull)).isEqualTo(SCHEMA.defaults());
    }

    @Test
    void givesValuesTheFormThatAnEnvironmentReads() {
        Map<String, Object> complete = SCHEMA.complete(Map.of(
                "slippery", false, "size", 8.0, "g", 3L, "rewards", new double[] {0.5}, "desc", List.of("SF", "FG")));
        assertThat(complete)
                .containsEntry("slippery", false)
                .containsEntry("size", 8L)
                .containsEntry("g", 3.0)
                .containsEntry("rewards", List.of(0.5))
                .containsEntry("desc", List.of("SF", "FG"));
        EnvContext context = EnvContext.of(complete);
        assertThat(context.flag("slippery")).isFalse();
        assertThat(context.integer("size")).isEqualTo(8);
        assertThat(context.number("g")).isEqualTo(3.0);
        assertThat(context.text("map_name")).isEqualTo("4x4");
        assertThat(context.numbers("rewards")).containsExactly(0.5);
        assertThatThrownBy(() -> context.number("gg"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gg' is not set")
                .hasMessageContaining("EnvConfigSchema");
    }

    static List<Object[]> refused() {
        return List.of(
                new Object[] {"slipery", true, "Unknown env config 'slipery'. Known: slippery, size, g, title,"},
                new Object[] {"slipery", true, "Maybe 'slippery'?"},
                new Object[] {"slippery", "yes", "'slippery' is yes (String), but must be true or false."},
                new Object[] {"size", 1, "'size' is 1 (Integer), but must be an integer from 2 to 100."},
                new Object[] {"size", 101L, "must be an integer from 2 to 100."},
                new Object[] {"size", 4.5, "'size' is 4.5 (Double), but must be an integer"},
                new Object[] {"size", 1e300, "must be an integer"},
                new Object[] {"size", Double.NaN, "must be an integer"},
                new Object[] {"size", "4", "'size' is 4 (String)"},
                new Object[] {"g", -1, "'g' is -1 (Integer), but must be a finite number of at least 0.0."},
                new Object[] {"g", Double.NaN, "must be a finite number"},
                new Object[] {"g", Double.POSITIVE_INFINITY, "must be a finite number"},
                new Object[] {"g", List.of(1), "must be a finite number"},
                new Object[] {"title", 5, "'title' is 5 (Integer), but must be a text."},
                new Object[] {"map_name", "8x9", "'map_name' is 8x9 (String), but must be one of 4x4, 8x8. Maybe '8x8'?"
                },
                new Object[] {"map_name", 4, "must be one of 4x4, 8x8."},
                new Object[] {"rewards", 1.0, "must be a list of numbers, each from -1.0 to 1.0."},
                new Object[] {"rewards", List.of(0, 2), "'rewards' is [0, 2]"},
                new Object[] {"rewards", new double[] {3}, "'rewards' is [3.0]"},
                new Object[] {"rewards", Arrays.asList(1.0, null), "'rewards' is [1.0, null]"});
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatItDoesNotTakeAndSaysWhy(String key, Object value, String message) {
        assertThatThrownBy(() -> SCHEMA.complete(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void helpsWithOneLineForEachSetting() {
        assertThat(SCHEMA.help()).isEqualTo("""
            slippery (true or false; default true): whether the ice is slippery
            size (integer from 2 to 100; default 4): rows of the map
            g (number of at least 0.0; default 10.0): gravity in m/s2
            title (text; default ice): shown above the map
            map_name (one of 4x4, 8x8; default 4x4): the map
            rewards (list of numbers, each from -1.0 to 1.0; default [1.0, 0.0]): of goal and hole
            desc (any value; not set): the map itself, a list of rows\
            """);
        assertThat(EnvConfigSchema.empty().help()).isEqualTo("no settings");
        assertThat(EnvConfigSchema.builder()
                        .number("x", 0, "x", Double.NEGATIVE_INFINITY, 5)
                        .build()
                        .help())
                .contains("number of at most 5.0");
    }

    @Test
    void refusesADeclarationThatContradictsItself() {
        Builder builder = EnvConfigSchema.builder();
        assertThatThrownBy(() -> builder.number("x", 5, "x", 0, 1)).hasMessageContaining("'x' is 5.0");
        assertThatThrownBy(() -> builder.choice("x", "c", List.of("a", "b"), "x"))
                .hasMessageContaining("one of a, b");
        assertThatThrownBy(() -> builder.choice("x", "c", List.of(), "x")).hasMessageContaining("options of 'x'");
        assertThatThrownBy(() -> builder.flag("x", true, " ")).hasMessageContaining("help of env config 'x'");
        assertThatThrownBy(() -> builder.flag("", true, "x")).hasMessageContaining("name");
        builder.flag("x", true, "x");
        assertThatThrownBy(() -> builder.integer("x", 1, "x")).hasMessageContaining("declared twice");
    }

    @Test
    void isEqualWhenItsEntriesAre() {
        EnvConfigSchema same = EnvConfigSchema.builder().flag("a", true, "b").build();
        assertThat(same)
                .isEqualTo(EnvConfigSchema.builder().flag("a", true, "b").build())
                .hasSameHashCodeAs(
                        EnvConfigSchema.builder().flag("a", true, "b").build())
                .isNotEqualTo(EnvConfigSchema.builder().flag("a", false, "b").build())
                .isNotEqualTo(EnvConfigSchema.empty())
                .hasToString("[a]");
    }
}
