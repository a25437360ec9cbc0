package org.rltune.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;

final class ArrayBoxTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void readsUnsignedNumbersAsSuch() {
        ArrayBox<byte[]> bytes = ArrayBox.uint8(10, 250, 2);
        assertThat(bytes.violation(new byte[] {(byte) 250, 10})).isNull();
        assertThat(bytes.violation(new byte[] {0, (byte) 251})).isEqualTo("index 0: value 0 is below the bound 10");
        assertThat(bytes.violation(new byte[] {10, (byte) 251})).isEqualTo("index 1: value 251 is above the bound 250");
        assertThat(Json.write(bytes.toJsonable(new byte[] {(byte) 250, 11}))).isEqualTo("[250,11]");
        assertThat(bytes.flatten(new byte[] {(byte) 250, 11})).containsExactly(250, 11);
        assertThat(bytes.unflatten(new float[] {250, 11.9f}, 0)).containsExactly((byte) 250, (byte) 11);
        assertThat(DType.UINT32.get(new int[] {-1}, 0)).isEqualTo(4294967295.0);
        assertThat(DType.UINT64.get(new long[] {-1}, 0)).isEqualTo(0x1.0p64);
        ArrayBox<long[]> longs = ArrayBox.ofBounds(DType.UINT64, new long[] {5}, new long[] {-7});
        assertThat(longs.violation(new long[] {-6}))
                .isEqualTo("index 0: value 18446744073709551610 is above the bound 18446744073709551609");
        assertThat(Json.write(longs.toJsonable(new long[] {-7}))).isEqualTo("[18446744073709551609]");
    }

    @Test
    void keepsBoundsOf64BitsExactly() {
        ArrayBox<long[]> space = ArrayBox.int64(Long.MAX_VALUE - 3, Long.MAX_VALUE - 1);
        assertThat(space.low()).containsExactly(Long.MAX_VALUE - 3);
        assertThat(space.violation(new long[] {Long.MAX_VALUE}))
                .contains("9223372036854775807 is above the bound 9223372036854775806");
        Space<?> read = Space.fromJson(Json.asObject(Json.parse(Json.write(space.toJson()), "space"), "space"));
        assertThat(read).isEqualTo(space);
    }

    /** Nearest, ties to even: 2049 lies between 2048 and 2050, 1e-8 below the smallest step 2^-24. */
    @Test
    void roundsToHalfPrecision() {
        float[] half = new float[1];
        double[][] pairs = {
            {2049, 2048},
            {2051, 2052},
            {0.1, 0.0999755859375},
            {65519, 65504},
            {65520, INF},
            {1e-8, 0},
            {-4e-8, -0x1p-24}
        };
        for (double[] pair : pairs) {
            DType.FLOAT16.set(half, 0, pair[0]);
            assertThat((double) half[0]).isEqualTo(pair[1]);
        }
        assertThat(ArrayBox.of(DType.FLOAT16, 0, 1).violation(new float[] {0.1f}))
                .startsWith("index 0: value 0.10000000149011612 is no float16; the nearest is 0.0999755859375");
    }

    @Test
    void keepsItsOwnArraysAndKnowsItsShape() {
        byte[] low = {1, 2};
        ArrayBox<byte[]> box = ArrayBox.ofBounds(DType.INT8, low, new byte[] {3, 4}, 2, 1);
        low[0] = 3;
        box.low()[1] = 9;
        box.shape()[0] = 7;
        assertThat(box.low()).containsExactly(1, 2);
        assertThat(box.high()).containsExactly(3, 4);
        assertThat(box.shape()).containsExactly(2, 1);
        assertThat(box.size()).isEqualTo(2);
        assertThat(box.dtype()).isSameAs(DType.INT8);
        assertThat(box.bounded(0)).isTrue();
        assertThat(ArrayBox.of(DType.INT8, 0, INF).bounded(0)).isFalse();
        assertThat(ArrayBox.of(DType.INT8, 0, INF).high()).containsExactly(127);
    }

    @Test
    void printsItselfAsGymnasiumDoes() {
        assertThat(ArrayBox.uint8(0, 255, 96, 96, 3)).hasToString("Box(0, 255, (96, 96, 3), uint8)");
        assertThat(ArrayBox.float64(-INF, 2, 3)).hasToString("Box(-inf, 2.0, (3,), float64)");
        assertThat(ArrayBox.ofBounds(DType.INT32, new int[] {1, 2}, new int[] {3, 3}))
                .hasToString("Box([1, 2], 3, (2,), int32)");
    }

    @Test
    void writesReadableJson() {
        assertThat(Json.write(ArrayBox.uint8(0, 255, 2, 3).toJson()))
                .isEqualTo("{\"type\":\"Box\",\"dtype\":\"uint8\",\"low\":0,\"high\":255,\"shape\":[2,3]}");
        assertThat(Json.write(ArrayBox.of(DType.INT16, -INF, 5).toJson()))
                .isEqualTo("{\"type\":\"Box\",\"dtype\":\"int16\",\"low\":\"-Infinity\",\"high\":5,\"shape\":[1]}");
    }

    @Test
    void refusesBoundsOutsideItsType() {
        SpaceContract.refuses(() -> ArrayBox.uint8(-1, 100), "low[0] is -1", "uint8", "[0, 255]");
        SpaceContract.refuses(() -> ArrayBox.uint8(0, 300), "high[0] is 300", "uint8", "[0, 255]");
        SpaceContract.refuses(() -> ArrayBox.of(DType.INT16, 0, 32768), "32768", "or infinite for none");
        SpaceContract.refuses(() -> ArrayBox.of(DType.INT16, -32769, 0), "-32769");
        SpaceContract.refuses(() -> ArrayBox.of(DType.FLOAT16, 0, 65505), "65505", "a number in");
        SpaceContract.refuses(() -> ArrayBox.of(DType.BOOL, 0, 2), "bool", "[0, 1]");
        SpaceContract.refuses(() -> ArrayBox.of(DType.BOOL, -1, 1), "low[0] is -1");
        SpaceContract.refuses(() -> ArrayBox.of(DType.UINT8, -INF, 1), "low[0] is -Infinity");
        SpaceContract.refuses(() -> ArrayBox.of(DType.UINT8, 0, INF), "high[0] is Infinity");
        SpaceContract.refuses(() -> ArrayBox.of(DType.INT32, Double.NaN, 1), "low[0] is NaN");
        SpaceContract.refuses(() -> ArrayBox.of(DType.INT32, 0.5, 1), "low[0] is 0.5", "whole number");
    }

    @Test
    void refusesBoundsAndShapesThatMakeNoBox() {
        SpaceContract.refuses(() -> ArrayBox.float64(Double.NaN, 1), "NaN is no bound");
        SpaceContract.refuses(() -> ArrayBox.float64(INF, INF), "no finite number");
        SpaceContract.refuses(() -> ArrayBox.uint8(9, 5), "9 and 5", "Maybe 5 and 9?");
        SpaceContract.refuses(() -> ArrayBox.uint8(0, 1, 2, 0), "shape[1] is 0");
        SpaceContract.refuses(
                () -> ArrayBox.ofBounds(DType.INT8, new byte[2], new byte[3]), "low has 2 elements and high has 3");
        SpaceContract.refuses(
                () -> ArrayBox.ofDoubles(DType.INT8, new double[2], new double[2], 3), "(3,) has 3 elements", "have 2");
        SpaceContract.refuses(() -> DType.of("float32"), "for a Box");
        SpaceContract.refuses(() -> DType.of("int46"), "Maybe 'int16'?");
    }

    @Test
    void refusesDoublesWhoseRangeIsNotFinite() {
        ArrayBox<double[]> box = ArrayBox.float64(-Double.MAX_VALUE, Double.MAX_VALUE);
        SpaceContract.refuses(() -> box.sample(new Pcg64(0)), "their difference must be finite");
    }

    @Test
    void refusesJsonOutsideItsType() {
        SpaceContract.refuses(() -> ArrayBox.uint8(0, 255).fromJsonable(List.of(256)), "value[0] is 256", "[0, 255]");
        SpaceContract.refuses(() -> ArrayBox.uint8(0, 255).fromJsonable(List.of(-1)), "value[0] is -1");
        SpaceContract.refuses(() -> ArrayBox.uint8(0, 255).fromJsonable(List.of("x")), "value[0] is x");
        Map<String, Object> json = ArrayBox.uint8(0, 255).toJson();
        Map<String, Object> broken = new java.util.LinkedHashMap<>(json);
        broken.put("high", 256L);
        SpaceContract.refuses(() -> Space.fromJson(broken), "high is 256");
        Stream.of("-Infinity", -1L).forEach(low -> {
            broken.put("low", low);
            SpaceContract.refuses(() -> Space.fromJson(broken), "low");
        });
    }
}
