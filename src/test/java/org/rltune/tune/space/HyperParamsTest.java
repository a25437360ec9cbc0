package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HyperParamsTest {

    @Test
    void widensNumbersSoThatEqualOnesAreEqual() {
        HyperParams values = HyperParams.of(Map.of("a", 3, "b", (short) 4, "c", 0.5f, "d", 5L));
        assertThat(values.asMap()).isEqualTo(Map.of("a", 3L, "b", 4L, "c", 0.5, "d", 5L));
        assertThat(values).isEqualTo(HyperParams.of(Map.of("a", 3L, "b", 4L, "c", 0.5, "d", 5)));
        assertThat(values).hasSameHashCodeAs(HyperParams.of(Map.of("a", 3L, "b", 4L, "c", 0.5, "d", 5)));
        assertThat(values.getInt("a")).isEqualTo(3);
        assertThat(values.getDouble("a")).isEqualTo(3.0);
    }

    @Test
    void namesTheNearestKnownName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyperParams.of(Map.of("clip_param", 0.2)).get("clip_parm"))
                .withMessageContaining(
                        "There is no hyperparameter 'clip_parm'. Known: clip_param. Maybe 'clip_param'?");
    }

    @Test
    void namesValueAndTypeWhereAnotherTypeIsNeeded() {
        HyperParams values = HyperParams.of(Map.of("n", 4000.0, "x", "a", "big", 1L << 40));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.getLong("n"))
                .withMessageContaining("n is 4000.0 (Double), but a whole number is needed. Maybe n=4000?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.getDouble("x"))
                .withMessageContaining("x is \"a\" (String), but a number is needed.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.getInt("big"))
                .withMessageContaining("32 bits");
        assertThatIllegalArgumentException().isThrownBy(() -> values.getString("n"));
        assertThatIllegalArgumentException().isThrownBy(() -> values.getBoolean("n"));
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<Object> list = new ArrayList<>(List.of(64, 64));
        Map<String, Object> nested = new LinkedHashMap<>(Map.of("k", 1));
        HyperParams values = HyperParams.of(Map.of("list", list, "nested", nested));
        list.add(3);
        nested.put("k", 2);
        assertThat(values.get("list")).isEqualTo(List.of(64L, 64L));
        assertThat(values.get("nested")).isEqualTo(Map.of("k", 1L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> values.asMap().put("x", 1));
    }

    @Test
    void replacesInPlaceAndAddsAtTheEnd() {
        HyperParams values = HyperParams.empty().with("b", 1).with("a", 2).with("b", 3);
        assertThat(values).hasToString("{b=3, a=2}");
        assertThat(values.withAll(HyperParams.empty().with("c", true).with("a", 9)))
                .hasToString("{b=3, a=9, c=true}");
        assertThat(values.only(List.of("a", "zzz"))).hasToString("{a=2}");
        assertThat(HyperParams.of(values.asMap())).hasToString("{b=3, a=2}");
    }

    @Test
    void refusesNullAndNaN() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyperParams.empty().with("lr", Double.NaN))
                .withMessageContaining("lr is NaN");
        Map<String, Object> withNull = new LinkedHashMap<>();
        withNull.put("lr", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HyperParams.of(withNull))
                .withMessageContaining("lr is null");
    }
}
