package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.grid;
import static org.rltune.tune.space.Domain.uniform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GridPointsTest {
    @Test
    void goesThroughNestedLoopsInTheOrderOfDeclaration() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("b", grid(1, 2));
        config.put("free", uniform(0, 1));
        config.put("a", grid("x", "y", "z"));
        GridPoints points = SearchSpace.of(config).grid();
        List<String> seen = new ArrayList<>();
        for (long i = 0; i < points.size(); i++) {
            seen.add(points.at(i).toString());
        }
        List<String> loops = new ArrayList<>();
        for (int b : new int[] {1, 2}) {
            for (String a : List.of("x", "y", "z")) {
                loops.add("{b=" + b + ", a=\"" + a + "\"}");
            }
        }
        assertThat(seen).isEqualTo(loops);
        assertThat(points.names()).containsExactly("b", "a");
        assertThat(points.arithmetic()).isEqualTo("2 x 3");
    }

    @Test
    void countsTenHyperparametersWithFourStepsEachWithoutMakingThem() {
        SearchSpace space = SearchSpace.of(Map.of());
        for (int i = 0; i < 10; i++) {
            space = space.with("h" + i, grid(1, 2, 3, 4));
        }
        assertThat(space.gridSize()).isEqualTo(1_048_576L);
        Set<HyperParams> seen = new LinkedHashSet<>();
        for (long i = 0; i < 1_048_576L; i += 1023) {
            HyperParams point = space.grid().at(i);
            seen.add(point);
            long index = 0;
            for (String name : point.names()) {
                index = index * 4 + point.getLong(name) - 1;
            }
            assertThat(index).isEqualTo(i);
        }
        assertThat(seen).hasSize(1026);
    }

    @Test
    void refusesMorePointsThanCanBeCounted() {
        SearchSpace space = SearchSpace.of(Map.of());
        for (int i = 0; i < 31; i++) {
            space = space.with("h" + i, grid(1, 2, 3, 4));
        }
        assertThat(space.gridSize()).isEqualTo(1L << 62);
        SearchSpace larger = space.with("one_more", grid(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(larger::gridSize)
                .withMessageContaining("The grid has 4 x 4 x ")
                .withMessageContaining("x 2 points, more than 2^63 - 1. Give it fewer values.");
    }

    @Test
    void hasOneEmptyPointWithoutAGrid() {
        GridPoints none = SearchSpace.of(Map.of("a", 1, "b", uniform(0, 1))).grid();
        assertThat(none.size()).isEqualTo(1);
        assertThat(none.at(0)).isEqualTo(HyperParams.empty());
        assertThat(none.arithmetic()).isEqualTo("1");
        assertThatIllegalArgumentException().isThrownBy(() -> none.at(1)).withMessageContaining("from 0 to 0");
        assertThatIllegalArgumentException().isThrownBy(() -> none.at(-1)).withMessageContaining("is -1");
    }
}
