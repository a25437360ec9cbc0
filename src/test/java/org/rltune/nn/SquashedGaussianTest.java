package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class SquashedGaussianTest extends ActionDistributionContract {
    @Override
    protected List<ActionDistribution> distributions() {
        return List.of(new SquashedGaussian(1), new SquashedGaussian(3));
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
    void theDensityOfTheSquashedVariableIntegratesToOne() {
        SquashedGaussian d = new SquashedGaussian(1);
        int points = 4000;
        for (float[] inputs : new float[][] {{0, 0}, {0.7f, -1}, {-0.4f, 0.5f}}) {
            float[] columns = new float[2 * points];
            float[] u = new float[points];
            for (int i = 0; i < points; i++) {
                columns[i] = inputs[0];
                columns[points + i] = inputs[1];
                double a = (2 * i + 1.0 - points) / points; // midpoints of cells of (-1, 1)
                u[i] = (float) (0.5 * StrictMath.log((1 + a) / (1 - a)));
            }
            float[] logProb = new float[points];
            d.evaluate(kernels(), d.scratch(points), columns, points, points, u, logProb, new float[points]);
            double sum = 0;
            for (float p : logProb) {
                sum += StrictMath.exp(p) * 2 / points;
            }
            assertThat(sum)
                    .as("mean %s, log std %s", inputs[0], inputs[1])
                    .isCloseTo(1, within(1e-3)); // it is not bounded near the ends
        }
    }

    @Test
    void theEntropyIsGoodUpToALargeDeviation() {
        ReferenceDistribution reference = ReferenceDistribution.of(new SquashedGaussian(1));
        float[] entropy = new float[1];
        for (double std : new double[] {0.01, 0.3, 1, 2, 3, 10}) {
            float[] inputs = {0.8f, (float) StrictMath.log(std)};
            SquashedGaussian d = new SquashedGaussian(1);
            d.evaluate(kernels(), d.scratch(1), inputs, 1, 1, new float[1], new float[1], entropy);
            double exact = reference.entropy(new double[] {inputs[0], inputs[1]});
            assertThat((double) entropy[0]).as("deviation %s", std).isCloseTo(exact, within(std <= 3 ? 1e-5 : 1e-2));
        }
    }

    @Test
    void theModeIsTheMeanOfTheNormalVariable() {
        float[] actions = new float[2];
        SquashedGaussian d = new SquashedGaussian(2);
        d.mode(d.scratch(1), new float[] {0.3f, -2, 1, 1}, 1, 1, actions, 0);
        assertThat(actions).containsExactly(0.3f, -2f);
    }
}
