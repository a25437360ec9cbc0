package org.rltune.experiments.bench;

import java.util.List;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;

/**
 * The time of one forward call of policy and value, with CartPole's 4 observations and 2 actions.
 *
 * @param hidden width of both hidden layers
 * @param shared whether policy and value use the same layers
 * @param rows observations of a call
 */
record Inference(int hidden, boolean shared, int rows) {
    Samples measure(double seconds) {
        Mlp network = new Mlp(new MlpConfig(4, 2, List.of(hidden, hidden), Activation.TANH, shared, false));
        Pcg64 random = new Pcg64(1);
        network.initialize(random, 0);
        Workspace workspace = network.workspace(rows);
        float[] observations = new float[rows * 4];
        for (int i = 0; i < observations.length; i++) {
            observations[i] = random.nextFloat() - 0.5f;
        }
        return Samples.measure(seconds, () -> network.forward(workspace, observations, 0, rows));
    }
}
