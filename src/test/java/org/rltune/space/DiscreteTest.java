package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DiscreteTest extends SpaceContract<Integer> {
    @Override
    List<Discrete> spaces() {
        return List.of(
                Discrete.of(1),
                Discrete.of(5),
                Discrete.of(5, -2),
                Discrete.of(Integer.MAX_VALUE),
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
