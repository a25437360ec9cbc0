package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyCallsTest {
    /** HotSpot's Tier4BackEdgeThreshold. */
    private static final int REPLACES_ON_THE_STACK = 40_000;

    @Test
    void callsComeToTheirLimitBeforeRounds() {
        double extra = (double) EarlyCalls.EXTRA * EarlyCalls.EXTRA_ROUNDS + VectorProducts.TERMS;
        assertThat(1024 * extra / (EarlyCalls.EXTRA + 1))
                .as("rounds in 1,024 calls, two of three for nothing")
                .isLessThan(REPLACES_ON_THE_STACK);
        assertThat(1024 * EarlyCalls.ROUNDS).isLessThan(REPLACES_ON_THE_STACK);
        assertThat(VectorProducts.TERMS)
                .as("two calls on the way to the same sums are enough")
                .isLessThanOrEqualTo(2 * EarlyCalls.ROUNDS);
    }

    @Test
    void longLoopsAreEarlyUntilTheyAreUsedUp() {
        EarlyCalls early = new EarlyCalls(2);
        assertThat(early.next(64)).isTrue();
        assertThat(early.next(32)).as("a short loop").isFalse();
        assertThat(early.next(33)).isTrue();
        assertThat(early.next(64)).as("used up").isFalse();
    }
}
