package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.ppo.Evaluation;

class SuccessesTest {
    private static FixedRun run(double... returns) {
        return new FixedRun(0, List.of(), 0, new Evaluation(returns, new int[returns.length]), 0, "");
    }

    @Test
    void countsReturnsAboveTheThresholdAndTakesTheMedianOfTheSeeds() {
        List<FixedRun> runs = List.of(run(4, -0.1, 3.9, 0), run(4, 4, 4, 4), run(-1, -2, -3, 1));
        assertThat(new Successes(0).sentence(runs).strip())
                .isEqualTo("Successes (episodes with a return above 0), seed by seed: 50 %, 100 %, 25 %; median 50 %.");
        assertThat(new Successes(3.95).sentence(runs)).contains("above 3.95", "25 %, 100 %, 0 %; median 25 %");
        assertThat(new Successes(0).sentence(runs.subList(0, 2))).contains("50 %, 100 %; median 75 %");
    }
}
