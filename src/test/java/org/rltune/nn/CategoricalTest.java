package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class CategoricalTest extends ActionDistributionContract {
    @Override
    protected List<ActionDistribution> distributions() {
        return List.of(new Categorical(2), new Categorical(3), new Categorical(18), new Categorical(1));
    }

    @Override
    protected float[] actions(ActionDistribution d, float[] inputs, int stride, int rows, Pcg64 random) {
        float[] actions = new float[stride];
        for (int i = 0; i < rows; i++) {
            actions[i] = random.nextInt(d.inputs());
        }
        return actions;
    }

    /** A chi-square test at a false-alarm rate of 0.001; the draws are fixed by the seed, which is printed. */
    @Test
    void drawsActionsAsOftenAsTheirProbabilitySays() {
        long seed = 61;
        System.out.println("CategoricalTest: chi-square test with seed " + seed);
        float[] logits = {0.3f, -1.2f, 2f, 0f, -3f};
        double[] p = ReferenceDistribution.Softmax.probabilities(new double[] {0.3f, -1.2f, 2f, 0f, -3f});
        int draws = 40_000;
        int[] counts = new int[5];
        Pcg64[] random = {new Pcg64(seed)};
        float[] action = new float[1];
        for (int i = 0; i < draws; i++) {
            new Categorical(5).sample(new Categorical(5).scratch(1), logits, 1, 1, random, action, 0, new float[1], 0);
            counts[(int) action[0]]++;
        }
        double chiSquare = 0;
        for (int a = 0; a < 5; a++) {
            double expected = draws * p[a];
            chiSquare += (counts[a] - expected) * (counts[a] - expected) / expected;
        }
        // The 0.999 quantile of chi-square with 4 degrees of freedom.
        assertThat(chiSquare).isLessThan(18.467);
    }

    @Test
    void theModeIsTheLargestLogitAndTheFirstOfEquals() {
        // Columns of two rows: logits (1, 3, 3) and (5, -1, 5).
        float[] inputs = {1, 5, 3, -1, 3, 5};
        float[] actions = new float[3];
        new Categorical(3).mode(new Categorical(3).scratch(2), inputs, 2, 2, actions, 1);
        assertThat(actions).containsExactly(0f, 1f, 0f);
    }

    @Test
    void noLogProbabilityIsBelowTheFloorAndOneIsNeverExceeded() {
        float[] logits = {500f, -500f};
        float[] logProb = new float[1];
        float[] entropy = new float[1];
        Categorical d = new Categorical(2);
        Scratch s = d.scratch(1);
        d.evaluate(kernels(), s, logits, 1, 1, new float[] {1f}, logProb, entropy);
        assertThat(logProb[0]).isEqualTo(Categorical.LOG_FLOOR);
        d.evaluate(kernels(), s, logits, 1, 1, new float[] {0f}, logProb, entropy);
        assertThat(logProb[0]).isZero();
        assertThat(entropy[0]).isCloseTo(0f, within(1e-30f));
    }

    @Test
    void refusesNoActionsAtAll() {
        assertThatThrownBy(() -> new Categorical(0)).hasMessageContaining("number of actions is 0");
    }
}
