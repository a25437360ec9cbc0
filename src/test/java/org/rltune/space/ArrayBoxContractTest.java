package org.rltune.space;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** The contract of spaces for boxes of each type. */
final class ArrayBoxContractTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Nested
    final class OfBytes extends SpaceContract<byte[]> {
        @Override
        List<ArrayBox<byte[]>> spaces() {
            return List.of(
                    ArrayBox.uint8(0, 255, 4, 2, 3),
                    ArrayBox.uint8(0, 255, 24),
                    ArrayBox.uint8(200, 255),
                    ArrayBox.of(DType.INT8, -100, 127, 2),
                    ArrayBox.of(DType.INT8, -INF, INF, 2),
                    ArrayBox.of(DType.INT8, -128, 127, 2),
                    ArrayBox.of(DType.INT8, 127, 127),
                    ArrayBox.ofBounds(DType.UINT8, new byte[] {3, (byte) 250}, new byte[] {(byte) 200, (byte) 255}));
        }
    }

    @Nested
    final class OfDoubles extends SpaceContract<double[]> {
        @Override
        List<ArrayBox<double[]>> spaces() {
            return List.of(
                    ArrayBox.float64(-1, 1, 3),
                    ArrayBox.float64(-INF, INF, 2),
                    ArrayBox.ofDoubles(DType.FLOAT64, new double[] {-INF, 0.1, 0}, new double[] {5, INF, 0}),
                    ArrayBox.ofDoubles(DType.FLOAT64, new double[4], new double[] {1, 1, 1, 2}, 2, 2),
                    ArrayBox.scalar(DType.FLOAT64, 0, 1));
        }

        @Override
        boolean keepsItsValuesFlat(Space<double[]> space) {
            return false;
        }
    }

    @Nested
    final class OfLongs extends SpaceContract<long[]> {
        @Override
        List<ArrayBox<long[]>> spaces() {
            return List.of(
                    ArrayBox.int64(-3, 9, 2),
                    ArrayBox.int64(0, (1L << 53) + 1),
                    ArrayBox.int64(Long.MIN_VALUE, Long.MAX_VALUE, 2),
                    ArrayBox.of(DType.INT64, -INF, INF, 2),
                    ArrayBox.of(DType.UINT64, 0, 0x1.0p64, 2),
                    ArrayBox.ofBounds(DType.UINT64, new long[] {5, -9}, new long[] {-7, -1}));
        }

        @Override
        boolean keepsItsValuesFlat(Space<long[]> space) {
            return space.equals(spaces().get(0));
        }
    }

    @Nested
    final class OfShorts extends SpaceContract<short[]> {
        @Override
        List<ArrayBox<short[]>> spaces() {
            return List.of(ArrayBox.of(DType.UINT16, 0, 65535, 2), ArrayBox.of(DType.INT16, 0, INF, 2));
        }
    }

    @Nested
    final class OfHalves extends SpaceContract<float[]> {
        @Override
        List<ArrayBox<float[]>> spaces() {
            return List.of(
                    ArrayBox.of(DType.FLOAT16, -65504, 65504, 5),
                    ArrayBox.of(DType.FLOAT16, -INF, 0.1, 2),
                    ArrayBox.of(DType.FLOAT16, -1e-7, 1e-7, 3));
        }
    }

    @Nested
    final class OfBooleans extends SpaceContract<boolean[]> {
        @Override
        List<ArrayBox<boolean[]>> spaces() {
            return List.of(ArrayBox.of(DType.BOOL, 0, 1, 2, 2), ArrayBox.of(DType.BOOL, 1, 1));
        }
    }
}
