package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.uniform;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Points to evaluate in nested and conditional spaces. */
class GivenTest {
    private static final SearchSpace SPACE = SearchSpace.of(Map.of(
            "model", Map.of("lr", uniform(0, 1), "act", "tanh"),
            "optimizer", conditional(Map.of("adam", Map.of("beta", uniform(0, 1)), "sgd", Map.of()))));

    @Test
    void takesPointsNestedOrByPath() {
        HyperParams nested = Given.checked("point", Map.of("model", Map.of("lr", 0.25)), SPACE);
        assertThat(nested).isEqualTo(Given.checked("point", Map.of("model/lr", 0.25), SPACE));
        assertThat(Given.complete(SPACE, nested, Seeds.of(1), 0).getDouble("model/lr"))
                .isEqualTo(0.25);
    }

    @Test
    void refusesAValueThatWouldNotBeThere() {
        HyperParams adam = Given.checked("point", Map.of("optimizer", "adam", "beta", 0.5), SPACE);
        assertThat(Given.complete(SPACE, adam, Seeds.of(1), 0).getDouble("beta"))
                .isEqualTo(0.5);
        for (Map<String, Object> point :
                List.<Map<String, Object>>of(Map.of("beta", 0.5), Map.of("beta", 0.5, "optimizer", "sgd"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Given.checked("points_to_evaluate[0]", point, SPACE))
                    .withMessageContaining(
                            "points_to_evaluate[0] sets beta, which exists only while optimizer = \"adam\"")
                    .withMessageContaining("leave beta out");
        }
    }
}
