package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** What each domain accepts, how it moves, how it is spread. */
class DomainTest {
    private static final int DRAWS = 20_000;

    private final Pcg64 random = new Pcg64(11);

    @Test
    void refusesReversedBoundsAndProposesTheOtherOrder() {
        refuses(
                () -> uniform(1e-3, 1e-5),
                "uniform(0.001, 1.0E-5): the lower bound must be below the upper bound. Maybe"
                        + " uniform(1.0E-5, 0.001)?");
        refuses(() -> loguniform(1e-3, 1e-5), "Maybe loguniform(1.0E-5, 0.001)?");
        refuses(
                () -> randint(30, 1),
                "randint(30, 1): the lower bound must be below the upper bound. Maybe randint(1, 30)?");
    }

    @Test
    void refusesBoundsThatEncloseNothing() {
        refuses(() -> uniform(0.5, 0.5), "uniform(0.5, 0.5): the lower bound must be below", "Maybe the constant 0.5?");
        refuses(() -> loguniform(0.5, 0.5), "Maybe the constant 0.5?");
        refuses(() -> randint(3, 3), "randint(3, 3): no number is left", "exclusive", "Maybe randint(3, 4)?");
    }

    @Test
    void refusesBoundsThatAreNotNumbersOrHaveNoLogarithm() {
        refuses(() -> uniform(Double.NaN, 1), "uniform(NaN, 1.0)", "finite");
        refuses(() -> uniform(0, Double.POSITIVE_INFINITY), "uniform(0.0, Infinity)", "finite");
        refuses(() -> uniform(-1.7e308, 1.7e308), "too far apart");
        refuses(() -> loguniform(0, 0.001), "loguniform(0.0, 0.001): both bounds must be above 0", "Maybe loguniform(");
        refuses(() -> loguniform(-2, -1), "above 0", "Maybe uniform(-2.0, -1.0)?");
        refuses(() -> loguniform(Double.NaN, 1), "finite");
        refuses(() -> loguniform(1, Double.POSITIVE_INFINITY), "finite");
    }

    @Test
    void refusesChoicesWithoutOptionsOrWithEqualOnes() {
        refuses(() -> choice(), "choice(): there must be at least one option");
        refuses(() -> choice(1, 2L, 1L), "the options must differ, but 1 stands there twice");
        refuses(() -> choice(1.0, Double.NaN), "NaN");
        refuses(() -> choice(Arrays.asList("a", null)), "choice(...)[1] is null");
        refuses(() -> choice("a", new Object()), "must be a number, a text");
        refuses(() -> choice(uniform(0, 1)), "is the domain uniform(0.0, 1.0)");
    }

    @Test
    void refusesToClampWhatHasNoNearestValue() {
        refuses(() -> uniform(0, 1).clamp("0.5"), "0.5 cannot be brought into uniform(0.0, 1.0)");
        refuses(() -> randint(0, 9).clamp(Double.NaN), "NaN cannot be brought into randint(0, 9)");
        refuses(() -> choice("tanh", "relu").clamp("tahn"), "\"tahn\" is not an option of", "Maybe 'tanh'?");
    }

    @Test
    void drawsUniformNumbersEvenly() {
        List<Double> draws = numbers(uniform(0.1, 0.5), DRAWS);
        assertThat(kolmogorov(draws, x -> (x - 0.1) / 0.4)).isLessThan(limit());
    }

    @Test
    void drawsLogarithmsEvenly() {
        List<Double> draws = numbers(loguniform(1e-5, 1e-3), DRAWS);
        assertThat(kolmogorov(draws, x -> (Math.log(x) - Math.log(1e-5)) / Math.log(100)))
                .isLessThan(limit());
    }

