package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextTest extends SpaceContract<String> {
    @Override
    List<Text> spaces() {
        return List.of(
                Text.of(5),
                Text.of(0, 5),
                Text.of(6),
                Text.of(1, 5, "abc"),
                Text.of(1, 5, "cba"),
                Text.of(2, 2, "a\u00e9\ud83d\ude00"));
    }

    @Test
    void countsCharactersAndNotTheirUnits() {
        Text space = spaces().get(5);
        assertThat(space.violation("\ud83d\ude00\u00e9")).isNull();
        assertThat(space.violation("a")).isEqualTo("the length is 1, but it must lie in [2, 2]");
        assertThat(space.violation("ab")).startsWith("index 1: the character 'b' is not in the set ");
        assertThat(space.indexOf(0x1f600)).isEqualTo(2);
        assertThat(space.flatten("\ud83d\ude00a")).containsExactly(2, 0);
        assertThat(space.sample(new org.rltune.random.Pcg64(1)).codePoints()).hasSize(2);
    }

    @Test
    void padsTheFlatFormWithTheSizeOfTheSet() {
        Text space = Text.of(1, 4, "abc");
        assertThat(space.flatten("ca")).containsExactly(2, 0, 3, 3);
        assertThat(space.unflatten(new float[] {2, 0, 3, 3}, 0)).isEqualTo("ca");
        assertThat(space.flattened()).isEqualTo(Box.of(0, 3, 4));
        refuses(() -> space.flatten("abcab"), "the length is 5");
        refuses(() -> space.unflatten(new float[] {-1, 0, 0, 0}, 0), "values[0] is -1");
    }

    @Test
    void samplesTheLengthAndCharactersOfTheMask() {
        SpaceSampler<String> sampler = Text.of(1, 5, "abcd").sampler(0);
        assertThat(sampler.sample(Mask.text(3, Mask.of(0, 1, 0, 0)))).isEqualTo("bbb");
        assertThat(sampler.sample(Mask.text(3, Mask.probability(0, 1, 0, 0)))).isEqualTo("bbb");
        assertThat(sampler.sample(Mask.text(2, Mask.probability(0.5, 0.5, 0, 0))))
                .matches("[ab]{2}");
        assertThat(sampler.sample(Mask.text(4, Mask.none()))).matches("[abcd]{4}");
        assertThat(sampler.sample(Mask.text(Mask.of(1, 0, 0, 1)))).matches("[ad]{1,5}");
        assertThat(Text.of(0, 5).sampler(0).sample(Mask.text(Mask.of(new int[62]))))
                .isEmpty();
    }

    @Test
    void refusesMasksThatDoNotFit() {
        SpaceSampler<String> sampler = Text.of(2, 5, "abcd").sampler(0);
        refuses(() -> sampler.sample(Mask.text(3, Mask.of(0, 0, 0, 0))), "allows no character", "at least 2");
        refuses(() -> sampler.sample(Mask.text(6, Mask.none())), "length of the text is 6", "[2, 5]");
        refuses(() -> sampler.sample(Mask.text(Mask.of(1, 1))), "has 2 values", "must be 4");
        refuses(() -> sampler.sample(Mask.text(Mask.of(1, 1, 2, 0))), "holds 2");
        refuses(() -> sampler.sample(Mask.text(Mask.probability(0, 0, 0, 0))), "sum to 0.0");
        refuses(() -> sampler.sample(Mask.of(1, 1, 1, 1)), "Mask.text");
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(Text.of(5))
                .hasToString("Text(1, 5, charset=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz)");
        assertThat(Text.of(0, 9, "zyx")).hasToString("Text(0, 9, charset=xyz)");
    }

    @Test
    void refusesLengthsAndCharactersThatMakeNoSpace() {
        refuses(() -> Text.of(-1, 5), "minLength is -1");
        refuses(() -> Text.of(6, 5), "maxLength is 5", "at least 6");
        refuses(() -> Text.of(1, 5, ""), "number of characters is 0");
        refuses(() -> Text.of(1, 5, "abca"), "'a' stands twice");
        refuses(() -> Text.of(5).fromJsonable(3L), "value is 3", "a text");
    }
}
