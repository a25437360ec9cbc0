package org.rltune.tune.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BoxMinimizerTest {
    private static final BoxMinimizer.Smooth ROSENBROCK = (x, gradient) -> {
        double rise = x[1] - x[0] * x[0];
        gradient[0] = -400 * x[0] * rise - 2 * (1 - x[0]);
        gradient[1] = 200 * rise;
        return 100 * rise * rise + (1 - x[0]) * (1 - x[0]);
    };

    private static BoxMinimizer.Minimum minimum(double[] start, double[] low, double[] high) {
        return BoxMinimizer.minimize(ROSENBROCK, start, low, high, 1e-8, 500);
    }

    @Test
    void findsTheMinimumInsideTheBox() {
        BoxMinimizer.Minimum found = minimum(new double[] {-1.2, 1}, new double[] {-5, -5}, new double[] {5, 5});
        assertThat(found.x()[0]).isCloseTo(1, within(1e-4));
        assertThat(found.x()[1]).isCloseTo(1, within(2e-4));
        assertThat(found.value()).isLessThan(1e-8);
    }

    /** With x at most 1/2 the minimum lies at (1/2, 1/4): the first term vanishes there, the second cannot get smaller. */
    @Test
    void findsTheMinimumAtAFace() {
        BoxMinimizer.Minimum found = minimum(new double[] {-1.2, 1}, new double[] {-5, -5}, new double[] {0.5, 5});
        assertThat(found.x()[0]).isEqualTo(0.5);
        // It ends when a step gains less than 2e-9, and the value here is 1/4 + 100 dy^2.
        assertThat(found.x()[1]).isCloseTo(0.25, within(1e-5));
        assertThat(found.value()).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void startsInsideTheBoxAndStaysAtACornerThatIsBest() {
        BoxMinimizer.Minimum found = minimum(new double[] {9, 9}, new double[] {2, -1}, new double[] {3, 1});
        assertThat(found.x()).containsExactly(2, 1);
    }

    @Test
    void stepsBackFromWhereTheFunctionIsNotDefined() {
        BoxMinimizer.Minimum found = BoxMinimizer.minimize(
                (x, gradient) -> {
                    gradient[0] = 1 - 1 / x[0];
                    return x[0] > 0 ? x[0] - Math.log(x[0]) : Double.NaN;
                },
                new double[] {20},
                new double[] {-100},
                new double[] {100},
                1e-8,
                200);
        assertThat(found.x()[0]).isCloseTo(1, within(1e-4));
    }
}