    @Test
    void drawsEachWholeNumberBelowTheUpperBoundAsOften() {
        int[] counts = new int[10];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) (((Long) randint(5, 15).sample(random, HyperParams.empty())) - 5)]++;
        }
        assertThat(chiSquare(counts)).isLessThan(33.7); // 9 degrees of freedom, false alarm 1e-4
    }

    @Test
    void drawsEachOptionAsOften() {
        Domain domain = choice("a", "b", "c");
        int[] counts = new int[3];
        for (int i = 0; i < DRAWS; i++) {
            counts[List.of("a", "b", "c").indexOf(domain.sample(random, HyperParams.empty()))]++;
        }
        assertThat(chiSquare(counts)).isLessThan(18.4); // 2 degrees of freedom, false alarm 1e-4
    }

    @Test
    void multipliesRealNumbersAndClampsThem() {
        assertMove(uniform(0.1, 0.5).perturb(0.2, 1.2, random), 0.2 * 1.2, "* 1.2");
        assertMove(uniform(0.9, 1.0).perturb(0.95, 1.2, random), 1.0, "* 1.2, clamped");
        assertMove(uniform(0.9, 1.0).perturb(1.0, 1.2, random), 1.0, "* 1.2, stays at its bound");
        assertMove(loguniform(1e-5, 1e-3).perturb(1e-4, 0.8, random), 1e-4 * 0.8, "* 0.8");
        assertMove(loguniform(1e-5, 1e-3).perturb(1e-5, 0.8, random), 1e-5, "* 0.8, stays at its bound");
        assertMove(uniform(0.1, 0.5).perturb(7.0, 1.2, random), 0.5, "* 1.2, clamped");
    }

    @Test
    void leavesZeroByAThousandthOfTheWidth() {
        assertMove(uniform(0.0, 0.01).perturb(0.0, 1.2, random), 0.01 / 1000, "* 1.2");
        assertMove(uniform(0.0, 0.01).perturb(0.0, 0.8, random), 0.0, "* 0.8, stays at its bound");
        assertMove(uniform(-1.0, 1.0).perturb(0.0, 0.8, random), -0.002, "* 0.8");
        assertMove(uniform(-1.0, 0.0).perturb(0.0, 0.8, random), -0.001, "* 0.8");
        // Nearer to 0 than a millionth of the width: as good as 0 when it grows.
        assertMove(uniform(-1.0, 1.0).perturb(-1e-9, 1.2, random), -0.002, "* 1.2");
        assertMove(uniform(0.0, 1.0).perturb(2e-6, 1.2, random), 2e-6 * 1.2, "* 1.2");
    }

    @Test
    void movesWholeNumbersByAtLeastOne() {
        Domain domain = randint(-100, 101);
        assertThat(moved(domain, 1, 1.2)).isEqualTo(2L); // 1.2 rounds to 1
        assertThat(moved(domain, 2, 0.8)).isEqualTo(1L); // 1.6 rounds to 2
        assertThat(moved(domain, 4, 1.2)).isEqualTo(5L);
        assertThat(moved(domain, 10, 1.2)).isEqualTo(12L);
        assertThat(moved(domain, 0, 1.2)).isEqualTo(1L);
        assertThat(moved(domain, 0, 0.8)).isEqualTo(-1L);
        assertThat(moved(domain, -1, 1.2)).isEqualTo(-2L);
        assertThat(moved(domain, -1, 0.8)).isEqualTo(0L);
        assertMove(randint(1, 30).perturb(29L, 1.2, random), 29L, "* 1.2, stays at its bound");
        assertMove(randint(1, 30).perturb(28L, 1.2, random), 29L, "* 1.2, clamped");
        assertMove(randint(1, 30).perturb(1L, 0.8, random), 1L, "* 0.8, stays at its bound");
    }

    @Test
    void movesOptionsToTheirNeighboursAndStaysAtTheEnds() {
        Domain domain = choice(1e-3, 5e-4, 1e-4);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            for (double start : new double[] {1e-3, 5e-4, 1e-4}) {
                Domain.Move move = domain.perturb(start, 1.2, random);
                seen.add(start + " " + move.how() + " " + move.value());
            }
        }
        assertThat(seen)
                .containsOnly(
                        "0.001 shift left, stays at its end 0.001",
                        "0.001 shift right 5.0E-4",
                        "5.0E-4 shift left 0.001",
                        "5.0E-4 shift right 1.0E-4",
                        "1.0E-4 shift left 5.0E-4",
                        "1.0E-4 shift right, stays at its end 1.0E-4");
    }

    @Test
    void clampsToTheNearestOptionInItsOwnType() {
        assertThat(choice(32, 64, 128).clamp(60.0)).isEqualTo(64L);
        assertThat(choice(32, 64, 128).clamp(48)).isEqualTo(32L);
        assertThat(randint(0, 10).clamp(3.6)).isEqualTo(4L);
        assertThat(randint(0, 10).clamp(1e300)).isEqualTo(9L);
        assertThat(uniform(0, 10).clamp(3)).isEqualTo(3.0);
    }

    @Test
    void printsItsDeclaration() {
        assertThat(uniform(0.1, 0.5)).hasToString("uniform(0.1, 0.5)");
        assertThat(randint(128, 16384)).hasToString("randint(128, 16384)");
        assertThat(choice("tanh", 3, true)).hasToString("choice(\"tanh\", 3, true)");
        assertThat(Domain.sampleFrom(c -> 1)).hasToString("sampleFrom(...)");
    }

    private long moved(Domain domain, long value, double factor) {
        return (Long) domain.perturb(value, factor, random).value();
    }

    private static void assertMove(Domain.Move move, Object value, String how) {
        if (value instanceof Double number) {
            assertThat((Double) move.value()).isEqualTo(number, within(1e-15));
        } else {
            assertThat(move.value()).isEqualTo(value);
        }
        assertThat(move.how()).isEqualTo(how);
    }

    private static void refuses(Callable<?> declaration, String... words) {
        assertThatIllegalArgumentException().isThrownBy(declaration::call).satisfies(e -> {
            for (String word : words) {
                assertThat(e).hasMessageContaining(word);
            }
        });
    }

    private List<Double> numbers(Domain domain, int count) {
        List<Double> draws = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            draws.add((Double) domain.sample(random, HyperParams.empty()));
        }
        return draws;
    }

    /** The largest distance between the empirical and the expected distribution function. */
    private static double kolmogorov(List<Double> draws, java.util.function.DoubleUnaryOperator expected) {
        double[] sorted =
                draws.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = expected.applyAsDouble(sorted[i]);
            largest = Math.max(largest, Math.max(p - (double) i / sorted.length, (i + 1.0) / sorted.length - p));
        }
        return largest;
    }

    /** A false alarm of 1e-4: sqrt(-ln(1e-4 / 2) / 2) / sqrt(n). */
    private static double limit() {
        return Math.sqrt(-Math.log(0.5e-4) / 2) / Math.sqrt(DRAWS);
    }

    private static double chiSquare(int[] counts) {
        double expected = (double) DRAWS / counts.length;
        return Arrays.stream(counts)
                .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                .sum();
    }
}
