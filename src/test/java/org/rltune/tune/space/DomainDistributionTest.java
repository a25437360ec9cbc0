package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.random.Normal;
import org.rltune.random.Pcg64;

/** What is drawn, and what units map to, against distribution functions written down here. */
class DomainDistributionTest {
    private static final int DRAWS = 20_000;
    private static final long SEED = 20_263;

    /** Each with F(x), the probability of a number below x or at it, of the real number that is drawn. */
    static Stream<Arguments> reals() {
        return Stream.of(
                Arguments.of(Domain.uniform(0.1, 0.5), f(x -> (x - 0.1) / 0.4)),
                Arguments.of(Domain.loguniform(1e-5, 1e-3), f(x -> Math.log10(x / 1e-5) / 2)),
                Arguments.of(Domain.oneMinusLog(0.9, 0.9999), f(x -> Math.log10(0.1 / (1 - x)) / 3)),
                Arguments.of(Domain.oneMinusLog(0.0, 0.5), f(x -> -Math.log(1 - x) / Math.log(2))),
                Arguments.of(Domain.randn(3, 0.5), f(x -> Normal.cdf((x - 3) / 0.5))));
    }

    /** Each with the probability of a value, from its neighbours on the scale. */
    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(Domain.randint(5, 15), f(x -> 0.1)),
                Arguments.of(Domain.quniform(0, 1, 0.1), f(x -> x == 0 || x == 1 ? 0.05 : 0.1)),
                Arguments.of(Domain.quniform(-0.3, 0.6, 0.3), f(x -> x == -0.3 || x == 0.6 ? 1.0 / 6 : 1.0 / 3)),
                Arguments.of(Domain.qrandint(0, 10, 5), f(x -> x == 5 ? 0.5 : 0.25)),
                Arguments.of(Domain.qrandint(1, 10, 1), f(x -> 0.1)),
                Arguments.of(
                        Domain.qloguniform(1, 4, 1),
                        f(x -> Math.log(Math.min(4, x + 0.5) / Math.max(1, x - 0.5)) / Math.log(4))),
                Arguments.of(
                        Domain.qlograndint(64, 512, 64),
                        f(x -> Math.log(Math.min(512, x + 32) / Math.max(64, x - 32)) / Math.log(8))),
                Arguments.of(Domain.lograndint(1, 30), f(x -> Math.log((x + 1) / x) / Math.log(30))),
                Arguments.of(Domain.qlograndint(1, 29, 1), f(x -> Math.log((x + 1) / x) / Math.log(30))),
                Arguments.of(Domain.qrandn(10, 2, 1), f(x -> Normal.cdf((x - 9.5) / 2) - Normal.cdf((x - 10.5) / 2))));
    }

    private static DoubleUnaryOperator f(DoubleUnaryOperator function) {
        return function;
    }

    @ParameterizedTest
    @MethodSource("reals")
    void spreadsRealNumbersAsItsFormulaSays(Domain domain, DoubleUnaryOperator expected) {
        Pcg64 random = new Pcg64(SEED);
        List<Double> draws = new ArrayList<>();
        List<Double> mapped = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            Double drawn = (Double) domain.sample(random, HyperParams.empty());
            draws.add(drawn);
            mapped.add((Double) ((UnitScale) domain).fromUnit(random.nextDouble()));
            assertThat(((UnitScale) domain).toUnit(drawn)).isEqualTo(expected.applyAsDouble(drawn), within(1e-12));
        }
        // A false alarm of 1e-4: sqrt(-ln(1e-4 / 2) / 2) / sqrt(n).
        double limit = Math.sqrt(-Math.log(0.5e-4) / 2) / Math.sqrt(DRAWS);
        assertThat(kolmogorov(draws, expected)).as("draws of seed %d", SEED).isLessThan(limit);
        assertThat(kolmogorov(mapped, expected)).as("units of seed %d", SEED).isLessThan(limit);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void givesEachValueOfADiscreteDomainItsShare(Domain domain, DoubleUnaryOperator expected) {
        Pcg64 random = new Pcg64(SEED);
        Map<Number, int[]> counts = new TreeMap<>(Values::compare);
        for (int i = 0; i < DRAWS; i++) {
            counts.computeIfAbsent((Number) domain.sample(random, HyperParams.empty()), n -> new int[2])[0]++;
            counts.computeIfAbsent((Number) ((UnitScale) domain).fromUnit(random.nextDouble()), n -> new int[2])[1]++;
        }
        counts.forEach((value, count) -> {
            double probability = expected.applyAsDouble(value.doubleValue());
            UnitScale scale = (UnitScale) domain;
            assertThat(scale.cellHigh(value) - scale.cellLow(value))
                    .as("cell of %s", value)
                    .isEqualTo(probability, within(1e-12));
            // Five standard deviations: a false alarm of 6e-7 each.
            double limit = 5 * Math.sqrt(DRAWS * probability * (1 - probability)) + 1;
            assertThat((double) count[0])
                    .as("%s drawn, seed %d", value, SEED)
                    .isEqualTo(DRAWS * probability, within(limit));
            assertThat((double) count[1])
                    .as("%s mapped, seed %d", value, SEED)
                    .isEqualTo(DRAWS * probability, within(limit));
        });
        long cells = ((UnitScale) domain).cells();
        assertThat(cells == Long.MAX_VALUE ? counts.size() : cells).isEqualTo(counts.size());
    }

    /** The largest distance between the empirical and the expected distribution function. */
    private static double kolmogorov(List<Double> draws, DoubleUnaryOperator expected) {
        double[] sorted =
                draws.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double[] distances = new double[sorted.length];
        Arrays.setAll(distances, i -> {
            double p = expected.applyAsDouble(sorted[i]);
            return Math.max(p - (double) i / sorted.length, (i + 1.0) / sorted.length - p);
        });
        return Arrays.stream(distances).max().orElseThrow();
    }
}
