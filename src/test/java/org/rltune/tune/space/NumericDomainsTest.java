package org.rltune.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.rltune.tune.space.Domain.lograndint;
import static org.rltune.tune.space.Domain.oneMinusLog;
import static org.rltune.tune.space.Domain.qlograndint;
import static org.rltune.tune.space.Domain.qloguniform;
import static org.rltune.tune.space.Domain.qrandint;
import static org.rltune.tune.space.Domain.qrandn;
import static org.rltune.tune.space.Domain.quniform;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.randn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** What the domains beyond uniform, loguniform and randint accept, and how they move. */
class NumericDomainsTest {
    private final Pcg64 random = new Pcg64(12);

    // Ray's PB2 takes its bounds in either order and then searches nothing.
    @Test
    void refusesReversedBoundsAndProposesTheOtherOrder() {
        refuses(() -> quniform(1, 0, 0.1), "quniform(1.0, 0.0, 0.1)", "Maybe quniform(0.0, 1.0, 0.1)?");
        refuses(() -> qloguniform(1, 0.1, 0.1), "Maybe qloguniform(0.1, 1.0, 0.1)?");
        refuses(() -> qrandint(10, 0, 5), "qrandint(10, 0, 5)", "Maybe qrandint(0, 10, 5)?");
        refuses(() -> lograndint(10, 2), "lograndint(10, 2)", "Maybe lograndint(2, 10)?");
        refuses(() -> qlograndint(10, 5, 5), "Maybe qlograndint(5, 10, 5)?");
        refuses(() -> oneMinusLog(0.99, 0.9), "oneMinusLog(0.99, 0.9)", "Maybe oneMinusLog(0.9, 0.99)?");
    }

    @Test
    void refusesBoundsThatAreNoMultiplesOfTheStepAndProposesTheNearest() {
        refuses(() -> quniform(0, 1, 0.3), "the upper bound must be a multiple of q", "Maybe quniform(0.0, 0.9, 0.3)?");
        refuses(() -> quniform(0.05, 1, 0.1), "the lower bound must be", "Maybe quniform(0.1, 1.0, 0.1)?");
        refuses(() -> quniform(0.1, 0.2, 1), "Lower q: there are no two multiples between the bounds.");
        refuses(() -> qloguniform(0.5, 2, 1), "Maybe qloguniform(1.0, 2.0, 1.0)?");
        refuses(() -> qrandint(1, 10, 4), "the lower bound must be a multiple", "Maybe qrandint(4, 8, 4)?");
        refuses(() -> qrandint(-5, 6, 2), "Maybe qrandint(-4, 6, 2)?");
        refuses(() -> qlograndint(100, 1000, 64), "Maybe qlograndint(128, 960, 64)?");
        assertThat(quniform(0.3, 1.1, 0.1).extremes()).containsExactly(0.3, 1.1); // 0.3 / 0.1 is 2.9999999999999996
    }

    @Test
    void refusesStepsThatAreNone() {
        refuses(() -> quniform(0, 1, 0), "q must be a finite number above 0", "Maybe quniform(0.0, 1.0, 1.0)?");
        refuses(() -> quniform(0, 1, -0.5), "Maybe quniform(0.0, 1.0, 0.5)?");
        refuses(() -> quniform(0, 1, Double.NaN), "q must be a finite number");
        refuses(() -> quniform(0, 1, 1e-17), "more than 2^50 steps", "Raise q.");
        refuses(() -> qrandn(0, 1, 0), "qrandn(0.0, 1.0, 0.0): q must be");
        refuses(() -> qrandn(0, 1, 1e300), "Lower q.");
        refuses(() -> qrandint(0, 10, 0), "q must be at least 1", "Maybe qrandint(0, 10, 1)?");
    }

