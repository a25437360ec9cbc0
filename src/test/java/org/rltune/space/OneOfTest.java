package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;

final class OneOfTest extends SpaceContract<OneOf.Choice> {
    @Override
    List<OneOf> spaces() {
        return List.of(
                OneOf.of(Discrete.of(5), Box.of(-1, 1, 3), MultiBinary.of(2)),
                OneOf.of(Box.of(-1, 1, 3), Discrete.of(5)),
                OneOf.of(List.of(Text.of(3))),
                OneOf.of(Discrete.of(2), Sequence.of(Discrete.of(2))));
    }

    @Test
    void keepsItsSpacesInOrder() {
        assertThat(spaces().get(1).spaces()).containsExactly(Box.of(-1, 1, 3), Discrete.of(5));
        assertThat(OneOf.of(Discrete.of(2), Discrete.of(3))).hasToString("OneOf(Discrete(2), Discrete(3))");
    }

    @Test
    void containsValuesOfTheSpaceThatTheyName() {
        OneOf space = OneOf.of(Box.of(0, 1), Box.of(-1, 0, 2));
        assertThat(space.violation(new OneOf.Choice(0, new float[] {0.5f}))).isNull();
        assertThat(space.violation(new OneOf.Choice(1, new float[] {-0.5f, -0.5f})))
                .isNull();
        assertThat(space.violation(new OneOf.Choice(0, new float[] {-0.5f, -0.5f})))
                .startsWith("space 0: the length is 2");
        assertThat(space.violation(new OneOf.Choice(2, 0))).isEqualTo("the index is 2, but there are 2 spaces");
        assertThat(space.violation(new OneOf.Choice(-1, 0))).isEqualTo("the index is -1, but there are 2 spaces");
        assertThat(space.violation(new OneOf.Choice(0, "x"))).startsWith("space 0: the value is a String");
    }

    @Test
    void comparesChoicesByTheirElements() {
        OneOf.Choice choice = new OneOf.Choice(1, new float[] {1, 2});
        assertThat(choice)
                .isEqualTo(new OneOf.Choice(1, new float[] {1, 2}))
                .isNotEqualTo(new OneOf.Choice(0, new float[] {1, 2}))
                .isNotEqualTo(new OneOf.Choice(1, new float[] {1, 3}))
                .hasSameHashCodeAs(new OneOf.Choice(1, new float[] {1, 2}))
                .hasToString("(1, [1.0, 2.0])");
    }

    @Test
    void padsTheFlatFormWithItsFirstElement() {
        OneOf space = OneOf.of(Discrete.of(2), Box.of(-1, 3, 4));
        assertThat(space.flatten(new OneOf.Choice(0, 1))).containsExactly(0, 0, 1, 0, 0);
        assertThat(space.flatten(new OneOf.Choice(0, 0))).containsExactly(0, 1, 0, 1, 1);
        assertThat(space.flattened()).isEqualTo(Box.of(new float[] {0, -1, -1, -1, -1}, new float[] {1, 3, 3, 3, 3}));
        refuses(() -> space.unflatten(new float[] {2, 0, 0, 0, 0}, 0), "index of the space is 2");
    }

    @Test
    void masksEachSpace() {
        OneOf space = OneOf.of(Discrete.of(3), Discrete.of(2));
        SpaceSampler<OneOf.Choice> sampler = space.sampler(0);
        for (int i = 0; i < 20; i++) {
            OneOf.Choice choice = sampler.sample(Mask.each(Mask.of(0, 0, 1), Mask.of(0, 1)));
            assertThat(choice.value()).isEqualTo(choice.index() == 0 ? 2 : 1);
        }
        refuses(() -> sampler.sample(Mask.each(Mask.none())), "has 1 parts", "must be 2");
        refuses(() -> SpaceSampler.of(space, SeedTree.each(1, 2)), "There are 2 seeds", "needs 3");
    }

    @Test
    void readsAndWritesTheIndexAndTheValue() {
        OneOf space = spaces().get(0);
        assertThat(Json.write(space.toJsonable(new OneOf.Choice(2, new byte[] {0, 1}))))
                .isEqualTo("[2,[0,1]]");
        refuses(() -> space.fromJsonable(List.of(3, 1)), "value[0] is 3");
        refuses(() -> space.fromJsonable(List.of(1)), "value has 1 elements");
        refuses(OneOf::of, "number of spaces is 0");
    }
}
