package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;

final class BoxTest extends SpaceContract<float[]> {
    private static final float INF = Float.POSITIVE_INFINITY;

    @Override
    List<Box> spaces() {
        return List.of(
                Box.of(-1, 1),
                Box.of(-1, 1, 3),
                Box.of(-1, 1, 3, 1),
                Box.of(-1, 2, 3),
                Box.of(-INF, INF, 2, 2),
                Box.of(new float[] {-INF, 0.1f, -INF, -1}, new float[] {INF, INF, 0.3f, 1}),
                Box.of(new float[] {-INF, 0.1f, -INF, -1}, new float[] {INF, INF, 0.3f, 1}, 2, 2),
                Box.of(2.4f, 2.4f, 1, 1),
                Box.of(-Float.MAX_VALUE, Float.MAX_VALUE, 2),
                Box.scalar(-1, 1));
    }

    @Test
    void saysWhichElementBreaksWhichBound() {
        Box box = Box.of(new float[] {-1, 0, -INF}, new float[] {1, INF, 2.4f});
        assertThat(box.violation(new float[] {-1, 0, 2.4f})).isNull();
        assertThat(box.violation(new float[] {0, 0, 5})).isEqualTo("index 2: value 5.0 is above the bound 2.4");
        assertThat(box.violation(new float[] {0, -0.5f, 5})).isEqualTo("index 1: value -0.5 is below the bound 0.0");
        assertThat(box.violation(new float[] {Float.NaN, 0, 0})).isEqualTo("index 0: value NaN is not a number");
        assertThat(box.violation(new float[] {0, 0})).isEqualTo("the length is 2, but a value of (3,) has 3 elements");
        assertThat(box.contains(new float[] {0, INF, -INF})).isTrue();
        assertThat(box.contains(new float[] {0, 0, Math.nextUp(2.4f)})).isFalse();
    }

    @Test
    void keepsItsOwnArrays() {
        float[] low = {0};
        float[] high = {1};
        int[] shape = {1, 1};
        Box box = Box.of(low, high, shape);
        low[0] = high[0] = 9;
        shape[0] = 7;
        box.low()[0] = box.high()[0] = 5;
        box.shape()[1] = 4;
        assertThat(box).isEqualTo(Box.of(0, 1, 1, 1));
    }

    @Test
    void knowsItsShapeAndBounds() {
        Box box = Box.of(new float[] {0, -INF, 1, 2, 3, 4}, new float[] {1, 1, INF, 2, 4, 5}, 2, 3);
        assertThat(box.size()).isEqualTo(6).isEqualTo(box.flatSize());
        assertThat(box.shape()).containsExactly(2, 3);
        assertThat(box.low(1)).isEqualTo(-INF);
        assertThat(box.high(4)).isEqualTo(4);
        assertThat(List.of(box.bounded(0), box.bounded(1), box.bounded(2), box.bounded(3)))
                .isEqualTo(List.of(true, false, false, true));
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(Box.of(-1, 1, 3)).hasToString("Box(-1.0, 1.0, (3,))");
        assertThat(Box.of(-INF, INF, 2, 3)).hasToString("Box(-inf, inf, (2, 3))");
        assertThat(Box.of(new float[] {0, -5}, new float[] {2, INF})).hasToString("Box([0.0, -5.0], [2.0, inf], (2,))");
    }

    @Test
    void takesNoMask() {
        refuses(() -> Box.of(0, 1).sampler(0).sample(Mask.of(0, 1, 0)), "takes none", "Mask.none()");
        refuses(() -> Box.of(0, 1).sampler(0).sample(Mask.probability(0, 1)), "takes none", "Mask.none()");
    }

    @Test
    void readsAndWritesValuesByTheirShape() {
        Box box = Box.of(0, 9, 2, 2);
        assertThat(Json.write(box.toJsonable(new float[] {1, 2.5f, 3, 4}))).isEqualTo("[[1.0,2.5],[3.0,4.0]]");
        assertThat(Json.write(Box.scalar(0, 1).toJsonable(new float[] {0.5f}))).isEqualTo("0.5");
        refuses(() -> box.fromJsonable(List.of(1, 2)), "value[0] is 1", "a list");
        refuses(() -> box.fromJsonable(List.of(List.of(1, 2, 3), List.of(1, 2))), "value[0] has 3 elements", "(2, 2)");
        refuses(() -> box.toJsonable(new float[3]), "The value has 3 elements");
        refuses(() -> box.flatten(new float[3], new float[4], 0), "The value has 3 elements");
    }

    @Test
    void writesReadableJson() {
        assertThat(Box.of(new float[] {0.1f, -INF}, new float[] {2.4f, 2.4f})
                        .toJson()
                        .toString())
                .isEqualTo("{type=Box, low=[0.1, -Infinity], high=2.4, shape=[2]}");
    }

    @Test
    void refusesBoundsAndShapesThatMakeNoBox() {
        refuses(() -> Box.of(1, -1, 2), "index 0: the bounds are 1.0 and -1.0", "Maybe -1.0 and 1.0?");
        refuses(() -> Box.of(Float.NaN, 1), "NaN is no bound");
        refuses(() -> Box.of(0, Float.NaN), "NaN is no bound");
        refuses(() -> Box.of(INF, INF), "no finite number");
        refuses(() -> Box.of(-INF, -INF), "no finite number");
        refuses(() -> Box.of(0, 1, 2, 0), "shape[1] is 0");
        refuses(() -> Box.of(0, 1, 1 << 20, 1 << 20), "number of elements");
        refuses(() -> Box.of(new float[2], new float[3]), "low has 2 elements and high has 3");
        refuses(() -> Box.of(new float[6], new float[6], 2, 2), "(2, 2) has 4 elements", "have 6");
        refuses(() -> Box.of(new float[0], new float[0]), "shape[0] is 0");
    }

    @Test
    void refusesJsonThatIsNoSpace() {
        refuses(() -> Space.fromJson(Map.of("type", "Boxx")), "The type of the space is Boxx", "Maybe 'Box'?");
        refuses(() -> Space.fromJson(Map.of("n", 3L)), "The type of the space is null");
        refuses(() -> Space.fromJson(Map.of("type", "Box", "low", 0, "high", "x", "shape", List.of(2L))), "high is x");
        refuses(() -> Space.fromJson(Map.of("type", "Box", "low", 0, "high", 1)), "shape is null");
        refuses(
                () -> Space.fromJson(Map.of("type", "Box", "low", 0, "high", 1, "shape", List.of(-2L))),
                "shape[0] is -2");
        refuses(() -> Space.fromJson(Map.of("type", "Discrete")), "n is null");
        refuses(
                () -> Space.fromJson(Map.of("type", "Box", "low", List.of(0, 1), "high", 1, "shape", List.of(3L))),
                "low has 2 elements");
        refuses(
                () -> Space.fromJson(
                        Map.of("type", "Box", "dtype", "unit8", "low", 0, "high", 1, "shape", List.of(3L))),
                "Maybe 'uint8'?");
    }
}
