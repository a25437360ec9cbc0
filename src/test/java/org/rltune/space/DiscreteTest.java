package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

final class DiscreteTest extends SpaceContract<Integer> {
    @Override
    List<Discrete> spaces() {
        return List.of(
                Discrete.of(1),
                Discrete.of(5),
                Discrete.of(5, -2),
                Discrete.of(2, Integer.MAX_VALUE - 1),
                Discrete.of(3, Integer.MIN_VALUE));
    }

    @Test
    void containsItsNumbersAndNoOthers() {
        Discrete space = Discrete.of(3, -1);
        assertThat(space.violation(-1)).isNull();
        assertThat(space.violation(1)).isNull();
        assertThat(space.violation(2)).isEqualTo("value 2 is above the bound 1");
        assertThat(space.violation(-2)).isEqualTo("value -2 is below the bound -1");
        assertThat(space.flatSize()).isEqualTo(3);
    }

    @Test
    void samplesOverTheWholeRangeOfAnInt() {
        Discrete space = Discrete.of(Integer.MAX_VALUE);
        for (int i = 0; i < 100; i++) {
            assertThat(space.violation(space.sample(new Pcg64(i)))).isNull();
        }
    }

    @Test
    void samplesOnlyWhatTheMaskAllows() {
        Discrete space = Discrete.of(4, 2);
        SpaceSampler<Integer> sampler = space.sampler(0);
        for (int i = 0; i < 50; i++) {
            assertThat(sampler.sample(Mask.of(0, 1, 0, 0))).isEqualTo(3);
            assertThat(sampler.sample(Mask.of(0, 0, 0, 0))).isEqualTo(2);
            assertThat(sampler.sample(Mask.of(0, 1, 0, 1))).isIn(3, 5);
            assertThat(sampler.sample(Mask.probability(0, 1, 0, 0))).isEqualTo(3);
            assertThat(sampler.sample(Mask.probability(0, 0.5, 0, 0.5))).isIn(3, 5);
        }
    }

    @Test
    void refusesMasksOfOtherLengthsAndValues() {
        SpaceSampler<Integer> sampler = Discrete.of(3).sampler(0);
        refuses(() -> sampler.sample(Mask.of(0, 1)), "has 2 values", "must be 3");
        refuses(() -> sampler.sample(Mask.of(0, 1, 2)), "holds 2", "0 and 1");
        refuses(() -> sampler.sample(Mask.of(0, -1, 1)), "holds -1");
        refuses(() -> sampler.sample(Mask.probability(0.5, 0.5)), "have 2 values", "must be 3");
        refuses(() -> sampler.sample(Mask.probability(-0.5, 1, 0.5)), "probability[0]", "-0.5", "[0, 1]");
        refuses(() -> sampler.sample(Mask.probability(0.2, 0.3, 0.6)), "sum to 1.1", "Divide");
        refuses(() -> sampler.sample(Mask.probability(0, 0, 0)), "sum to 0.0", "Set one above 0");
        refuses(() -> sampler.sample(Mask.probability(Double.NaN, 0, 1)), "probability[0]", "NaN");
    }

    @Test
    void hasAFlatFormWithASingleOne() {
        assertThat(Discrete.of(3, 7).flatten(8)).containsExactly(0, 1, 0);
        assertThat(Discrete.of(3, 7).unflatten(new float[] {5, 0, 0, 0.5f}, 1)).isEqualTo(9);
        refuses(() -> Discrete.of(1).unflatten(new float[1], 0), "are 0", "Set one of them to 1");
        refuses(() -> Discrete.of(3, 7).flatten(10), "value 10 is above the bound 9");
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(Discrete.of(4)).hasToString("Discrete(4)");
        assertThat(Discrete.of(4, 2)).hasToString("Discrete(4, start=2)");
    }

    @Test
    void refusesSizesThatMakeNoSpace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discrete.of(0))
                .withMessage("n is 0, but it must be at least 1. Set n to 1 or more.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Discrete.of(2, Integer.MAX_VALUE))
                .withMessageContaining("start + n - 1 is 2147483648");
    }
}
