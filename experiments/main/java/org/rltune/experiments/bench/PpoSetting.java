package org.rltune.experiments.bench;

import java.util.List;
import java.util.Locale;
import org.rltune.ppo.PpoConfig;

/**
 * Settings of PPO that speed is compared at; 8 environments a worker, tanh, two equal layers.
 *
 * @param name as the tables of peers have it
 * @param workers rollout workers, which sample side by side where there are threads; 0: the trainer itself samples
 * @param hidden width of both layers
 * @param batch environment steps of an iteration
 * @param minibatch samples of a minibatch
 * @param epochs passes over the batch
 */
record PpoSetting(String name, int workers, int hidden, int batch, int minibatch, int epochs) {
    /**
     * A and C are the settings at which the peers were measured, without workers; L has large minibatches and two workers,
     * as one gives a trial that is to use two threads.
     */
    static final List<PpoSetting> ALL = List.of(
            new PpoSetting("A", 0, 64, 4000, 128, 10),
            new PpoSetting("C", 0, 256, 4000, 128, 30),
            new PpoSetting("L", 2, 64, 16384, 4096, 10));

    PpoConfig config(boolean shared, long seed) {
        return PpoConfig.of("CartPole-v1")
                .seed(seed)
                .fcnetHiddens(List.of(hidden, hidden))
                .vfShareLayers(shared)
                .numWorkers(workers)
                .numEnvsPerWorker(8)
                .trainBatchSize(batch)
                .sgdMinibatchSize(minibatch)
                .numSgdIter(epochs)
                .lr(3e-4);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%s: 2x%d, batch %d, minibatch %d, %d epochs%s",
                name,
                hidden,
                batch,
                minibatch,
                epochs,
                workers > 0 ? ", " + workers + " workers" : "");
    }
}
