package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.Graph;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.OneOf;
import org.rltune.space.Sequence;
import org.rltune.space.Space;
import org.rltune.space.Text;
import org.rltune.space.Tuple;

final class ZerosTest {
    @Test
    void zeroLiesInEverySpace() {
        Box box = Box.of(new float[] {-1, 2, -5}, new float[] {1, 3, -4});
        List<Space<?>> spaces = List.of(
                box,
                ArrayBox.of(DType.INT16, 3, 9, 2),
                Discrete.of(3, -7),
                MultiDiscrete.of(new int[] {2, 3}, new int[] {1, -2}),
                MultiBinary.of(4),
                Text.of(2, 5),
                Tuple.of(box, Discrete.of(2)),
                Dict.of("a", box, "b", Discrete.of(2)),
                OneOf.of(Discrete.of(2), box),
                Sequence.of(box),
                Graph.of(box, Discrete.of(3)),
                Graph.of(Discrete.of(3, 1), null));
        for (Space<?> space : spaces) {
            assertThat(space.violationOf(Zeros.of(space))).as(space.toString()).isNull();
        }
    }

    @Test
    void zeroIsTheNearestValue() {
        assertThat(Zeros.of(Box.of(new float[] {-1, 2, -5}, new float[] {1, 3, -4})))
                .containsExactly(0, 2, -4);
        assertThat(Zeros.of(Discrete.of(3, -7))).isEqualTo(-7);
        assertThat(Zeros.of(Dict.of("b", Discrete.of(2), "t", Text.of(2, 3, "xy"))))
                .isEqualTo(Map.of("b", 0, "t", "xx"));
    }
}
