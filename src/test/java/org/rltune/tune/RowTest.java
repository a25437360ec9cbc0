package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** A row behaves as the map from which it was made. */
final class RowTest {
    private final Row.Maker maker = new Row.Maker();

    private static Map<String, Object> map(int columns, int value) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = columns; i > 0; i--) {
            map.put("column " + i, value + i);
        }
        return map;
    }

    @Test
    void isTheMapFromWhichItWasMadeWithItsOrder() {
        for (int columns = 0; columns < 20; columns++) { // more kinds of rows than names are kept of
            for (int value = 0; value < 2; value++) {
                Map<String, Object> map = map(columns, value);
                Row row = maker.of(map);
                assertThat(row).isEqualTo(map).hasSameHashCodeAs(map).hasToString(map.toString());
                assertThat(map).isEqualTo(row);
                assertThat(new ArrayList<>(row.keySet())).isEqualTo(new ArrayList<>(map.keySet()));
                assertThat(new ArrayList<>(row.entrySet())).isEqualTo(new ArrayList<>(map.entrySet()));
                List<String> seen = new ArrayList<>();
                row.forEach((name, one) -> seen.add(name + "=" + one));
                assertThat(seen).hasSize(columns);
                assertThat(row.get("column 1")).isEqualTo(map.get("column 1"));
                assertThat(row.containsKey("column 21")).isFalse();
                assertThat(row.get("column 21")).isNull();
            }
        }
    }

    @Test
    void tellsRowsApartThatHaveTheSameColumnsInAnotherOrder() {
        Map<String, Object> back = new LinkedHashMap<>();
        back.put("column 1", "a");
        back.put("column 2", "b");
        maker.of(map(2, 0));
        assertThat(maker.of(back).keySet()).containsExactly("column 1", "column 2");
    }

    @Test
    void doesNotChange() {
        Row row = maker.of(map(2, 0));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> row.put("x", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> row.keySet().remove("column 1"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> row.entrySet().clear());
        var entries = row.entrySet().iterator();
        entries.next();
        entries.next();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
    }
}
