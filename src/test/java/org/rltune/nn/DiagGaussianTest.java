package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class DiagGaussianTest extends ActionDistributionContract {
    @Override
    protected List<ActionDistribution> distributions() {
        return List.of(new DiagGaussian(1), new DiagGaussian(2), new DiagGaussian(6));
    }

    @Override
    protected float[] actions(ActionDistribution d, float[] inputs, int stride, int rows, Pcg64 random) {
        int size = d.actionSize();
        float[] actions = new float[stride * size];
        for (int j = 0; j < size; j++) {
            for (int i = 0; i < rows; i++) {
                double std = StrictMath.exp(Math.max(-1.5f, Math.min(1.5f, inputs[(size + j) * stride + i])));
                double mean = Math.max(-9, Math.min(9, inputs[j * stride + i]));
                actions[j * stride + i] = (float) (mean + std * random.standardNormal());
            }
        }
        return actions;
    }

    @Test
    void theDensityIntegratesToOneAndGivesEntropyAndKl() {
        // Trapezoids over mean +- 12 std of one variable; their error is far below the float's.
        DiagGaussian d = new DiagGaussian(1);
        int points = 4001;
        float[] inputs = new float[2 * points];
        float[] old = new float[2 * points];
        float[] x = new float[points];
        double std = StrictMath.exp(-0.4f);
        double step = 24 * std / (points - 1);
        for (int i = 0; i < points; i++) {
            old[i] = 0.7f;
            old[points + i] = -0.4f;
            inputs[i] = 0.2f;
            inputs[points + i] = 0.1f;
            x[i] = (float) (0.7 + step * (i - (points - 1) / 2));
        }
        Scratch s = d.scratch(points);
        float[] oldLogProb = new float[points];
        float[] logProb = new float[points];
        float[] oldEntropy = new float[points];
        float[] entropy = new float[points];
        float[] kl = new float[points];
        d.evaluate(kernels(), s, old, points, points, x, oldLogProb, oldEntropy);
        d.evaluate(kernels(), s, inputs, points, points, x, logProb, entropy);
        d.kl(kernels(), s, old, inputs, points, points, kl);
        double mass = 0;
        double surprise = 0;
        double divergence = 0;
        for (int i = 0; i < points; i++) {
            double density = StrictMath.exp(oldLogProb[i]) * step;
            mass += density;
            surprise -= density * oldLogProb[i];
            divergence += density * (oldLogProb[i] - logProb[i]);
        }
        assertThat(mass).isCloseTo(1, within(1e-5));
        assertThat((double) oldEntropy[0]).isCloseTo(surprise, within(1e-5));
        assertThat((double) kl[0]).isCloseTo(divergence, within(1e-5));
    }

    /** A chi-square test over ten cells of equal probability, at a false-alarm rate of 0.001, with a printed seed. */
    @Test
    void drawsFromTheNormalDistribution() {
        long seed = 71;
        System.out.println("DiagGaussianTest: chi-square test with seed " + seed);
        // The deciles of the standard normal distribution.
        double[] deciles = {
            -1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005, 0.8416212, 1.2815516
        };
        float[] inputs = {0.5f, -2f, -0.3f, 1.1f};
        Pcg64[] random = {new Pcg64(seed)};
        int draws = 40_000;
        int[][] counts = new int[2][10];
        float[] action = new float[2];
        for (int i = 0; i < draws; i++) {
            new DiagGaussian(2)
                    .sample(new DiagGaussian(2).scratch(1), inputs, 1, 1, random, action, 0, new float[1], 0);
            for (int j = 0; j < 2; j++) {
                double z = (action[j] - inputs[j]) / StrictMath.exp(inputs[2 + j]);
                int cell = 0;
                while (cell < 9 && z > deciles[cell]) {
                    cell++;
                }
                counts[j][cell]++;
            }
        }
        for (int j = 0; j < 2; j++) {
            double chiSquare = 0;
            for (int count : counts[j]) {
                chiSquare += (count - draws / 10.0) * (count - draws / 10.0) / (draws / 10.0);
            }
            // The 0.9995 quantile of chi-square with 9 degrees of freedom, for each of two variables.
            assertThat(chiSquare).isLessThan(29.67);
        }
    }

    @Test
    void theModeIsTheMean() {
        // Columns of two rows: means (1, 3) and (2, 4).
        float[] inputs = {1, 2, 3, 4, 0, 0, 0, 0};
        float[] actions = new float[5];
        new DiagGaussian(2).mode(new DiagGaussian(2).scratch(2), inputs, 2, 2, actions, 1);
        assertThat(actions).containsExactly(0f, 1f, 3f, 2f, 4f);
    }

    @Test
    void aLogStdBeyondTwentyCountsAsTwentyAndGetsNoGradient() {
        DiagGaussian d = new DiagGaussian(1);
        Scratch s = d.scratch(3);
        // Three rows: log std 25, 20 and -25.
        float[] inputs = {0, 0, 0, 25, 20, -25};
        float[] actions = {1, 1, 0};
        float[] logProb = new float[3];
        float[] entropy = new float[3];
        d.evaluate(kernels(), s, inputs, 3, 3, actions, logProb, entropy);
        assertThat(logProb[0]).isEqualTo(logProb[1]);
        assertThat(entropy[0]).isEqualTo(entropy[1]);
        float[] gradient = new float[6];
        float[] ones = new float[3];
        Arrays.fill(ones, 1f);
        d.gradient(kernels(), s, inputs, 3, 3, actions, ones, 0.5f, null, 0, gradient);
        assertThat(gradient[3]).isZero();
        assertThat(gradient[4]).isCloseTo(-0.5f, within(1e-6f));
        assertThat(gradient[5]).isZero();
    }
}