    @Test
    void refusesNumbersThatHaveNoLogarithm() {
        refuses(() -> qloguniform(0, 1, 0.1), "above 0", "Maybe qloguniform(0.1, 1.0, 0.1)?");
        refuses(() -> lograndint(0, 10), "lograndint(0, 10): both bounds must be above 0", "Maybe lograndint(1, 10)?");
        refuses(() -> lograndint(-10, -2), "Maybe randint(-10, -2)?");
        refuses(() -> qlograndint(0, 64, 16), "Maybe qlograndint(16, 64, 16)?");
        refuses(() -> oneMinusLog(0.9, 1.0), "both bounds must be below 1", "Maybe oneMinusLog(0.9, 0.9999)?");
    }

    @Test
    void refusesNormalDistributionsThatAreNone() {
        refuses(() -> randn(0, 0), "the standard deviation must be above 0", "Maybe the constant 0.0?");
        refuses(() -> randn(1, -2), "Maybe randn(1.0, 2.0)?");
        refuses(() -> randn(Double.NaN, 1), "finite");
        refuses(() -> randn(0, 1e307), "would not fit");
    }

    @Test
    void refusesWholeNumbersThatADoubleWouldRound() {
        refuses(() -> lograndint(1, 1L << 53), "below 2^53");
        refuses(() -> qrandint(-(1L << 53), 0, 2), "below 2^53");
    }

    @Test
    void givesMultiplesAsTheyAreWritten() {
        List<Object> values = new ArrayList<>();
        for (double wanted = 0; wanted <= 1.01; wanted += 0.1) {
            values.add(quniform(0, 1, 0.1).clamp(wanted));
        }
        assertThat(values).containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
        assertThat(quniform(0, 1, 0.1).contains(3 * 0.1)).isFalse();
        assertThat(quniform(0, 1, 0.1).contains(0.3)).isTrue();
        assertThat(qrandint(0, 20, 5).contains(7L)).isFalse();
        assertThat(qrandint(0, 20, 5).clamp(7)).isEqualTo(5L);
        assertThat(qrandint(0, 20, 5).clamp(7.5)).isEqualTo(10L);
        assertThat(qrandn(0, 1, 0.25).clamp(0.3)).isEqualTo(0.25);
    }

    @Test
    void movesInTheScaleOfTheDomain() {
        Domain discount = oneMinusLog(0.9, 0.9999);
        assertMove(discount.perturb(0.99, 1.2, random), 1 - 0.01 / 1.2, "(1 - x) / 1.2");
        assertMove(discount.perturb(0.99, 0.8, random), 1 - 0.01 / 0.8, "(1 - x) / 0.8");
        assertMove(discount.perturb(0.9999, 1.2, random), 0.9999, "(1 - x) / 1.2, stays at its bound");
        assertMove(discount.perturb(0.905, 0.8, random), 0.9, "(1 - x) / 0.8, clamped");
        assertMove(randn(0, 2).perturb(-3.0, 1.2, random), -3.6, "* 1.2");
        assertMove(randn(0, 2).perturb(0.0, 0.8, random), -0.002, "* 0.8");
        assertMove(quniform(0, 1, 0.1).perturb(0.5, 1.2, random), 0.6, "* 1.2");
        assertMove(quniform(0, 1, 0.1).perturb(0.1, 1.2, random), 0.2, "* 1.2");
        assertMove(quniform(0, 1, 0.1).perturb(0.1, 0.8, random), 0.0, "* 0.8");
        assertMove(quniform(-1, 1, 0.5).perturb(0.0, 0.8, random), -0.5, "* 0.8");
        assertMove(quniform(-1, 1, 0.5).perturb(-0.5, 1.2, random), -1.0, "* 1.2");
        assertMove(qrandint(0, 100, 10).perturb(50L, 1.2, random), 60L, "* 1.2");
        assertMove(qrandint(0, 100, 10).perturb(20L, 0.8, random), 10L, "* 0.8");
        assertMove(qrandint(0, 100, 10).perturb(90L, 1.2, random), 100L, "* 1.2, clamped");
        assertMove(qrandint(0, 100, 10).perturb(100L, 1.2, random), 100L, "* 1.2, stays at its bound");
        assertMove(lograndint(1, 9).perturb(4L, 1.2, random), 5L, "* 1.2");
    }

