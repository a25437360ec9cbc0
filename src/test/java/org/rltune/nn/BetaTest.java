package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class BetaTest extends ActionDistributionContract {
    @Override
    protected List<ActionDistribution> distributions() {
        return List.of(new Beta(1), new Beta(2));
    }

    @Override
    protected float[] actions(ActionDistribution d, float[] inputs, int stride, int rows, Pcg64 random) {
        float[] actions = new float[stride * d.actionSize()];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = (float) random.uniform(0.01, 0.99);
        }
        return actions;
    }

    @Test
    void drawsWithTheMeanAndVarianceOfItsShapes() {
        long seed = 61;
        Beta d = new Beta(1);
        Pcg64[] random = {new Pcg64(seed)};
        for (float[] inputs : new float[][] {{0, 0}, {3, -1}, {-4, 1}, {30, 40}}) {
            double p = 1 + StrictMath.log(1 + StrictMath.exp(inputs[0]));
            double q = 1 + StrictMath.log(1 + StrictMath.exp(inputs[1]));
            double mean = p / (p + q);
            double variance = p * q / ((p + q) * (p + q) * (p + q + 1));
            int draws = 40_000;
            double sum = 0;
            double squares = 0;
            float[] action = new float[1];
            for (int i = 0; i < draws; i++) {
                d.sample(d.scratch(1), inputs, 1, 1, random, action, 0, new float[1], 0);
                assertThat(action[0]).isBetween(0f, 1f);
                sum += action[0];
                squares += (action[0] - mean) * (action[0] - mean);
            }
            // Four standard errors; the fourth moment of a Beta variable is at most that of a normal one, times two.
            assertThat(sum / draws).as("seed %d", seed).isCloseTo(mean, within(4 * Math.sqrt(variance / draws)));
            assertThat(squares / draws).isCloseTo(variance, within(4 * variance * Math.sqrt(5.0 / draws)));
        }
    }

    @Test
    void theModeIsTheHighestPointOfTheDensity() {
        Beta d = new Beta(1);
        int points = 999;
        for (float[] inputs : new float[][] {{0, 0}, {2, -1}, {-1, 0.5f}}) {
            float[] columns = new float[2 * points];
            float[] grid = new float[points];
            for (int i = 0; i < points; i++) {
                columns[i] = inputs[0];
                columns[points + i] = inputs[1];
                grid[i] = (i + 1) / 1000f;
            }
            float[] logProb = new float[points];
            d.evaluate(kernels(), d.scratch(points), columns, points, points, grid, logProb, new float[points]);
            int best = 0;
            for (int i = 1; i < points; i++) {
                best = logProb[i] > logProb[best] ? i : best;
            }
            float[] mode = new float[1];
            d.mode(d.scratch(1), inputs, 1, 1, mode, 0);
            assertThat(mode[0]).isCloseTo(grid[best], within(2e-3f));
        }
    }

    @Test
    void theSpecialFunctionsHaveTheirKnownValues() {
        double logFactorial = 0;
        double harmonic = 0;
        double squares = 0;
        double euler = 0.57721566490153286061;
        for (int n = 1; n < 60; n++) {
            assertThat(SpecialFunctions.logGamma(n)).isCloseTo(logFactorial, within(1e-11 * (1 + logFactorial)));
            assertThat(SpecialFunctions.digamma(n)).isCloseTo(harmonic - euler, within(1e-11));
            assertThat(SpecialFunctions.trigamma(n)).isCloseTo(Math.PI * Math.PI / 6 - squares, within(1e-11));
            logFactorial += StrictMath.log(n);
            harmonic += 1.0 / n;
            squares += 1.0 / ((double) n * n);
        }
        // gamma(3/2) = sqrt(pi) / 2; psi(3/2) = 2 - euler - 2 ln 2; psi'(3/2) = pi^2 / 2 - 4
        assertThat(SpecialFunctions.logGamma(1.5)).isCloseTo(StrictMath.log(Math.sqrt(Math.PI) / 2), within(1e-12));
        assertThat(SpecialFunctions.digamma(1.5)).isCloseTo(2 - euler - 2 * StrictMath.log(2), within(1e-11));
        assertThat(SpecialFunctions.trigamma(1.5)).isCloseTo(Math.PI * Math.PI / 2 - 4, within(1e-11));
    }
}
