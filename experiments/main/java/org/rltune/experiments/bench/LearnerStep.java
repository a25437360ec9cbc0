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

    /** Steps of an iteration, at least: losses are reported on in its last pass alone, as in training. */
    private static final int PASSES = 4;

    /** Measures on one thread, for about that long; only the later half counts. */
    Samples measure(double seconds) {
        try (Running running = start()) {
            return running.measure(seconds).laterHalf();
        }
    }

    /** Makes a trainer for it. */
    Running start() {
        int passes = Math.max(PASSES, SAMPLES_PER_ITERATION / samples);
        PpoConfig config = PpoConfig.of("CartPole-v1")
                .fcnetHiddens(List.of(hidden, hidden))
                .vfShareLayers(shared)
                .numEnvsPerWorker(8)
                .trainBatchSize(samples)
                .sgdMinibatchSize(samples)
                .numSgdIter(passes);
        return new Running(config.build(), passes);
    }

    /** A trainer that makes such steps, on a thread of its own and no other. */
    static final class Running implements AutoCloseable {
        private final PpoTrainer trainer;
        private final int passes;
        private final ForkJoinPool pool = new ForkJoinPool(1);

        private Running(PpoTrainer trainer, int passes) {
            this.trainer = trainer;
            this.passes = passes;
        }

        /** The times of one step in microseconds, for about that long. */
        Times measure(double seconds) {
            return pool.submit(() -> {
                        double[] times = new double[1 << 10];
                        int n = 0;
                        long end = System.nanoTime() + (long) (seconds * 1e9);
                        // At least two: a step of 16,384 samples may outlast the time.
                        while (n < 2 || System.nanoTime() < end) {
                            double learnSeconds = Timers.seconds(trainer.train().metrics(), "learn_s");
                            times = n < times.length ? times : Arrays.copyOf(times, 2 * n);
                            times[n++] = learnSeconds * 1e6 / passes;
                        }
                        return new Times(Arrays.copyOf(times, n));
                    })
                    .join();
        }

        @Override
        public void close() {
            pool.shutdown();
            trainer.close();
        }
    }

    /** Times in the order in which they were measured. */
    record Times(double[] micros) {
        Samples all() {
            return Samples.of(micros, 0, micros.length);
        }

        Samples laterHalf() {
            return Samples.of(micros, micros.length / 2, micros.length);
        }
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
