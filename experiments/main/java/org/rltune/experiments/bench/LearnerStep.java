package org.rltune.experiments.bench;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;

/**
 * The time of one minibatch step inside the real trainer: gathering, forward, loss, backward, clipping and Adam, plus its
 * share of shuffling and advantages, on CartPole-v1 (4 observations, 2 actions).
 *
 * @param hidden width of both hidden layers
 * @param shared whether policy and value use the same layers
 * @param samples of a minibatch
 */
record LearnerStep(int hidden, boolean shared, int samples) {
    private static final int OBSERVATIONS = 4;
    private static final int ACTIONS = 2;

    /** Samples worked through in one iteration, at least: long against what is around the steps, short against a pause. */
    private static final int SAMPLES_PER_ITERATION = 1024;

    /** Measures on one thread, for about that long; only the later half counts. */
    Samples measure(double seconds) {
        int passes = Math.max(1, SAMPLES_PER_ITERATION / samples);
        PpoConfig config = PpoConfig.of("CartPole-v1")
                .fcnetHiddens(List.of(hidden, hidden))
                .vfShareLayers(shared)
                .numEnvsPerWorker(8)
                .trainBatchSize(samples)
                .sgdMinibatchSize(samples)
                .numSgdIter(passes);
        ForkJoinPool pool = new ForkJoinPool(1);
        try (PpoTrainer trainer = config.build()) {
            return pool.submit(() -> measure(trainer, passes, seconds)).join();
        } finally {
            pool.shutdown();
        }
    }

    private static Samples measure(PpoTrainer trainer, int passes, double seconds) {
        double[] times = new double[1 << 10];
        int n = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        // At least four, of which the later half counts: a step of 16,384 samples may outlast the time.
        while (n < 4 || System.nanoTime() < end) {
            double learnSeconds = Timers.seconds(trainer.train().metrics(), "learn_s");
            times = n < times.length ? times : Arrays.copyOf(times, 2 * n);
            times[n++] = learnSeconds * 1e6 / passes;
        }
        return Samples.of(times, n / 2, n);
    }

    /**
     * Millions of floating-point operations in the matrix products of a step. Forward multiplies with each weight once,
     * backward twice; backward leaves out the gradient of the observations.
     */
    double mflop() {
        int stacks = shared ? 1 : 2;
        double hiddenWeights = stacks * (2.0 * OBSERVATIONS * hidden + 3.0 * hidden * hidden);
        double headWeights = 3.0 * hidden * (ACTIONS + 1);
        return 2e-6 * samples * (hiddenWeights + headWeights);
    }

    String name() {
        return "2x" + hidden + (shared ? " shared" : " separate");
    }
}
