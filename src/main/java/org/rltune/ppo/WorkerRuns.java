package org.rltune.ppo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rltune.rollout.EnvWatchdog;
import org.rltune.rollout.RolloutWorker;

/**
 * Runs what a trainer does with its environments: side by side on the threads of the tuner, or, where
 * {@code env_step_timeout_s} is set, on threads that can be given up.
 */
final class WorkerRuns {
    private final @Nullable EnvWatchdog watchdog;
    private final String trialId;
    private final double timeoutSeconds;

    WorkerRuns(String trialId, double timeoutSeconds) {
        this.trialId = trialId;
        this.timeoutSeconds = timeoutSeconds;
        this.watchdog = timeoutSeconds > 0 ? new EnvWatchdog(trialId, timeoutSeconds) : null;
    }

    /** Makes something that needs so many environments, each of which may take as long as a step. */
    <T> T make(int envs, Supplier<T> making) {
        if (watchdog == null) {
            return making.get();
        }
        AtomicReference<@Nullable T> made = new AtomicReference<>();
        new EnvWatchdog(trialId, timeoutSeconds * envs)
                .run(List.of(new EnvWatchdog.Work(
                        "the trainer, which makes " + envs, () -> made.set(making.get()), () -> 0, () -> {})));
        T result = made.get();
        if (result == null) {
            throw new IllegalStateException(trialId + ": nothing was made.");
        }
        return result;
    }

    /** Does something with every worker, of which the consumer gets the number. */
    void run(List<RolloutWorker> workers, IntConsumer what) {
        if (watchdog != null) {
            List<EnvWatchdog.Work> work = new ArrayList<>();
            for (int w = 0; w < workers.size(); w++) {
                int number = w;
                work.add(EnvWatchdog.Work.of(workers.get(w), w, () -> what.accept(number)));
            }
            watchdog.run(work);
        } else if (workers.size() == 1) {
            what.accept(0);
        } else {
            List<ForkJoinTask<?>> tasks = new ArrayList<>();
            for (int w = 0; w < workers.size(); w++) {
                int number = w;
                tasks.add(ForkJoinTask.adapt(() -> what.accept(number)));
            }
            // Inside a tuner's pool the workers run on that pool; a trainer of its own uses the common one.
            ForkJoinTask.invokeAll(tasks);
        }
    }

    /** Closes what was made before something failed. */
    static void close(List<? extends AutoCloseable> made, Throwable why) {
        for (AutoCloseable one : made) {
            try {
                one.close();
            } catch (Exception e) {
                why.addSuppressed(e);
            }
        }
    }
}
