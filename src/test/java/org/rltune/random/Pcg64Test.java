package org.rltune.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Pcg64Test {
    @Test
    void goesOnWhereItsStateWasTaken() {
        Pcg64 random = new Pcg64(3);
        random.nextInt();
        random.standardNormal();
        Pcg64.State state = random.state();
        assertThat(state.hasUint32()).isTrue();
        Pcg64 copy = new Pcg64(state);
        Pcg64 other = new Pcg64(99);
        other.restore(state);
        for (int i = 0; i < 100; i++) {
            long expected = i % 3 == 0 ? random.integers(0, 1000) : random.nextLong();
            assertThat(i % 3 == 0 ? copy.integers(0, 1000) : copy.nextLong()).isEqualTo(expected);
            assertThat(i % 3 == 0 ? other.integers(0, 1000) : other.nextLong()).isEqualTo(expected);
        }
        assertThat(copy.state()).isEqualTo(random.state());
    }

    @Test
    void advancesItsStateAsTheFormulaSays() {
        Pcg64 random = new Pcg64(11);
        BigInteger multiplier = new BigInteger("2360ed051fc65da44385df649fccf645", 16);
        for (int i = 0; i < 1000; i++) {
            Pcg64.State before = random.state();
            random.nextLong();
            Pcg64.State after = random.state();
            BigInteger expected = whole(before.stateHigh(), before.stateLow())
                    .multiply(multiplier)
                    .add(whole(before.incHigh(), before.incLow()))
                    .mod(BigInteger.ONE.shiftLeft(128));
            assertThat(whole(after.stateHigh(), after.stateLow())).isEqualTo(expected);
        }
    }

    private static BigInteger whole(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(low)));
    }

    @Test
    void answersEveryMethodOfRandomGeneratorFromItsOwnDraws() {
        same(r -> r.nextInt(6), r -> (int) r.integers(0, 6));
        same(r -> r.nextInt(-3, 9), r -> (int) r.integers(-3, 9));
        same(r -> r.nextLong(6), r -> r.integers(0, 6));
        same(r -> r.nextLong(-3, 1L << 40), r -> r.integers(-3, 1L << 40));
        same(r -> r.nextBoolean(), r -> r.integers(0, 2) == 1);
        same(r -> r.nextDouble(2.5), r -> r.uniform(0, 2.5));
        same(r -> r.nextDouble(-1, 2.5), r -> r.uniform(-1, 2.5));
        same(r -> r.nextFloat(2.5f), r -> (float) r.uniform(0, 2.5));
        same(r -> r.nextFloat(-1, 2.5f), r -> (float) r.uniform(-1, 2.5));
        same(r -> r.nextGaussian(), Pcg64::standardNormal);
        same(r -> r.nextExponential(), Pcg64::standardExponential);
        same(r -> r.doubles(3).boxed().toList(), r -> List.of(r.nextDouble(), r.nextDouble(), r.nextDouble()));
        same(r -> r.ints(2, 0, 9).boxed().toList(), r -> List.of(r.nextInt(9), r.nextInt(9)));
    }

    private static void same(Function<Pcg64, Object> one, Function<Pcg64, Object> two) {
        Pcg64 left = new Pcg64(5);
        Pcg64 right = new Pcg64(5);
        for (int i = 0; i < 50; i++) {
            assertThat(one.apply(left)).isEqualTo(two.apply(right));
        }
    }

    @Test
    void neverReturnsAnExclusiveBound() {
        float lo = 1;
        float hi = Math.nextUp(lo);
        Pcg64 random = new Pcg64(1);
        for (int i = 0; i < 100; i++) {
            assertThat(random.nextFloat(lo, hi)).isEqualTo(lo);
            assertThat(random.nextDouble(1, Math.nextUp(1.0))).isEqualTo(1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 200, 256})
    void drawsNarrowIntegersOfARangeEquallyOften(int range) {
        int[] values = new Pcg64(8).integers8(-5, range - 5, 100 * range);
        int[] count = new int[range];
        for (int value : values) {
            count[value + 5]++;
        }
        double chiSquare = 0;
        for (int c : count) {
            chiSquare += (c - 100.0) * (c - 100.0) / 100;
        }
        // Chi-square with range - 1 degrees of freedom: the mean and five standard deviations.
        assertThat(chiSquare).isLessThanOrEqualTo(range - 1 + 5 * Math.sqrt(2 * (range - 1)));
    }

    @Test
    void drawsNormalAndExponentialNumbersWithTheirMoments() {
        int n = 200_000;
        Pcg64 random = new Pcg64(4);
        double[] sums = new double[4];
        for (int i = 0; i < n; i++) {
            double z = random.standardNormal();
            double e = random.standardExponential();
            sums[0] += z / n;
            sums[1] += z * z / n;
            sums[2] += e / n;
            sums[3] += e * e / n;
        }
        // Four standard errors of each mean: variances 1, 2, 1 and 20.
        double error = 4 / Math.sqrt(n);
        assertThat(sums[0]).isEqualTo(0, within(error));
        assertThat(sums[1]).isEqualTo(1, within(error * Math.sqrt(2)));
        assertThat(sums[2]).isEqualTo(1, within(error));
        assertThat(sums[3]).isEqualTo(2, within(error * Math.sqrt(20)));
    }

    @Test
    void namesWhatIsWrongWithItsArguments() {
        refuses(r -> new Pcg64(-4), "seed is -4");
        refuses(r -> r.integers(5, 5), "integers(5, 5)");
        refuses(r -> r.integers(9, 5), "Maybe integers(5, 9)?");
        refuses(r -> r.nextInt(0), "integers(0, 0)");
        refuses(r -> r.uniform(2, 1), "Maybe uniform(1.0, 2.0)?");
        refuses(r -> r.uniform(-Double.MAX_VALUE, Double.MAX_VALUE), "must be finite");
        refuses(r -> r.uniform(0, Double.NaN), "uniform(0.0, NaN)");
        refuses(r -> r.nextDouble(1, 1), "nextDouble(1.0, 1.0)");
        refuses(r -> r.nextGaussian(0, -1), "stddev is -1.0");
        refuses(r -> r.geometric(0), "p is 0.0");
        refuses(r -> r.geometric(1.5), "p is 1.5");
        refuses(r -> r.choice(0), "n is 0");
        refuses(r -> r.choice(3, 4, false), "size is 4");
        refuses(r -> r.choice(new double[] {0.5, 0.4}), "sum to 0.9");
        refuses(r -> r.choice(new double[] {1.5, -0.5}), "p[1] is -0.5");
        refuses(r -> r.choice(new double[] {Double.NaN}), "p[0] is NaN");
        refuses(r -> r.choice(new double[0]), "p is empty");
        refuses(r -> r.choice(new double[] {1, 0}, 2, false), "number of positive probabilities");
        refuses(r -> r.integers8(0, 257, 1), "hi - lo is 257");
        refuses(r -> new Pcg64.State(1, 2, 3, 4, false, 0), "incLow is 4");
        refuses(r -> new SeedSequence(BigInteger.valueOf(-1)), "seed is -1");
    }

    private static void refuses(Consumer<Pcg64> call, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(new Pcg64(0)))
                .withMessageContaining(message);
    }
}
