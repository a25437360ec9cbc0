package org.rltune.experiments.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.rltune.ppo.PpoTrainer;

/**
 * Trainers side by side, each in a pool of its own with the same number of threads, measured again and again while they go
 * on training.
 */
final class Throughput implements AutoCloseable {
    private final List<PpoTrainer> trainers = new ArrayList<>();
    private final List<ForkJoinPool> pools = new ArrayList<>();

    /**
     * What one trainer, or several together, did in a while.
     *
     * @param stepsPerSecond environment steps, learning included; of several trainers the sum
     * @param envMicros time in the environments for each step, as every 16th tells; of several trainers the mean, as are
     *     the next ones
     * @param inferenceMicros time in the policy and in drawing actions, as every 16th step tells
     * @param sampleMicros time of both and of what is around them
     * @param learnMicros time in advantages and minibatches
     * @param stepMicros time of a step altogether
     */
    record Rate(
            double stepsPerSecond,
            double envMicros,
            double inferenceMicros,
            double sampleMicros,
            double learnMicros,
            double stepMicros) {
        double restMicros() {
            return stepMicros - sampleMicros - learnMicros;
        }
    }

    Throughput(PpoSetting setting, boolean shared, int trials, int threads) {
        for (int seed = 0; seed < trials; seed++) {
            trainers.add(setting.config(shared, seed).build());
            pools.add(new ForkJoinPool(threads));
        }
    }

    /** Trains for that long, in whole iterations, and returns how fast it was. */
    Rate measure(double seconds) {
        AtomicInteger unfinished = new AtomicInteger(trainers.size());
        List<Future<Rate>> futures = new ArrayList<>();
        for (int i = 0; i < trainers.size(); i++) {
            PpoTrainer trainer = trainers.get(i);
            futures.add(pools.get(i).submit(() -> measure(trainer, seconds, unfinished)));
        }
        List<Rate> rates = futures.stream().map(Throughput::result).toList();
        return new Rate(
                rates.stream().mapToDouble(Rate::stepsPerSecond).sum(),
                rates.stream().mapToDouble(Rate::envMicros).average().orElseThrow(),
                rates.stream().mapToDouble(Rate::inferenceMicros).average().orElseThrow(),
                rates.stream().mapToDouble(Rate::sampleMicros).average().orElseThrow(),
                rates.stream().mapToDouble(Rate::learnMicros).average().orElseThrow(),
                rates.stream().mapToDouble(Rate::stepMicros).average().orElseThrow());
    }

    private static Rate measure(PpoTrainer trainer, double seconds, AtomicInteger unfinished) {
        double steps = 0;
        double env = 0;
        double inference = 0;
        double sample = 0;
        double learn = 0;
        long start = System.nanoTime();
        double elapsed;
        do {
            Map<String, Object> metrics = trainer.train().metrics();
            steps += metrics.get("timesteps_this_iter") instanceof Number n ? n.longValue() : 0;
            env += Timers.seconds(metrics, "env_s");
            inference += Timers.seconds(metrics, "inference_s");
            sample += Timers.seconds(metrics, "sample_s");
            learn += Timers.seconds(metrics, "learn_s");
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        unfinished.decrementAndGet();
        while (unfinished.get() > 0) {
            // No trial has the machine to itself at the end.
            trainer.train();
        }
        double micros = 1e6 / steps;
        return new Rate(
                steps / elapsed, env * micros, inference * micros, sample * micros, learn * micros, elapsed * micros);
    }

    private static Rate result(Future<Rate> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A trainer failed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The measurement was interrupted.", e);
        }
    }

    @Override
    public void close() {
        pools.forEach(ForkJoinPool::shutdownNow);
        trainers.forEach(PpoTrainer::close);
    }
}
