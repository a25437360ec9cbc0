package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;

final class MultiDiscreteTest extends SpaceContract<int[]> {
    @Override
    List<MultiDiscrete> spaces() {
        return List.of(
                MultiDiscrete.of(2, 3, 4),
                MultiDiscrete.of(2, 4, 3),
                MultiDiscrete.of(new int[] {2, 3, 4}, new int[] {1, 0, 1}),
                MultiDiscrete.of(new int[] {2, 3, 4}, new int[] {0, 0, 1}),
                MultiDiscrete.of(new int[] {1, 2, 3, 4}, new int[4], 2, 2),
                MultiDiscrete.of(1, 2, 3, 4),
                MultiDiscrete.of(101, 101, 101, 101),
                MultiDiscrete.of(new int[] {2}, new int[] {Integer.MAX_VALUE - 1}));
    }

    @Test
    void containsEachNumberFromItsStart() {
        MultiDiscrete space = MultiDiscrete.of(new int[] {3, 4, 5}, new int[] {10, 20, 30});
        assertThat(space.contains(new int[] {10, 20, 30})).isTrue();
        assertThat(space.contains(new int[] {12, 23, 34})).isTrue();
        assertThat(space.violation(new int[] {9, 20, 30})).isEqualTo("index 0: value 9 is below the bound 10");
        assertThat(space.violation(new int[] {13, 23, 34})).isEqualTo("index 0: value 13 is above the bound 12");
        assertThat(space.violation(new int[] {10, 20}))
                .isEqualTo("the length is 2, but a value of (3,) has 3 elements");
        assertThat(MultiDiscrete.of(new int[] {5}, new int[] {-10}).contains(new int[] {Integer.MAX_VALUE}))
                .isFalse();
    }

    @Test
    void givesTheSpaceOfEachElement() {
        MultiDiscrete space = MultiDiscrete.of(new int[] {3, 4, 5, 6}, new int[] {10, 20, 30, 40}, 2, 2);
        assertThat(space.get(1)).isEqualTo(Discrete.of(4, 20));
        assertThat(space.size()).isEqualTo(4);
        assertThat(space.shape()).containsExactly(2, 2);
        space.nvec()[0] = space.start()[0] = space.shape()[0] = 9;
        assertThat(space).isEqualTo(MultiDiscrete.of(new int[] {3, 4, 5, 6}, new int[] {10, 20, 30, 40}, 2, 2));
    }

    @Test
    void samplesOnlyWhatTheMaskAllows() {
        SpaceSampler<int[]> sampler = MultiDiscrete.of(2, 3, 4).sampler(0);
        Mask mask = Mask.each(Mask.of(1, 0), Mask.of(1, 1, 0), Mask.of(0, 0, 0, 0));
        for (int i = 0; i < 100; i++) {
            int[] value = sampler.sample(mask);
            assertThat(value[0]).isZero();
            assertThat(value[1]).isLessThan(2);
            assertThat(value[2]).isZero();
        }
    }

    /** Over 10,000 draws the frequency of 0.5 has a standard deviation of 0.005. */
    @Test
    void samplesWithTheGivenProbabilities() {
        SpaceSampler<int[]> sampler = MultiDiscrete.of(3, 3).sampler(0);
        Mask mask = Mask.each(Mask.probability(0.1, 0.7, 0.2), Mask.probability(0.5, 0, 0.5));
        double[][] counts = new double[2][3];
        for (int i = 0; i < 10_000; i++) {
            int[] value = sampler.sample(mask);
            counts[0][value[0]] += 1e-4;
            counts[1][value[1]] += 1e-4;
        }
        assertThat(counts[0]).containsExactly(new double[] {0.1, 0.7, 0.2}, within(0.02));
        assertThat(counts[1]).containsExactly(new double[] {0.5, 0, 0.5}, within(0.02));
        assertThat(counts[1][1]).isZero();
    }

    @Test
    void refusesMasksThatDoNotFit() {
        SpaceSampler<int[]> sampler = MultiDiscrete.of(2, 3).sampler(0);
        refuses(() -> sampler.sample(Mask.each(Mask.of(1, 0))), "has 1 parts", "must be 2");
        refuses(() -> sampler.sample(Mask.each(Mask.of(1, 0), Mask.of(1, 0))), "has 2 values", "must be 3");
        refuses(() -> sampler.sample(Mask.each(Mask.of(1, 0), Mask.none())), "Discrete(3) takes another kind");
        refuses(() -> sampler.sample(Mask.of(1, 0)), "Mask.each");
        refuses(() -> sampler.sample(Mask.each(Mask.probability(1, 0), Mask.probability(0, 0.5, 0.4))), "sum to 0.9");
        refuses(() -> Mask.each(Mask.of(1, 0), Mask.probability(0, 0.5, 0.5)), "never both");
    }

    @Test
    void hasAFlatFormWithOneOneForEachElement() {
        MultiDiscrete space = MultiDiscrete.of(new int[] {2, 3}, new int[] {5, 0});
        assertThat(space.flatten(new int[] {6, 0})).containsExactly(0, 1, 1, 0, 0);
        assertThat(space.unflatten(new float[] {1, 0, 0, 0, 1}, 0)).containsExactly(5, 2);
        refuses(() -> space.unflatten(new float[] {1, 0, 0, 0, 0}, 0), "from 2 to 4 are 0");
        refuses(() -> space.flatten(new int[] {4, 0}), "value 4 is below");
    }

    @Test
    void readsAndWritesValuesByTheirShape() {
        MultiDiscrete space = MultiDiscrete.of(new int[] {9, 9, 9, 9}, new int[4], 2, 2);
        assertThat(Json.write(space.toJsonable(new int[] {1, 2, 3, 4}))).isEqualTo("[[1,2],[3,4]]");
        refuses(() -> space.fromJsonable(List.of(List.of(1, 2), List.of(3))), "has 1 elements");
        refuses(() -> space.toJsonable(new int[1]), "has 1 elements");
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(MultiDiscrete.of(3, 4)).hasToString("MultiDiscrete([3 4])");
        assertThat(MultiDiscrete.of(new int[] {3, 4}, new int[] {1, 2}))
                .hasToString("MultiDiscrete([3 4], start=[1 2])");
        assertThat(spaces().get(4)).hasToString("MultiDiscrete([[1 2] [3 4]])");
    }

    @Test
    void refusesCountsThatMakeNoSpace() {
        refuses(() -> MultiDiscrete.of(3, 0), "nvec[1] is 0");
        refuses(() -> MultiDiscrete.of(), "shape[0] is 0");
        refuses(() -> MultiDiscrete.of(new int[2], new int[3]), "nvec has 2 elements and start has 3");
        refuses(() -> MultiDiscrete.of(new int[] {1, 1}, new int[2], 3), "(3,) has 3 elements", "nvec has 2");
        refuses(() -> MultiDiscrete.of(new int[] {2}, new int[] {Integer.MAX_VALUE}), "start[0] + nvec[0] - 1");
        refuses(() -> MultiDiscrete.of(1 << 30, 1 << 30).flatSize(), "length of the flat form");
    }
}
