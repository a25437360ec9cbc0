package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvContextTest {
    private static final EnvContext CONTEXT = EnvContext.of(Map.of(
            "g", 9.81, "n", 3L, "flag", true, "name", "4x4", "places", List.of(1, 2.5), "whole", 4.0, "big", 1L << 40));

    @Test
    void readsTypedValues() {
        assertThat(CONTEXT.get("g", 10.0)).isEqualTo(9.81);
        assertThat(CONTEXT.get("n", 10.0)).isEqualTo(3.0);
        assertThat(CONTEXT.get("n", 1)).isEqualTo(3);
        assertThat(CONTEXT.get("whole", 1)).isEqualTo(4);
        assertThat(CONTEXT.get("big", 1L)).isEqualTo(1L << 40);
        assertThat(CONTEXT.get("flag", false)).isTrue();
        assertThat(CONTEXT.get("name", "8x8")).isEqualTo("4x4");
        assertThat(CONTEXT.get("places", new double[0])).containsExactly(1, 2.5);
        assertThat(CONTEXT.raw("name")).isEqualTo("4x4");
    }

    @Test
    void givesTheDefaultForWhatIsAbsent() {
        EnvContext empty = EnvContext.of(Map.of());
        assertThat(empty.get("g", 10.0)).isEqualTo(10.0);
        assertThat(empty.get("n", 7)).isEqualTo(7);
        assertThat(empty.get("n", 7L)).isEqualTo(7L);
        assertThat(empty.get("flag", true)).isTrue();
        assertThat(empty.get("name", "8x8")).isEqualTo("8x8");
        assertThat(empty.get("places", new double[] {1})).containsExactly(1);
        assertThat(empty.raw("g")).isNull();
    }

    @Test
    void refusesValuesOfAnotherType() {
        assertThatThrownBy(() -> CONTEXT.get("name", 1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Env config 'name' is 4x4 (String), but must be a number");
        assertThatThrownBy(() -> CONTEXT.get("g", 1))
                .hasMessageContaining("9.81")
                .hasMessageContaining("an integer");
        assertThatThrownBy(() -> CONTEXT.get("big", 1)).hasMessageContaining("32 bits");
        assertThatThrownBy(() -> CONTEXT.get("g", true)).hasMessageContaining("true or false");
        assertThatThrownBy(() -> CONTEXT.get("g", "x")).hasMessageContaining("a text");
        assertThatThrownBy(() -> CONTEXT.get("g", new double[0])).hasMessageContaining("a list of numbers");
    }

    @Test
    void refusesUnknownKeysWithASuggestion() {
        EnvContext context = EnvContext.of(Map.of("sutton_barto_rewards", true));
        assertThatThrownBy(() -> context.allowOnly("sutton_barto_reward", "g"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown env config 'sutton_barto_rewards'. Known: sutton_barto_reward, g."
                        + " Maybe 'sutton_barto_reward'?");
        assertThatThrownBy(context::allowOnly).hasMessageContaining("Known: none");
        assertThat(context.allowOnly("sutton_barto_rewards")).isSameAs(context);
    }

    @Test
    void doesNotChangeWithTheMapItWasMadeFrom() {
        Map<String, Object> config = new HashMap<>();
        EnvContext context = new EnvContext(config, 2, 1, 3);
        config.put("g", 1.0);
        assertThat(context.config()).isEmpty();
        assertThatThrownBy(() -> context.config().put("g", 1.0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> new EnvContext(config, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
