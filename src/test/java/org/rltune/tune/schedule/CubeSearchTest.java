package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class CubeSearchTest {
    @Test
    void findsTheHighestOfSeveralHillsAndTheCorner() {
        for (int seed = 0; seed < 20; seed++) {
            double[] best = CubeSearch.maximise(
                    3, new Pcg64(seed), p -> hill(p, 0.2, 1) + hill(p, 0.8, 1.3)); // the second is higher
            assertThat(best).as("seed %d", seed).containsExactly(new double[] {0.8, 0.8, 0.8}, within(0.01));
            assertThat(CubeSearch.maximise(2, new Pcg64(seed), p -> p[0] - p[1]))
                    .containsExactly(1, 0);
        }
    }

    private static double hill(double[] p, double at, double height) {
        double squares = 0;
        for (double v : p) {
            squares += (v - at) * (v - at);
        }
        return height * Math.exp(-20 * squares);
    }
}
