package org.rltune.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class CheckTest {
    private static final double ABOVE_ONE = Math.nextUp(1.0);
    private static final double BELOW_ZERO = -Double.MIN_VALUE;

    @Test
    void returnsTheValueThatItWasGiven() {
        assertThat(Check.atLeast("n", 3, 3)).isEqualTo(3);
        assertThat(Check.atLeast("n", 3L, 3)).isEqualTo(3L);
        assertThat(Check.atMost("x", 1.0, 1)).isEqualTo(1.0);
        assertThat(Check.positive("x", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Check.inClosed("x", 0.5, 0, 1)).isEqualTo(0.5);
        assertThat(Check.notBlank("s", " a ")).isEqualTo(" a ");
        assertThat(Check.notEmpty("l", List.of(1))).containsExactly(1);
        assertThat(Check.notEmpty("m", Map.of("a", 1))).containsEntry("a", 1);
    }

    @Test
    void takesTheEndsOfARangeAsItsNameSays() {
        accepts(() -> Check.inClosed("x", 0.0, 0, 1), () -> Check.inClosed("x", 1.0, 0, 1));
        accepts(() -> Check.inClosed("n", 0, 0, 1), () -> Check.inClosed("n", 1L, 0, 1));
        accepts(() -> Check.inOpenClosed("x", 1.0, 0, 1), () -> Check.inClosedOpen("x", 0.0, 0, 1));
        accepts(() -> Check.inOpen("x", Double.MIN_VALUE, 0, 1));
        refuses("x", () -> Check.inClosed("x", ABOVE_ONE, 0, 1), () -> Check.inClosed("x", BELOW_ZERO, 0, 1));
        refuses("x", () -> Check.inOpenClosed("x", 0.0, 0, 1), () -> Check.inOpenClosed("x", ABOVE_ONE, 0, 1));
        refuses("x", () -> Check.inClosedOpen("x", 1.0, 0, 1), () -> Check.inClosedOpen("x", BELOW_ZERO, 0, 1));
        refuses("x", () -> Check.inOpen("x", 0.0, 0, 1), () -> Check.inOpen("x", 1.0, 0, 1));
        refuses("n", () -> Check.inClosed("n", 2, 0, 1), () -> Check.inClosed("n", -1L, 0, 1));
        refuses("n", () -> Check.atLeast("n", 1, 2), () -> Check.atLeast("n", 1L, 2), () -> Check.atLeast("n", 1.0, 2));
        refuses("n", () -> Check.atMost("n", 3, 2), () -> Check.atMost("n", 3L, 2), () -> Check.atMost("n", 3.0, 2));
        refuses("n", () -> Check.positive("n", 0), () -> Check.positive("n", 0L), () -> Check.positive("n", 0.0));
    }

    @Test
    void refusesNaNEverywhereAndInfinityWhereItSaysFinite() {
        double nan = Double.NaN;
        refuses("x", () -> Check.atLeast("x", nan, 0), () -> Check.atMost("x", nan, 0), () -> Check.positive("x", nan));
        refuses("x", () -> Check.inClosed("x", nan, 0, 1), () -> Check.inOpenClosed("x", nan, 0, 1));
        refuses("x", () -> Check.inClosedOpen("x", nan, 0, 1), () -> Check.inOpen("x", nan, 0, 1));
        refuses("x", () -> Check.finite("x", nan), () -> Check.finite("x", Float.NEGATIVE_INFINITY));
        refuses("x", () -> Check.positive("x", Double.POSITIVE_INFINITY));
    }

    @Test
    void namesTheArgumentTheValueTheRuleAndTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Check.atLeast("num_workers", -2, 0))
                .withMessage("num_workers is -2, but it must be at least 0. Set num_workers to 0 or more.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Check.inClosed("gamma", 1.5, 0, 1))
                .withMessage("gamma is 1.5, but it must lie in [0.0, 1.0]. Maybe gamma=1.0?");
        refuses("name", () -> Check.notBlank("name", "\t "));
        refuses("stop", () -> Check.notEmpty("stop", List.of()), () -> Check.notEmpty("stop", Map.of()));
    }

    private static void accepts(ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatCode(call).doesNotThrowAnyException();
        }
    }

    private static void refuses(String name, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(name + " is ");
        }
    }
}