    // Ray multiplies and cuts: 4 * 1.2 stays 4, and 10 falls to 0 in eight steps and never rises again.
    @Test
    void climbsAndFallsFromEndToEndWithoutGettingStuck() {
        for (Domain domain : List.of(
                randint(1, 31),
                lograndint(1, 31),
                qrandint(0, 30, 3),
                qlograndint(2, 30, 2),
                quniform(0, 3, 0.1),
                qloguniform(0.1, 3, 0.1))) {
            Object low = domain.extremes().get(0);
            Object high = domain.extremes().get(1);
            assertThat(walk(domain, high, 0.8)).as("down %s", domain).isEqualTo(low);
            assertThat(walk(domain, low, 1.2)).as("up %s", domain).isEqualTo(high);
        }
    }

    private Object walk(Domain domain, Object start, double factor) {
        Object value = start;
        for (int i = 0; i < 40; i++) {
            value = domain.perturb(value, factor, random).value();
        }
        return value;
    }

    @Test
    void ordersItsNumbersForConstraints() {
        assertThat(((Ordered) quniform(0, 1, 0.1)).atMost(0.57)).isEqualTo(0.5);
        assertThat(((Ordered) quniform(0, 1, 0.1)).atLeast(0.51)).isEqualTo(0.6);
        assertThat(((Ordered) quniform(0, 1, 0.1)).atMost(-0.1)).isNull();
        assertThat(((Ordered) quniform(0, 1, 0.1)).atLeast(1.01)).isNull();
        assertThat(((Ordered) quniform(0, 1, 0.1)).atLeast(Double.NEGATIVE_INFINITY))
                .isEqualTo(0.0);
        assertThat(((Ordered) qrandint(-6, 9, 3)).atMost(5L)).isEqualTo(3L);
        assertThat(((Ordered) qrandint(-6, 9, 3)).atMost(-4L)).isEqualTo(-6L);
        assertThat(((Ordered) qrandint(-6, 9, 3)).atLeast(-4.5)).isEqualTo(-3L);
        assertThat(((Ordered) qrandint(-6, 9, 3)).atLeast(10L)).isNull();
        assertThat(((Ordered) qrandint(-6, 9, 3)).atLeast(Double.NEGATIVE_INFINITY))
                .isEqualTo(-6L);
        assertThat(((Ordered) qrandint(-6, 9, 3)).atMost(Double.POSITIVE_INFINITY))
                .isEqualTo(9L);
        assertThat(((Ordered) qrandn(0, 1, 0.5)).atMost(1e9 + 0.3)).isEqualTo(1e9);
        assertThat(((Ordered) oneMinusLog(0.9, 0.99)).atMost(0.95)).isEqualTo(0.95);
    }

    @Test
    void printsItsDeclaration() {
        assertThat(quniform(0, 1, 0.1)).hasToString("quniform(0.0, 1.0, 0.1)");
        assertThat(qloguniform(1, 4, 0.5)).hasToString("qloguniform(1.0, 4.0, 0.5)");
        assertThat(randn(0, 1)).hasToString("randn(0.0, 1.0)");
        assertThat(qrandn(0, 1, 0.1)).hasToString("qrandn(0.0, 1.0, 0.1)");
        assertThat(qrandint(0, 10, 5)).hasToString("qrandint(0, 10, 5)");
        assertThat(lograndint(1, 30)).hasToString("lograndint(1, 30)");
        assertThat(qlograndint(64, 128, 64)).hasToString("qlograndint(64, 128, 64)");
        assertThat(oneMinusLog(0.9, 0.99)).hasToString("oneMinusLog(0.9, 0.99)");
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
}
