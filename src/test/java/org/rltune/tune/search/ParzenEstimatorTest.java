package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class ParzenEstimatorTest {
    private static final Axes AXES = axes();

    private static Axes axes() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("x", Domain.uniform(0, 1));
        config.put("c", Domain.choice("a", "b", "c"));
        config.put("k", Domain.randint(1, 5));
        return Axes.of(SearchSpace.of(config), "test");
    }

    private static double[] point(double x, String c, int k) {
        return AXES.point(HyperParams.of(Map.of("x", x, "c", c, "k", k)));
    }

    private static ParzenEstimator four() {
        return new ParzenEstimator(
                AXES.list(), List.of(point(0.2, "a", 1), point(0.7, "c", 4), point(0.25, "c", 2), point(0.9, "b", 2)));
    }

    /** Golden: log_pdf of Optuna 5.0.0's _ParzenEstimator on the same observations. */
    @Test
    void hasTheDensityOfOptuna() {
        assertThat(four().logDensity(point(0.5, "a", 1))).isCloseTo(-2.5934920386971707, within(1e-9));
        assertThat(four().logDensity(point(0.05, "c", 4))).isCloseTo(-2.96513186568499, within(1e-9));
        assertThat(four().logDensity(point(0.99, "b", 3))).isCloseTo(-2.0509346517452287, within(1e-9));
        ParzenEstimator none = new ParzenEstimator(AXES.list(), List.of());
        assertThat(none.logDensity(point(0.5, "b", 3))).isCloseTo(-2.4133243990786886, within(1e-9));
        ParzenEstimator one = new ParzenEstimator(AXES.list(), List.of(point(0.2, "a", 1)));
        assertThat(one.logDensity(point(0.5, "b", 3))).isCloseTo(-2.6537781804010594, within(1e-9));
    }

    @Test
    void densityIntegratesToOne() {
        double sum = 0;
        int steps = 400;
        for (String c : List.of("a", "b", "c")) {
            for (int k = 1; k <= 4; k++) {
                for (int i = 0; i < steps; i++) {
                    sum += Math.exp(four().logDensity(point((i + 0.5) / steps, c, k))) / steps;
                }
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-5)); // midpoint rule
    }

    @Test
    void drawsWhatTheDensitySays() {
        Pcg64 random = Seeds.of(4).stream("test");
        int draws = 20_000;
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < draws; i++) {
            double[] point = four().sample(random);
            assertThat(point[0]).isBetween(0.0, 1.0);
            counts.merge((int) (point[0] * 4) + "/" + (int) point[1] + "/" + (int) (point[2] * 4), 1, Integer::sum);
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            for (int option = 0; option < 3; option++) {
                for (int k = 0; k < 4; k++) {
                    double expected = 0;
                    for (int i = 0; i < 100; i++) {
                        double[] at = {(quarter + (i + 0.5) / 100) / 4, option, (k + 0.5) / 4};
                        expected += Math.exp(four().logDensity(at)) / 400;
                    }
                    double share = counts.getOrDefault(quarter + "/" + option + "/" + k, 0) / (double) draws;
                    double deviation = Math.sqrt(expected * (1 - expected) / draws);
                    assertThat(share).isCloseTo(expected, within(5 * deviation));
                }
            }
        }
    }
}
