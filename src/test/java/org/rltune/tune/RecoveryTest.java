package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.space.HyperParams;

/** Failed trials that are tried again, waiting trials without a trainable, and trainables that are used again. */
@Timeout(60)
class RecoveryTest {
    @TempDir
    Path storage;

    private ExperimentAnalysis run(String name, TrainableSpec spec, Consumer<RunConfig> settings) {
        return Runs.run(storage, spec, run -> {
            run.name(name).stop("training_iteration", 7);
            settings.accept(run);
        });
    }

    /** Fails once in each of the given iterations of every trial. */
    private static Quadratic failingOnceIn(Integer... iterations) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        Set<Integer> wanted = Set.of(iterations);
        return new Quadratic((id, iteration, reported) -> {
            if (wanted.contains(iteration) && failed.add(id + "/" + iteration)) {
                throw new IllegalStateException("stumbled at " + iteration);
            }
            return reported;
        });
    }

    @Test
    void comesToTheSameAsIfNothingHadFailed() {
        Consumer<RunConfig> plain = run -> {};
        Consumer<RunConfig> saving = run -> run.checkpointFreq(2);
        Consumer<RunConfig> population =
                run -> run.scheduler(Runs.pbt(2)).stop(StopRule.atLeast("timesteps_total", 90));
        List<Consumer<RunConfig>> kinds = List.of(plain, saving, population, plain.andThen(r -> r.threads(1)));
        for (Consumer<RunConfig> kind : kinds) {
            String name = "run" + kinds.indexOf(kind);
            String straight = run(name, new Quadratic(), kind).digest();
            ExperimentAnalysis bumpy =
                    run(name + "bumpy", failingOnceIn(1, 3, 4, 6), kind.andThen(run -> run.maxFailures(4)));
            assertThat(bumpy.digest()).as(name).isEqualTo(straight).hasSize(64);
            assertThat(bumpy.trials()).allSatisfy(trial -> {
                assertThat(trial.status()).isEqualTo(TrialStatus.TERMINATED);
                assertThat(trial.failures()).isEqualTo(4);
                assertThat(trial.error()).isNull();
            });
            assertThat(ExperimentAnalysis.load(bumpy.folder()).allRows()).isEqualTo(bumpy.allRows());
        }
    }

    @Test
    void startsAgainFromTheNewestCheckpoint() {
        List<String> trained = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger fails = new AtomicInteger();
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            trained.add(Integer.toString(iteration));
            if (iteration == 6 && fails.incrementAndGet() <= 2) {
                throw new IllegalStateException("stumbled");
            }
            return reported;
        });
        run("a", spec, run -> run.numSamples(1).checkpointFreq(4).maxFailures(-1));
        assertThat(String.join(" ", trained)).isEqualTo("1 2 3 4 5 6 5 6 5 6 7");
    }

    @Test
    void givesUpAfterSoManyFailuresAndWritesEachDown() throws Exception {
        Quadratic broken = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00001") && iteration == 3) {
                throw new IllegalStateException("the ship sank");
            }
            return reported;
        });
        List<String> told = new ArrayList<>();
        TrialsFailedException failure = catchThrowableOfType(
                TrialsFailedException.class,
                () -> run(
                        "a",
                        broken,
                        run -> run.maxFailures(2).listener(new RunListener() {
                            @Override
                            public void onTrialRecover(Experiment experiment, Trial trial, Throwable error) {
                                told.add(trial.id() + " " + trial.failures() + " " + error.getMessage());
                            }
                        })));
        assertThat(told).containsExactly("t00001 1 the ship sank", "t00001 2 the ship sank");
        Trial trial = failure.analysis().trial("t00001");
        assertThat(trial.failures()).isEqualTo(3);
        assertThat(trial.rows()).hasSize(2);
        assertThat(Files.readAllLines(trial.folder().resolve("error.txt")))
                .filteredOn(line -> line.contains("failed in its iteration"))
                .containsExactly(
                        "t00001 failed in its iteration 3 (attempt 1 of 3).",
                        "t00001 failed in its iteration 3 (attempt 2 of 3).",
                        "t00001 failed in its iteration 3 (attempt 3 of 3).");
        assertThat(ExperimentAnalysis.load(storage.resolve("a")).trial("t00001").failures())
                .isEqualTo(3);
        assertThat(failure.analysis().rows("t00003")).hasSize(7);
    }

    @Test
    void endsTheRunInOrderAtTheFirstFailureIfToldTo() {
        Quadratic broken = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00000") && iteration == 2) {
                throw new IllegalStateException("the ship sank");
            }
            return reported;
        });
        TrialsFailedException failure = catchThrowableOfType(
                TrialsFailedException.class,
                () -> Runs.run(
                        storage,
                        broken,
                        run -> run.failFast(true).numSamples(50).stop("training_iteration", 1e9)));
        assertThat(failure.analysis().trials())
                .hasSizeLessThan(50)
                .allSatisfy(trial -> assertThat(trial.status()).isIn(TrialStatus.ERROR, TrialStatus.TERMINATED));
        assertThat(failure.failed()).hasSize(1);
        assertThat(failure.analysis()
                        .trials()
                        .subList(1, failure.analysis().trials().size()))
                .allSatisfy(trial -> assertThat(trial.endReason()).isEqualTo("fail_fast: t00000 failed"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("b", broken, run -> run.failFast(true).maxFailures(1)))
                .withMessageContainingAll("max_failures is 1", "fail_fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunConfig().maxFailures(-2))
                .withMessageContaining("max_failures");
    }

    /** Counts how many trainables are open, and can be told to accept resets. */
    private static final class Counting extends Quadratic {
        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();
        final AtomicInteger resets = new AtomicInteger();
        private final boolean resettable;

        Counting(boolean resettable) {
            this.resettable = resettable;
        }

        @Override
        public Trainable create(TrialContext context) {
            made.incrementAndGet();
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return new Counted(super.create(context));
        }

        private Trainable inner(TrialContext context) {
            return super.create(context);
        }

        private final class Counted implements Trainable {
            private Trainable inner;

            Counted(Trainable inner) {
                this.inner = inner;
            }

            @Override
            public boolean reset(TrialContext context) {
                resets.incrementAndGet();
                if (resettable) {
                    inner = inner(context);
                }
                return resettable;
            }

            @Override
            public Iteration train() {
                return inner.train();
            }

            @Override
            public Map<String, byte[]> save() {
                return inner.save();
            }

            @Override
            public void restore(Map<String, byte[]> files) {
                inner.restore(files);
            }

            @Override
            public void adopt(Map<String, byte[]> donorFiles) {
                inner.adopt(donorFiles);
            }

            @Override
            public void configure(HyperParams config) {
                inner.configure(config);
            }

            @Override
            public void close() {
                open.decrementAndGet();
                inner.close();
            }
        }
    }

    @Test
    void keepsOnlySoManyTrainablesOpenWhileTrialsWait() {
        Counting counting = new Counting(false);
        Consumer<RunConfig> many =
                run -> run.numSamples(100).scheduler(Runs.pbt(2)).stop("timesteps_total", 60);
        ExperimentAnalysis bounded = run("bounded", counting, many);
        int limit = TrainablePool.MOST_WAITING + 2;
        assertThat(counting.most.get()).isBetween(TrainablePool.MOST_WAITING, limit + 2);
        assertThat(counting.made.get()).isGreaterThan(100); // some gave theirs back and were restored
        assertThat(counting.open).hasValue(0);
        // What a trial comes to does not depend on it: the same in one slice, where nobody waits.
        Consumer<RunConfig> few = run -> run.numSamples(100).scheduler(new ScriptedScheduler() {
            @Override
            public double runUntil(TrialView trial) {
                return trial.time() + 2;
            }
        });
        String waiting = run("waiting", new Counting(false), few).digest();
        String alone = run("alone", new Counting(false), few.andThen(run -> run.maxConcurrentTrials(1)))
                .digest();
        assertThat(bounded.digest()).hasSize(64);
        assertThat(bounded.decisions()).anyMatch(record -> record.decision() instanceof Decision.Exploit);
        assertThat(rows("waiting")).isEqualTo(rows("alone"));
        assertThat(waiting).isNotEqualTo(alone); // the decisions come in another order
    }

    private List<Map<String, Object>> rows(String name) {
        return ExperimentAnalysis.load(storage.resolve(name)).allRows().stream()
                .map(ResultColumns::withoutVolatile)
                .toList();
    }

    @Test
    void endsWaitingTrialsWithoutATrainableInOrder() {
        ScriptedScheduler stopsAll = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                return List.of();
            }

            @Override
            public List<Decision> onStall() {
                return views.stream()
                        .<Decision>map(view -> new Decision.Stop(view.id(), "enough"))
                        .toList();
            }
        };
        Counting counting = new Counting(false);
        ExperimentAnalysis analysis =
                run("stopped", counting, run -> run.numSamples(100).scheduler(stopsAll));
        assertThat(counting.most.get()).isLessThan(100);
        assertThat(counting.made).hasValue(100); // nobody was restored only to be stopped
        assertThat(analysis.digest()).hasSize(64);
        assertThat(analysis.trials()).allSatisfy(trial -> {
            assertThat(trial.status()).isEqualTo(TrialStatus.TERMINATED);
            assertThat(trial.savedCheckpoints()).hasSize(1);
            assertThat(CheckpointFolder.read(trial.savedCheckpoints().get(0).folder()))
                    .containsKey("x.bin");
        });
    }

    @Test
    void usesTrainablesAgainThatCanBeReset() {
        Counting resettable = new Counting(true);
        ExperimentAnalysis reused =
                run("reused", resettable, run -> run.numSamples(20).threads(1));
        assertThat(resettable.made.get()).isLessThan(5);
        assertThat(resettable.resets.get()).isGreaterThan(15);
        assertThat(resettable.open).hasValue(0);
        Counting stubborn = new Counting(false);
        ExperimentAnalysis made =
                run("made", stubborn, run -> run.numSamples(20).threads(1));
        assertThat(stubborn.made).hasValue(20);
        assertThat(stubborn.resets).hasValue(1); // asked once, not again
        assertThat(stubborn.open).hasValue(0);
        assertThat(reused.digest()).isEqualTo(made.digest());
    }

    @Test
    void trainsNoMoreTrialsAtOnceThanTheirCpusAllow() {
        AtomicInteger at = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            most.accumulateAndGet(at.incrementAndGet(), Math::max);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            at.decrementAndGet();
            return reported;
        });
        Consumer<RunConfig> four = run -> run.threads(4).scheduler(Runs.pbt(2));
        String two =
                run("two", spec, four.andThen(run -> run.resourcesPerTrial(2))).digest();
        assertThat(most).hasValue(2);
        assertThat(run("all", new Quadratic(), four).digest()).isEqualTo(two);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("b", spec, four.andThen(run -> run.resourcesPerTrial(5))))
                .withMessageContainingAll("wants 5 cpus", "4 threads", "threads(5)", "resourcesPerTrial(4)");
    }

    @Test
    void showsTheArithmeticOfDemandAndSupply() {
        assertThat(new Resources(0).preflight(8, 4, 4)).isEmpty();
        assertThat(new Resources(2).preflight(8, 3, 10))
                .containsExactly("resources: 8 threads / 2 a trial = 4 trials at a time; 3 may be under way;"
                        + " 2 threads left for the trials' own work");
        assertThat(new Resources(3).preflight(8, Integer.MAX_VALUE, 10))
                .containsExactly(
                        "resources: 8 threads / 3 a trial = 2 trials at a time; 10 may be under way, which take"
                                + " turns; 2 threads left for the trials' own work");
    }
}
