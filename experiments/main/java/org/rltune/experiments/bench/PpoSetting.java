package org.rltune.experiments.bench;

import java.util.List;
import java.util.Locale;
import org.rltune.ppo.PpoConfig;

/**
 * Settings of PPO that speed is compared at; 8 environments, tanh, two equal layers.
 *
 * @param name as the tables of peers have it
 * @param hidden width of both layers
 * @param batch environment steps of an iteration
 * @param minibatch samples of a minibatch
 * @param epochs passes over the batch
 */
record PpoSetting(String name, int hidden, int batch, int minibatch, int epochs) {
    /** A and C are the settings at which the peers were measured; L is A with large minibatches. */
    static final List<PpoSetting> ALL = List.of(
            new PpoSetting("A", 64, 4000, 128, 10),
            new PpoSetting("C", 256, 4000, 128, 30),
            new PpoSetting("L", 64, 16384, 4096, 10));

    PpoConfig config(boolean shared, long seed) {
        return PpoConfig.of("CartPole-v1")
                .seed(seed)
                .fcnetHiddens(List.of(hidden, hidden))
                .vfShareLayers(shared)
                .numEnvsPerWorker(8)
                .trainBatchSize(batch)
                .sgdMinibatchSize(minibatch)
                .numSgdIter(epochs)
                .lr(3e-4);
    }

    String text() {
        return String.format(
                Locale.ROOT, "%s: 2x%d, batch %d, minibatch %d, %d epochs", name, hidden, batch, minibatch, epochs);
    }
}
