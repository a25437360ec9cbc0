package org.rltune.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

/** The reference for networks with memory keeps their contract, and its gradients are the slopes of its outputs. */
class ReferenceLstmTest extends MemoryContract {
    @Override
    protected ActorCritic network(long seed) {
        return new ReferenceLstm(3, List.of(5), 4, 2, new Pcg64(seed));
    }

    @Test
    void gradientsThroughTimeAgreeWithFiniteDifferences() {
        long seed = 51;
        Pcg64 random = new Pcg64(seed);
        ReferenceLstm network = new ReferenceLstm(3, List.of(6, 5), 4, 2, random);
        int rows = 12;
        int size = network.observationSize();
        float[] observations = Numbers.uniform(rows * size, 1, random);
        for (int i = 0; i < rows; i++) {
            observations[(i + 1) * size - 1] = i == 5 || i == 6 ? 1 : 0;
        }
        Workspace w = network.workspace(rows);
        w.sequences = true;
        network.forward(w, observations, 0, rows);
        float[] pull = Numbers.uniform(3 * rows, 1, random);
        System.arraycopy(pull, 0, w.policyGradient, 0, 2 * rows);
        System.arraycopy(pull, 2 * rows, w.valueGradient, 0, rows);
        network.backward(w, observations, 0, rows);
        double[] weights = new double[network.parameters().length];
        for (int p = 0; p < weights.length; p++) {
            weights[p] = network.parameters()[p];
        }
        for (int p = 0; p < weights.length; p++) {
            double kept = weights[p];
            weights[p] = kept + 1e-5;
            double up = pulled(network.outputs(weights, observations, rows, true), pull, rows);
            weights[p] = kept - 1e-5;
            double down = pulled(network.outputs(weights, observations, rows, true), pull, rows);
            weights[p] = kept;
            assertThat(Math.abs((up - down) / 2e-5 - w.gradient[p]))
                    .as("parameter %d, seed %d", p, seed)
                    .isLessThan(2e-6);
        }
    }

    private static double pulled(double[][] outputs, float[] pull, int rows) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < 3; j++) {
                sum += outputs[i][j] * pull[j * rows + i];
            }
        }
        return sum;
    }
}
