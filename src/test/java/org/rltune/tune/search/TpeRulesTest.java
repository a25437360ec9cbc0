package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Golden numbers from Optuna 5.0.0: {@code default_gamma}, {@code default_weights}, {@code _ParzenEstimator}. */
class TpeRulesTest {

    @Test
    void countsAsManyGoodTrialsAsOptuna() {
        int[][] table = {
            {1, 1}, {9, 1}, {10, 1}, {11, 2}, {20, 2}, {21, 3}, {50, 5}, {100, 10}, {240, 24}, {250, 25}, {251, 25},
            {300, 25}
        };
        for (int[] row : table) {
            assertThat(TpeRules.gamma(row[0])).as("%d trials", row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void weighsTrialsAsOptuna() {
        assertThat(TpeRules.weights(0)).isEmpty();
        assertThat(TpeRules.weights(25)).hasSize(25).containsOnly(1);
        assertThat(TpeRules.weights(26)[0]).isEqualTo(1.0 / 26);
        assertThat(TpeRules.weights(26)[1]).isEqualTo(1);
        double[] thirty = TpeRules.weights(30);
        double[] expected = {0.03333333333333333, 0.275, 0.5166666666666666, 0.7583333333333333, 1};
        for (int i = 0; i < expected.length; i++) {
            assertThat(thirty[i]).isCloseTo(expected[i], within(1e-15));
        }
    }

    @Test
    void makesKernelsAsWideAsOptuna() {
        double[] four = TpeRules.deviations(new double[] {0.2, 0.7, 0.25, 0.9});
        double[] expected = {1.0 / 6, 0.45, 0.45, 0.2};
        for (int i = 0; i < expected.length; i++) {
            assertThat(four[i]).as("kernel %d", i).isCloseTo(expected[i], within(1e-15));
        }
        assertThat(TpeRules.deviations(new double[] {0.2})).containsExactly(0.8);
        assertThat(TpeRules.deviations(new double[] {0.5, 0.5, 0.5})).containsOnly(0.2);
        double[] many = TpeRules.deviations(new double[500]);
        assertThat(many).containsOnly(0.01);
    }
}
