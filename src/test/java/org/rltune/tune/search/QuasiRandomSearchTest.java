package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class QuasiRandomSearchTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new QuasiRandomSearch();
    }

    private static HyperParams next(Searcher searcher, int number) {
        return ((Suggestion.Next) searcher.suggest(number)).config();
    }

    private static Searcher begun(Searcher searcher, SearchSpace space) {
        searcher.begin(new Searcher.Setup("", Mode.MAX, space, Seeds.of(5), 100));
        return searcher;
    }

    @Test
    void triesEachOptionAndEachPartOfEachAxisOnce() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("lr", Domain.loguniform(1e-4, 1));
        config.put("k", Domain.randint(0, 16));
        config.put("activation", Domain.choice("tanh", "relu", "elu", "gelu"));
        Searcher searcher = begun(new QuasiRandomSearch(), SearchSpace.of(config));
        Set<Object> decades = new HashSet<>();
        Set<Object> numbers = new HashSet<>();
        Map<Object, Integer> activations = new LinkedHashMap<>();
        for (int i = 0; i < 16; i++) {
            HyperParams values = next(searcher, i);
            decades.add((int) Math.floor(4 * Math.log10(values.getDouble("lr")) + 1e-9)); // 16 parts of 4 decades
            numbers.add(values.getLong("k"));
            activations.merge(values.get("activation"), 1, Integer::sum);
        }
        assertThat(decades).hasSize(16);
        assertThat(numbers).hasSize(16);
        assertThat(activations.values()).containsExactly(4, 4, 4, 4);
    }

    @Test
    void beginsAtTheLowerEndsWithoutScrambling() {
        SearchSpace space = SearchSpace.of(Map.of("x", Domain.uniform(-3, 5)));
        Searcher searcher = begun(QuasiRandomSearch.builder().scramble(false).build(), space);
        assertThat(next(searcher, 0).getDouble("x")).isEqualTo(-3);
        assertThat(next(searcher, 1).getDouble("x")).isEqualTo(1);
        assertThat(next(searcher, 2).getDouble("x")).isEqualTo(3);
    }

    @Test
    void givenPointsComeFirstAndUseUpNoPointOfTheSequence() {
        SearchSpace space = SearchSpace.of(Map.of("x", Domain.uniform(-3, 5)));
        Searcher searcher = begun(
                QuasiRandomSearch.builder()
                        .scramble(false)
                        .pointsToEvaluate(List.of(Map.of("x", 2.5)))
                        .build(),
                space);
        assertThat(next(searcher, 0).getDouble("x")).isEqualTo(2.5);
        assertThat(next(searcher, 1).getDouble("x")).isEqualTo(-3);
        assertThat(next(searcher, 2).getDouble("x")).isEqualTo(1);
    }
}
