package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.space.Domain;

/** In which order slices start and arrive, and what each decision does. */
@Timeout(60)
class TrialLoopTest {
    @TempDir
    Path storage;

    @Test
    void handsArrivalsOverByIterationsThenNumberNeverByWhoCameFirst() {
        Quadratic firstIsSlow = new Quadratic((id, iteration, reported) -> {
            LockSupport.parkNanos(id.equals("t00000") ? 3_000_000 : 0);
            return reported;
        });
        ScriptedScheduler scheduler = new ScriptedScheduler();
        Runs.run(
                storage,
                firstIsSlow,
                run -> run.numSamples(3).threads(3).scheduler(scheduler).stop("training_iteration", 3));
        assertThat(scheduler.arrivals)
                .containsExactly("0@1", "1@1", "2@1", "0@2", "1@2", "2@2", "0 ended", "1 ended", "2 ended");
    }

    @Test
    void showsTheSchedulerNothingOfASliceThatRuns() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                TrialView other = views.get(1);
                if (trial.number() == 0) {
                    seen.add(other.trainingIteration());
                    assertThat(other.ended()).isFalse();
                    assertThat(other.score().isPresent()).isEqualTo(other.trainingIteration() > 0);
                }
                return super.onArrival(trial);
            }
        };
        Quadratic firstIsSlow = new Quadratic((id, iteration, reported) -> {
            LockSupport.parkNanos(id.equals("t00000") ? 5_000_000 : 0);
            return reported;
        });
        Runs.run(
                storage,
                firstIsSlow,
                run -> run.numSamples(2).scheduler(scheduler).stop("training_iteration", 4));
        assertThat(seen).containsExactly(0, 1, 2); // although trial 1 had each next iteration behind it by then
    }

    @Test
    void refillsSlotsWithoutWaitingWhereTrialsAreIndependent() throws InterruptedException {
        CountDownLatch othersEnded = new CountDownLatch(3);
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            try {
                if (id.equals("t00000") && !othersEnded.await(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the slot beside this one was not refilled");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (iteration == 2) {
                othersEnded.countDown();
            }
            return reported;
        });
        ExperimentAnalysis analysis = Runs.run(
                storage,
                spec,
                run -> run.numSamples(4).threads(2).maxConcurrentTrials(2).stop("training_iteration", 2));
        assertThat(analysis.allRows()).hasSize(8);
    }

    @Test
    void startsTheSlicesFirstThatTakeLong() {
        // Loads all classes, so that the first slice below is as fast as it says.
        Runs.run(storage, new Quadratic(), run -> run.name("warm").stop("training_iteration", 2));
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            order.add(id + " " + iteration);
            LockSupport.parkNanos(id.equals("t00002") ? 600_000_000 : id.equals("t00001") ? 250_000_000 : 0);
            return reported;
        });
        ScriptedScheduler barrier = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                boolean last = trial.number() == 2;
                return last
                        ? views.stream()
                                .<Decision>map(view -> new Decision.Continue(view.id(), "all here"))
                                .toList()
                        : List.of(new Decision.Pause(trial.id(), "waits for all"));
            }
        };
        Runs.run(
                storage,
                spec,
                run -> run.numSamples(3).threads(1).scheduler(barrier).stop("training_iteration", 2));
        assertThat(order).containsExactly("t00000 1", "t00001 1", "t00002 1", "t00002 2", "t00001 2", "t00000 2");
    }

    @Test
    void stopsAndPausesAsTheSchedulerSays() {
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                if (trial.number() == 1 && trial.trainingIteration() == 2) {
                    arrivals.add("stop 1");
                    return List.of(new Decision.Stop(trial.id(), "bad"));
                }
                if (trial.number() == 2 && trial.trainingIteration() == 1) {
                    return List.of(new Decision.Pause(trial.id(), "until 0 has ended"));
                }
                return super.onArrival(trial);
            }

            @Override
            public List<Decision> onTrialEnd(TrialView trial) {
                super.onTrialEnd(trial);
                assertThat(trial.ended()).isTrue();
                return trial.number() == 0 ? List.of(new Decision.Continue("t00002", "0 has ended")) : List.of();
            }
        };
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(3).scheduler(scheduler).stop("training_iteration", 3));
        assertThat(scheduler.arrivals)
                .containsExactly("0@1", "1@1", "0@2", "stop 1", "1 ended", "0 ended", "2@2", "2 ended");
        Trial stopped = analysis.trial("t00001");
        assertThat(stopped.status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(stopped.trainingIteration()).isEqualTo(2);
        assertThat(stopped.savedCheckpoints())
                .extracting(SavedCheckpoint::trainingIteration)
                .containsExactly(2);
        assertThat(analysis.trial("t00002").trainingIteration()).isEqualTo(3);
        assertThat(analysis.digest()).hasSize(64);
        assertThat(analysis.decisions())
                .extracting(record -> record.decision().getClass().getSimpleName()
                        + record.decision().trialId())
                .containsExactly(
                        "Continuet00000",
                        "Continuet00001",
                        "Pauset00002",
                        "Continuet00000",
                        "Stopt00001",
                        "Continuet00002",
                        "Continuet00002");
    }

    @Test
    void stopsATrialThatWaitsForASlot() {
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                super.onArrival(trial);
                if (trial.trainingIteration() == 2) {
                    return List.of(
                            new Decision.Continue(trial.id(), "goes on"), new Decision.Stop("t00001", "not needed"));
                }
                return trial.number() == 0
                        ? List.of(new Decision.Pause("t00000", "waits for 1"))
                        : List.of(new Decision.Continue("t00000", "1 is here"), new Decision.Continue("t00001", "too"));
            }
        };
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(2)
                        .maxConcurrentTrials(1)
                        .scheduler(scheduler)
                        .stop("training_iteration", 3));
        assertThat(scheduler.arrivals).containsExactly("0@1", "1@1", "0@2", "1 ended", "0 ended");
        assertThat(analysis.trial("t00001").rows()).hasSize(1);
        assertThat(analysis.trial("t00001").status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(analysis.trial("t00000").rows()).hasSize(3);
    }

    @Test
    void letsTrialsGoOnBeforeItStartsOthers() {
        ScriptedScheduler scheduler = new ScriptedScheduler();
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(3)
                        .maxConcurrentTrials(2)
                        .scheduler(scheduler)
                        .stop("training_iteration", 2));
        // By iterations at the start of the slice, then by number: 0 and 1 first, 2 when a slot is free.
        assertThat(scheduler.arrivals).containsExactly("0@1", "1@1", "0 ended", "2@1", "1 ended", "2 ended");
    }

    @Test
    void refusesDecisionsThatMakeNoSense() {
        refuses("does not exist", trial -> List.of(new Decision.Continue("t00009", "why")));
        refuses("exist: t00001", trial -> List.of(new Decision.Continue("t00001", "not made yet")));
        refuses(
                "that is READY",
                trial -> List.of(
                        new Decision.Continue(trial.id(), "goes on"), new Decision.Pause(trial.id(), "or does not")));
        refuses(
                "no other trial",
                trial -> List.of(new Decision.Exploit(
                        trial.id(),
                        new Checkpoint(trial.id(), 1, java.util.OptionalDouble.empty(), Map.of()),
                        trial.config(),
                        trial.config(),
                        Map.of(),
                        "itself")));
        refuses("left trials paused", trial -> List.of(new Decision.Pause(trial.id(), "for ever")));
    }

    @Test
    void refusesASchedulerThatInterruptsAlthoughItSaysItDoesNot() {
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public boolean interrupts() {
                return false;
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.scheduler(scheduler)))
                .withMessageContainingAll("t00000 at 1.0", "interrupts() is false");
    }

    @Test
    void asksTheSchedulerWhenNothingRunsButTrialsWait() {
        List<String> stalls = new ArrayList<>();
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                super.onArrival(trial);
                return List.of();
            }

            @Override
            public List<Decision> onStall() {
                List<TrialView> waiting =
                        views.stream().filter(view -> !view.ended()).toList();
                stalls.add(waiting.size() + " wait");
                return waiting.stream()
                        .<Decision>map(view -> view.number() == 0
                                ? new Decision.Stop(view.id(), "worst")
                                : new Decision.Continue(view.id(), "goes on"))
                        .toList();
            }
        };
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(3).scheduler(scheduler).stop("training_iteration", 3));
        assertThat(stalls).containsExactly("3 wait", "2 wait");
        assertThat(analysis.trials()).extracting(Trial::trainingIteration).containsExactly(1, 3, 3);
        assertThat(analysis.decisions().get(0).time()).isEqualTo(1);
        assertThat(analysis.digest()).hasSize(64);
    }

    private void refuses(String words, java.util.function.Function<Scheduler.TrialView, List<Decision>> decisions) {
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                return decisions.apply(trial);
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(
                        storage,
                        new Quadratic(),
                        run -> run.name(words.replaceAll("[ :]+", "-"))
                                .numSamples(2)
                                .maxConcurrentTrials(1)
                                .scheduler(scheduler)))
                .withMessageContainingAll(words, "Correct the scheduler");
    }

    @Test
    void lendsItsThreadsToTheTrainablesOwnParallelism() {
        Set<ForkJoinPool> pools = ConcurrentHashMap.newKeySet();
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            List<ForkJoinTask<?>> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(ForkJoinTask.adapt(() -> {
                    pools.add(ForkJoinTask.getPool());
                }));
            }
            ForkJoinTask.invokeAll(parts);
            return reported;
        });
        Runs.run(storage, spec, run -> run.threads(3));
        assertThat(pools).hasSize(1).allSatisfy(pool -> {
            assertThat(pool.getParallelism()).isEqualTo(3);
            assertThat(pool).isNotSameAs(ForkJoinPool.commonPool());
        });
    }

    @Test
    void samplesWhatOnlyTheSchedulerDeclares() { // trap 13
        Scheduler pbt = org.rltune.tune.schedule.PopulationBasedTraining.builder()
                .perturbationInterval(2)
                .hyperparamMutations(Map.of("lr", Domain.uniform(0.01, 0.1)))
                .build();
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.scheduler(pbt).config(Map.of("note", "no lr here")).stop("training_iteration", 5));
        assertThat(analysis.trials()).allSatisfy(trial -> {
            assertThat(trial.initialConfig().getDouble("lr")).isBetween(0.01, 0.1);
            assertThat(trial.lastRow())
                    .containsEntry("config/lr", trial.config().get("lr"));
        });
        assertThat(analysis.trials().stream().map(Trial::initialConfig).distinct())
                .hasSize(4);
    }

    @Test
    void closesTheRunInOrderWhenInterrupted() {
        Thread main = Thread.currentThread();
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            if (iteration == 3) {
                main.interrupt();
            }
            LockSupport.parkNanos(1_000_000);
            return reported;
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, spec, run -> run.stop("training_iteration", 100_000)))
                .withMessageContainingAll("interrupted", "run");
        assertThat(Thread.interrupted()).isTrue();
        ExperimentAnalysis loaded = ExperimentAnalysis.load(storage.resolve("run"));
        assertThat(loaded.status()).isEqualTo(TrialStatus.ERROR);
        assertThat(loaded.allRows()).hasSizeGreaterThan(2);
    }
}
