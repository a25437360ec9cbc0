package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rltune.random.Seeds;

class SobolPointsTest {

    /** By hand from the direction numbers of the file new-joe-kuo-6.21201 (also what scipy.stats.qmc.Sobol gives). */
    @Test
    void beginsAsPublished() {
        double[][] expected = {
            {0, 0, 0, 0, 0},
            {0.5, 0.5, 0.5, 0.5, 0.5},
            {0.75, 0.25, 0.25, 0.25, 0.75},
            {0.25, 0.75, 0.75, 0.75, 0.25},
            {0.375, 0.375, 0.625, 0.875, 0.375},
            {0.875, 0.875, 0.125, 0.375, 0.875},
            {0.625, 0.125, 0.875, 0.625, 0.625},
            {0.125, 0.625, 0.375, 0.125, 0.125}
        };
        SobolPoints points = new SobolPoints(5);
        for (int i = 0; i < expected.length; i++) {
            assertThat(points.at(i)).as("point %d", i).containsExactly(expected[i]);
        }
        assertThat(points.at(3)).as("asked again").containsExactly(expected[3]);
    }

    /** Direction numbers of dimension 3 (degree 2, a = 1, m = 1, 3): v1 = 1/2, v2 = 3/4, v3 = v2 ^ (v1 >> 2) ^ (v1 << ...). */
    @Test
    void followsTheRecurrenceOfJoeAndKuoInTheThirdDimension() {
        long[] v = new long[21];
        v[1] = 1L << 51;
        v[2] = 3L << 50;
        for (int i = 3; i <= 20; i++) {
            v[i] = v[i - 2] ^ (v[i - 2] >>> 2) ^ v[i - 1]; // degree s = 2, a = 1
        }
        SobolPoints points = new SobolPoints(3);
        long x = 0;
        for (int i = 1; i < 5000; i++) {
            x ^= v[Integer.numberOfTrailingZeros(i) + 1]; // Gray code: the digit that changes
            assertThat(points.at(i)[2]).as("point %d", i).isEqualTo(x / 0x1.0p52);
        }
    }

    @Test
    void scramblingKeepsOnePointInEachInterval() {
        int n = 1 << 9;
        for (long seed = 0; seed < 5; seed++) {
            SobolPoints points = new SobolPoints(4, Seeds.of(seed), "test");
            for (int axis = 0; axis < 4; axis++) {
                Set<Integer> cells = new HashSet<>();
                for (int i = 0; i < n; i++) {
                    double x = points.at(i)[axis];
                    assertThat(x).isGreaterThanOrEqualTo(0).isLessThan(1);
                    cells.add((int) (x * n));
                }
                assertThat(cells).as("seed %d, axis %d", seed, axis).hasSize(n);
            }
        }
    }

    @Test
    void scramblingKeepsTheFirstTwoAxesANetInEveryShapeOfBoxes() {
        SobolPoints points = new SobolPoints(2, Seeds.of(3), "test");
        for (int wide = 0; wide <= 8; wide++) {
            Set<Integer> boxes = new HashSet<>();
            for (int i = 0; i < 256; i++) {
                double[] x = points.at(i);
                boxes.add(((int) (x[0] * (1 << wide)) << 8) + (int) (x[1] * (1 << (8 - wide))));
            }
            assertThat(boxes).as("2^%d columns", wide).hasSize(256);
        }
    }

    @Test
    void scramblingSpreadsTheFirstPointEvenlyOverSeeds() {
        int seeds = 4000;
        double sum = 0;
        double squares = 0;
        for (long seed = 0; seed < seeds; seed++) {
            double x = new SobolPoints(1, Seeds.of(seed), "test").at(0)[0];
            sum += x;
            squares += x * x;
        }
        double mean = sum / seeds;
        assertThat(mean).isBetween(0.5 - 0.02, 0.5 + 0.02); // four deviations of a mean of uniforms: 0.018
        assertThat(squares / seeds - mean * mean).isBetween(1 / 12.0 - 0.006, 1 / 12.0 + 0.006);
    }

    @Test
    void refusesMoreAxesThanAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SobolPoints(21202))
                .withMessageContaining("21201");
    }
}
