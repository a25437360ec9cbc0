package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;

final class MultiBinaryTest extends SpaceContract<byte[]> {
    @Override
    List<MultiBinary> spaces() {
        return List.of(MultiBinary.of(8), MultiBinary.of(2, 4), MultiBinary.of(4, 2), MultiBinary.of(1));
    }

    @Test
    void containsZerosAndOnesOnly() {
        MultiBinary space = MultiBinary.of(3);
        assertThat(space.violation(new byte[] {0, 1, 1})).isNull();
        assertThat(space.violation(new byte[] {0, 2, 1})).isEqualTo("index 1: value 2 is neither 0 nor 1");
        assertThat(space.violation(new byte[2])).isEqualTo("the length is 2, but a value of (3,) has 3 elements");
        assertThat(space.size()).isEqualTo(3);
    }

    @Test
    void keepsTheBitsThatTheMaskFixes() {
        SpaceSampler<byte[]> sampler = MultiBinary.of(2, 2).sampler(0);
        boolean[] seen = new boolean[2];
        for (int i = 0; i < 50; i++) {
            byte[] value = sampler.sample(Mask.of(0, 1, 2, 0));
            assertThat(new byte[] {value[0], value[1], value[3]}).containsExactly(0, 1, 0);
            seen[value[2]] = true;
        }
        assertThat(seen).containsExactly(true, true);
    }

    /** Over 10,000 draws a frequency has a standard deviation of at most 0.005. */
    @Test
    void samplesWithTheGivenProbabilities() {
        SpaceSampler<byte[]> sampler = MultiBinary.of(4).sampler(0);
        double[] counts = new double[4];
        for (int i = 0; i < 10_000; i++) {
            byte[] value = sampler.sample(Mask.probability(0, 1, 0.5, 0.25));
            for (int j = 0; j < 4; j++) {
                counts[j] += value[j] * 1e-4;
            }
        }
        assertThat(counts).containsExactly(new double[] {0, 1, 0.5, 0.25}, within(0.02));
    }

    @Test
    void refusesMasksThatDoNotFit() {
        SpaceSampler<byte[]> sampler = MultiBinary.of(2).sampler(0);
        refuses(() -> sampler.sample(Mask.of(1)), "has 1 values", "must be 2");
        refuses(() -> sampler.sample(Mask.of(1, 3)), "holds 3", "0, 1 and 2");
        refuses(() -> sampler.sample(Mask.probability(0.5, 1.5)), "probability[1]", "1.5");
        refuses(() -> sampler.sample(Mask.probability(0.5)), "have 1 values");
    }

    @Test
    void readsAndWritesValuesByTheirShape() {
        MultiBinary space = MultiBinary.of(2, 2);
        assertThat(Json.write(space.toJsonable(new byte[] {1, 0, 0, 1}))).isEqualTo("[[1,0],[0,1]]");
        assertThat(space.flatten(new byte[] {1, 0, 0, 1})).containsExactly(1, 0, 0, 1);
        refuses(() -> space.fromJsonable(List.of(List.of(1, 2), List.of(0, 1))), "value[1] is 2");
        refuses(() -> space.flatten(new byte[3]), "has 3 elements");
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(MultiBinary.of(6)).hasToString("MultiBinary(6)");
        assertThat(MultiBinary.of(2, 3)).hasToString("MultiBinary((2, 3))");
    }

    @Test
    void refusesShapesThatMakeNoSpace() {
        refuses(() -> MultiBinary.of(0), "shape[0] is 0");
        refuses(() -> MultiBinary.of(), "number of dimensions is 0");
    }
}
