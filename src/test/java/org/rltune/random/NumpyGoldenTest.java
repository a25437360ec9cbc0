package org.rltune.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every draw of numpy_random.json, bit for bit. */
final class NumpyGoldenTest {
    static Stream<Golden.Case> cases() {
        return Golden.cases("numpy_random.json").stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void drawsWhatNumpyDraws(Golden.Case golden) {
        assertThat(golden.draws()).hasSize(19);
        for (Map.Entry<String, Object> entry : golden.draws().entrySet()) {
            List<?> expected = (List<?>) entry.getValue();
            List<String> drawn = draws(entry.getKey(), golden.generator(), expected.size());
            assertThat(drawn)
                    .as(entry.getKey())
                    .isEqualTo(expected.stream().map(String::valueOf).toList());
        }
    }

    @Test
    void knowsSeveralSeeds() {
        assertThat(cases()).hasSize(5);
    }

    private static List<String> draws(String key, Pcg64 random, int count) {
        if (key.startsWith("integers(")) {
            long[] bounds = Golden.arguments(key);
            return repeat(count, () -> random.integers(bounds[0], bounds[1]), String::valueOf);
        }
        return switch (key) {
            case "raw" -> repeat(count, random::nextLong, Long::toUnsignedString);
            case "random" -> repeat(count, random::nextDouble, Golden::hex);
            case "random_f32" -> repeat(count, random::nextFloat, Golden::hex);
            case "uniform(-0.05,0.05)" -> repeat(count, () -> random.uniform(-0.05, 0.05), Golden::hex);
            case "mixed" ->
                List.of(
                        String.valueOf(random.integers(0, 10)),
                        Golden.hex(random.nextDouble()),
                        String.valueOf(random.integers(0, 3)),
                        Golden.hex(random.standardNormal()),
                        Golden.hex(random.standardNormal()),
                        String.valueOf(random.integers(0, 1L << 33)));
            case "standard_normal" -> repeat(count, random::standardNormal, Golden::hex);
            case "standard_exponential" -> repeat(count, random::standardExponential, Golden::hex);
            case "choice(5)" -> repeat(count, () -> random.choice(5), String::valueOf);
            case "choice(4,p)" ->
                repeat(count, () -> random.choice(new double[] {0.1, 0.2, 0.3, 0.4}), String::valueOf);
            case "permutation(10)" -> strings(random.permutation(10));
            case "shuffle(10)" -> {
                int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
                random.shuffle(numbers);
                yield strings(numbers);
            }
            case "geometric(0.25)" -> repeat(count, () -> random.geometric(0.25), String::valueOf);
            default -> throw new AssertionError("This test does not know the draw " + key);
        };
    }

    private static List<String> strings(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).toList();
    }

    private static <T> List<String> repeat(int count, Supplier<T> draw, Function<T, String> text) {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(text.apply(draw.get()));
        }
        return drawn;
    }
}
