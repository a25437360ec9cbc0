package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is interrupted saves what it has, so that nothing is trained twice when it goes on. */
@Timeout(60)
class InterruptedRunTest {
    private static final Consumer<RunConfig> PBT =
            run -> run.scheduler(Runs.pbt(3)).stop("training_iteration", 8).states(new StatePolicy(0, 1e9));

    @TempDir
    Path storage;

    private static RunListener atRow(int row, Consumer<Experiment> action) {
        AtomicInteger left = new AtomicInteger(row);
        return new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> values) {
                if (left.decrementAndGet() == 0) {
                    action.accept(experiment);
                }
            }
        };
    }

    private void trainsEachIterationOnce(Consumer<Experiment> interrupt) throws Exception {
        Thread runner = Thread.currentThread();
        AtomicInteger trained = new AtomicInteger();
        AtomicBoolean asked = new AtomicBoolean();
        Quadratic counting = new Quadratic((id, iteration, reported) -> {
            // On a busy machine the trials would run far ahead before the run's thread hears of it.
            while (trained.get() >= 11 && !(asked.get() && !runner.isInterrupted())) {
                LockSupport.parkNanos(100_000);
            }
            trained.incrementAndGet();
            return reported;
        });
        Consumer<Experiment> ask = interrupt.andThen(experiment -> asked.set(true));
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), PBT);
        assertThatThrownBy(() -> Runs.run(
                        storage, counting, PBT.andThen(run -> run.name("ended").listener(atRow(11, ask)))))
                .isInstanceOfSatisfying(
                        RunInterruptedException.class,
                        e -> assertThat(e.folder()).isEqualTo(storage.resolve("ended")))
                .hasMessageContaining("Tune.resume");
        Thread.interrupted();
        assertThat(trained.get()).isBetween(11, 16);
        Path folder = storage.resolve("ended");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("state_")))
                    .isNotEmpty();
        }
        ExperimentAnalysis resumed = Runs.resume(folder, counting, PBT);
        assertThat(resumed.digest()).isEqualTo(whole.digest());
        assertThat(trained).hasValue(4 * 8);
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith("state_")))
                    .as("trials that have ended need no states")
                    .isEmpty();
        }
    }

    @Test
    void onRequest() throws Exception {
        trainsEachIterationOnce(Experiment::interrupt);
    }

    @Test
    void byItsThread() throws Exception {
        Thread runner = Thread.currentThread();
        trainsEachIterationOnce(experiment -> runner.interrupt());
    }

    @Test
    void startsNothingAfterIt() {
        AtomicInteger after = new AtomicInteger();
        ScriptedScheduler interrupting = new ScriptedScheduler() {
            @Override
            public double runUntil(TrialView trial) {
                after.addAndGet(arrivals.size() < 3 ? 0 : 1);
                return super.runUntil(trial);
            }

            @Override
            public List<Decision> onArrival(TrialView trial) {
                List<Decision> decisions = super.onArrival(trial);
                if (arrivals.size() == 3) {
                    Thread.currentThread().interrupt();
                }
                return decisions;
            }
        };
        assertThatThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.scheduler(interrupting)))
                .isInstanceOf(RunInterruptedException.class);
        assertThat(Thread.interrupted()).as("the thread's flag is set again").isTrue();
        assertThat(interrupting.arrivals).hasSize(3);
        assertThat(after).as("slices started after the interruption").hasValue(0);
    }
}
