package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.space.Discrete;

/** Infos of single environments become columns with masks, and rows again. */
final class VectorInfosTest {
    @SafeVarargs
    private static VectorInfos of(Map<String, Object>... rows) {
        return VectorInfos.of(rows);
    }

    @Test
    void givesAColumnAndAMaskForEachKey() {
        float[] array = {1, 2};
        VectorInfos infos = of(
                Map.of("a", 1, "b", 1.5, "flag", true),
                Map.of("d", array, "b", 2),
                Map.of("e", Discrete.of(3), "a", 7L));
        assertThat(infos.numEnvs()).isEqualTo(3);
        assertThat(infos.keys()).containsExactlyInAnyOrder("a", "b", "flag", "d", "e");
        assertThat(infos.longs("a")).containsExactly(1, 0, 7);
        assertThat(infos.mask("a")).containsExactly(true, false, true);
        assertThat(infos.doubles("b")).containsExactly(1.5, 2, 0);
        assertThat(infos.flags("flag")).containsExactly(true, false, false);
        assertThat(infos.values("d")).containsExactly(null, array, null);
        assertThat(infos.values("e")).containsExactly(null, null, Discrete.of(3));
        assertThat(infos.mask("nobody")).containsExactly(false, false, false);
        assertThat(infos.doubles("nobody")).containsExactly(0, 0, 0);
    }

    @Test
    void infosInsideInfosAreColumnsThemselves() {
        VectorInfos infos = of(
                Map.of("episode", Map.of("a", 1, "b", 1.0)), Map.of("episode", Map.of("a", 2), "a", 1), Map.of("a", 2));
        assertThat(infos.mask("episode")).containsExactly(true, true, false);
        assertThat(infos.infos("episode").longs("a")).containsExactly(1, 2, 0);
        assertThat(infos.infos("episode").mask("b")).containsExactly(true, false, false);
        assertThat(infos.longs("a")).containsExactly(0, 1, 2);
    }

    @Test
    void rowsAreWhatTheEnvironmentsTold() {
        Map<String, Object> first = Map.of("episode", Map.of("a", 1));
        VectorInfos infos = of(first, null, Map.of("a", 2));
        assertThat(infos.toList()).isEqualTo(List.of(first, Map.of(), Map.of("a", 2)));
        assertThat(infos.of(0)).isSameAs(first);
        assertThat(infos.isEmpty()).isFalse();
        assertThat(of(null, Map.of()).isEmpty()).isTrue();
        assertThat(infos).hasToString("VectorInfos[{episode={a=1}}, {}, {a=2}]");
    }

    @Test
    void namesAValueOfAnotherType() {
        VectorInfos infos = of(Map.of("a", 1), Map.of("a", "two"));
        assertThatThrownBy(() -> infos.doubles("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'a'", "environment 1", "two", "String", "Number", "values(key)");
        assertThatThrownBy(() -> infos.infos("a")).hasMessageContaining("environment 0");
        assertThat(Arrays.asList(infos.values("a"))).containsExactly(1, "two");
    }
}
