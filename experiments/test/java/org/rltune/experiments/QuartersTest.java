package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.ppo.Evaluation;
import org.rltune.ppo.PpoConfig;

final class QuartersTest {
    /** A training whose mean return goes from {@code first} to {@code last} in a straight line, with a small ripple. */
    private static FixedRun run(long seed, double first, double last) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(Map.of("episode_reward_mean", first + (last - first) * i / 39 + (i % 2 == 0 ? 0.1 : -0.1)));
        }
        return new FixedRun(seed, rows, 40, new Evaluation(new double[] {1}, new int[] {1}), 1, "0".repeat(64));
    }

    @Test
    void theStandardErrorIsThatOfTheTextbook() {
        Quarters.Estimate estimate = Quarters.Estimate.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertThat(estimate.mean()).isEqualTo(5);
        assertThat(estimate.error()).isCloseTo(Math.sqrt(32.0 / 7 / 8), within(1e-12));
        Quarters.Estimate other = new Quarters.Estimate(2, 0.4);
        assertThat(new Quarters.Estimate(5, 0.3).above(other)).isCloseTo(6, within(1e-12)); // 3 over a 3-4-5 triangle
    }

    @Test
    void aTrainingMustEndAboveItsBeginningAndAboveChanceForEverySeed() {
        // A random player of CartPole-v1 comes to some 22 steps.
        Quarters quarters = new Quarters(PpoConfig.of("CartPole-v1"), 200);
        assertThat(quarters.markdown(List.of(run(3, 20, 60))))
                .contains("for every seed: yes.")
                .contains("| 3 | 24.");
        assertThat(quarters.reached(List.of(run(0, 20, 60)))).isTrue();
        assertThat(quarters.reached(List.of(run(0, 60, 60))))
                .as("no better than it began")
                .isFalse();
        assertThat(quarters.reached(List.of(run(0, 5, 15))))
                .as("better, but below chance")
                .isFalse();
        assertThat(quarters.reached(List.of(run(0, 20, 60), run(1, 60, 20)))).isFalse();
        assertThat(quarters.markdown(List.of(run(1, 60, 20)))).contains("for every seed: NO.");
    }
}
