package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SequenceTest extends SpaceContract<List<Object>> {
    @Override
    List<Sequence> spaces() {
        return List.of(
                Sequence.of(Discrete.of(3)),
                Sequence.of(Discrete.of(3), true),
                Sequence.of(Box.of(0, 1, 2)),
                Sequence.of(Tuple.of(Discrete.of(2), MultiBinary.of(2)), true),
                Sequence.of(Sequence.of(Text.of(2))));
    }

    @Test
    void takesTheLengthOfTheMask() {
        SpaceSampler<List<Object>> sampler = Sequence.of(Box.of(0, 1)).sampler(0);
        for (int length = 0; length < 4; length++) {
            assertThat(sampler.sample(Mask.sequence(new int[] {length}, Mask.none())))
                    .hasSize(length);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(sampler.sample(Mask.sequence(new int[] {3, 5}, Mask.none()))
                            .size())
                    .isIn(3, 5);
            assertThat(Sequence.of(Discrete.of(3)).sampler(i).sample(Mask.sequence(Mask.of(0, 1, 0))))
                    .isNotEmpty()
                    .containsOnly(1);
        }
    }

    @Test
    void refusesMasksThatDoNotFit() {
        SpaceSampler<List<Object>> sampler = Sequence.of(Discrete.of(3)).sampler(0);
        refuses(() -> Mask.sequence(new int[] {1, -1}, Mask.none()), "length is -1");
        refuses(() -> Mask.sequence(new int[0], Mask.none()), "lengths.length is 0");
        refuses(() -> sampler.sample(Mask.sequence(new int[] {1}, Mask.of(1))), "has 1 values");
        refuses(() -> sampler.sample(Mask.of(1, 1, 1)), "Mask.sequence");
        refuses(() -> SpaceSampler.of(sampler.space(), SeedTree.each(1)), "There are 1 seeds", "needs 2");
        refuses(
                () -> SpaceSampler.of(sampler.space(), SeedTree.each(List.of(SeedTree.each(1), SeedTree.of(2)))),
                "The first of the seeds");
    }

    @Test
    void saysWhichElementIsWrong() {
        Sequence space = Sequence.of(Discrete.of(3));
        assertThat(space.violation(List.of())).isNull();
        assertThat(space.violation(List.of(0, 2))).isNull();
        assertThat(space.violation(List.of(0, 3))).isEqualTo("element 1: value 3 is above the bound 2");
        assertThat(space.violation(List.of("x"))).startsWith("element 0: the value is a String");
    }

    @Test
    void stacksItsElementsInOneArray() {
        assertThat(Sequence.of(Discrete.of(3)).stack(List.of(2, 0))).isEqualTo(new int[] {2, 0});
        assertThat(Sequence.of(Box.of(0, 1, 2)).stack(List.of(new float[] {0, 1}, new float[] {0.5f, 0})))
                .isEqualTo(new float[] {0, 1, 0.5f, 0});
        assertThat(Sequence.of(ArrayBox.uint8(0, 9, 1)).stack(List.of(new byte[] {7})))
                .isEqualTo(new byte[] {7});
        assertThat(Sequence.of(MultiDiscrete.of(3, 3)).stack(List.of())).isEqualTo(new int[0]);
        List<?> tuple =
                (List<?>) spaces().get(3).stack(List.of(List.of(1, new byte[] {0, 1}), List.of(0, new byte[] {1, 1})));
        equal(tuple, List.of(new int[] {1, 0}, new byte[] {0, 1, 1, 1}));
        Dict dict = Dict.of("a", Discrete.of(2));
        equal(Sequence.of(dict).stack(List.of(Map.of("a", 1), Map.of("a", 0))), Map.of("a", new int[] {1, 0}));
        assertThat(Sequence.of(Text.of(2)).stack(List.of("a", "b"))).isEqualTo(List.of("a", "b"));
        refuses(() -> Sequence.of(Discrete.of(3)).stack(List.of(5)), "value 5 is above");
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(spaces().get(1)).hasToString("Sequence(Discrete(3), stack=True)");
        assertThat(spaces().get(0)).hasToString("Sequence(Discrete(3), stack=False)");
        assertThat(spaces().get(1).stacked()).isTrue();
        assertThat(spaces().get(1).space()).isEqualTo(Discrete.of(3));
    }
}
