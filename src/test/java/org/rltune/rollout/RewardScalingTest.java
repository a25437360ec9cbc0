package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class RewardScalingTest {
    @Test
    void dividesByTheDeviationOfAllDiscountedReturnsSoFar() {
        long seed = 21;
        Pcg64 random = new Pcg64(seed);
        int envs = 3;
        double gamma = 0.9;
        RewardScaling scaling = new RewardScaling(envs, 2.5);
        scaling.gamma(gamma);
        double[] running = new double[envs];
        List<Double> returns = new ArrayList<>();
        for (int t = 0; t < 200; t++) {
            double[] reward = new double[envs];
            for (int e = 0; e < envs; e++) {
                reward[e] = random.uniform(-1, 4);
                boolean ended = random.nextDouble() < 0.1;
                running[e] = gamma * running[e] + reward[e];
                returns.add(running[e]);
                running[e] = ended ? 0 : running[e];
                scaling.observe(e, reward[e], ended);
            }
            scaling.refresh();
            double mean = returns.stream().mapToDouble(r -> r).sum() / returns.size();
            double variance =
                    returns.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum() / returns.size();
            for (double r : reward) {
                double expected = Math.max(-2.5, Math.min(2.5, r / Math.sqrt(variance + 1e-8)));
                assertThat((double) scaling.scaled(r))
                        .as("seed %d, step %d", seed, t)
                        .isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void beforeAnythingIsSeenARewardIsOnlyClipped() {
        assertThat(new RewardScaling(1, 10).scaled(3)).isEqualTo(3);
        assertThat(new RewardScaling(1, 10).scaled(-300)).isEqualTo(-10);
        assertThat(new RewardScaling(1, 0).scaled(-300)).isEqualTo(-300);
    }
}
