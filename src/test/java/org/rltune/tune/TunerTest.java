package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.space.HyperParams;

/** One seed, one result; slots, counters, and what an exploit does to a trial. */
@Timeout(60)
class TunerTest {
    @TempDir
    Path storage;

    private final AtomicInteger runs = new AtomicInteger();

    private ExperimentAnalysis run(TrainableSpec spec, Consumer<RunConfig> settings) {
        return Runs.run(storage, spec, run -> {
            run.name("run" + runs.incrementAndGet());
            settings.accept(run);
        });
    }

    private ExperimentAnalysis pbt(TrainableSpec spec, Consumer<RunConfig> settings) {
        return run(spec, run -> {
            run.numSamples(6).scheduler(Runs.pbt(2)).stop("training_iteration", 9);
            settings.accept(run);
        });
    }

    @Test
    void givesTheSameDigestOnAnyNumberOfThreadsWhoeverIsFaster() {
        Set<String> fifo = ConcurrentHashMap.newKeySet();
        Set<String> pbt = ConcurrentHashMap.newKeySet();
        for (int threads : List.of(1, 2, 4)) {
            fifo.add(run(Quadratic.scrambled(), run -> run.threads(threads)).digest());
            pbt.add(pbt(Quadratic.scrambled(), run -> run.threads(threads)).digest());
        }
        fifo.add(run(new Quadratic(), run -> {}).digest());
        pbt.add(pbt(new Quadratic(), run -> {}).digest());
        assertThat(fifo).hasSize(1);
        assertThat(pbt).hasSize(1);
        assertThat(fifo.iterator().next()).matches("[0-9a-f]{64}");
    }

    @Test
    void givesTheSameDigestWithFewSlots() {
        Set<String> digests = ConcurrentHashMap.newKeySet();
        for (int threads : List.of(1, 3)) {
            digests.add(pbt(Quadratic.scrambled(), run -> run.threads(threads).maxConcurrentTrials(2))
                    .digest());
        }
        assertThat(digests).hasSize(1);
    }

    @Test
    void givesAnotherDigestForAnotherSeed() {
        assertThat(run(new Quadratic(), run -> run.seed(1)).digest())
                .isNotEqualTo(run(new Quadratic(), run -> run.seed(2)).digest());
    }

    @Test
    void neverRunsMoreTrialsAtOnceThanAllowed() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Quadratic spec = new Quadratic((id, iteration, reported) -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
            return reported;
        });
        run(spec, run -> run.threads(4).maxConcurrentTrials(1).numSamples(6));
        assertThat(most).hasValue(1);
    }

    @Test
    void stopsEveryTrialAfterExactlyItsOwnIterations() { // trap 16
        ExperimentAnalysis analysis = pbt(new Quadratic(), run -> {});
        assertThat(exploits(analysis)).isNotEmpty();
        assertThat(analysis.trials()).allSatisfy(trial -> {
            assertThat(trial.trainingIteration()).isEqualTo(9);
            assertThat(trial.status()).isEqualTo(TrialStatus.TERMINATED);
            assertThat(trial.rows())
                    .extracting(row -> row.get("training_iteration"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 9)
                            .mapToObj(i -> (Object) (long) i)
                            .toList());
            assertThat(trial.rows())
                    .extracting(row -> row.get("timesteps_total"))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 9)
                            .mapToObj(i -> (Object) (10L * i))
                            .toList());
        });
    }

    @Test
    void countsTheTimeOfATrialsOwnTrainingOnly() { // trap 15
        ExperimentAnalysis analysis = pbt(new Quadratic(), run -> {});
        for (Trial trial : analysis.trials()) {
            double sum = 0;
            for (Map<String, Object> row : trial.rows()) {
                sum += (double) row.get("time_this_iter_s");
                assertThat((double) row.get("time_total_s")).isEqualTo(sum, within(1e-9));
            }
        }
    }

    /** Trials 1 and later copy trial 0 after their 3rd iteration; trial 0 is at its 5th then. */
    private static class CopyFirst implements Scheduler {
        private final List<TrialView> views = new ArrayList<>();
        private final List<TrialView> waiting = new ArrayList<>();
        private boolean copied;

        @Override
        public void begin(Setup setup) {}

        @Override
        public void onTrialAdd(TrialView trial) {
            views.add(trial);
        }

        @Override
        public String timeAttr() {
            return "training_iteration";
        }

        @Override
        public double runUntil(TrialView trial) {
            return copied ? Double.POSITIVE_INFINITY : trial.number() == 0 ? 5 : 3;
        }

        @Override
        public boolean needsCheckpoint() {
            return true;
        }

        @Override
        public List<Decision> onArrival(TrialView trial) {
            waiting.add(trial);
            if (waiting.size() < views.size()) {
                return List.of(new Decision.Pause(trial.id(), "waits"));
            }
            copied = true;
            List<Decision> decisions = new ArrayList<>();
            TrialView donor = views.get(0);
            decisions.add(new Decision.Continue(donor.id(), "first"));
            for (TrialView target : views.subList(1, views.size())) {
                HyperParams explored = donor.config().with("lr", 0.05);
                decisions.add(new Decision.Exploit(
                        target.id(), donor.checkpoint(), donor.config(), explored, Map.of("lr", "set"), "copies"));
            }
            return decisions;
        }

        @Override
        public List<Decision> onTrialEnd(TrialView trial) {
            return List.of();
        }

        @Override
        public String summary() {
            return "CopyFirst";
        }

        @Override
        public Map<String, Object> save() {
            return Map.of();
        }

        @Override
        public void restore(Map<String, Object> state) {}
    }

    @Test
    void keepsOwnCountersApartFromThoseOfTheLineage() {
        Quadratic spec = new Quadratic();
        ExperimentAnalysis analysis =
                run(spec, run -> run.numSamples(3).scheduler(new CopyFirst()).stop("training_iteration", 6));
        Trial target = analysis.trial("t00001");
        assertThat(target.rows())
                .extracting(row -> row.get("lineage_training_iteration"))
                .containsExactly(1L, 2L, 3L, 6L, 7L, 8L);
        assertThat(target.rows())
                .extracting(row -> row.get("lineage_timesteps_total"))
                .containsExactly(10L, 20L, 30L, 60L, 70L, 80L);
        assertThat(target.rows())
                .extracting(row -> row.get("training_iteration"))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(target.lineage()).containsExactly("t00000", "t00001");
        assertThat(analysis.trial("t00000").lineage()).containsExactly("t00000");
        assertThat(target.tag()).startsWith("1_lr=").endsWith("@perturbed[lr=0.0500]");
        assertThat(target.schedule()).hasSize(2);
        assertThat(target.schedule().get(1).iteration()).isEqualTo(4);
        assertThat(target.schedule().get(1).lineageIteration()).isEqualTo(6);
        assertThat(target.configAt(3)).isEqualTo(target.initialConfig());
        assertThat(target.configAt(4).getDouble("lr")).isEqualTo(0.05);
        assertThat(target.rows().get(2))
                .containsEntry("config/lr", target.initialConfig().get("lr"));
        assertThat(target.rows().get(3)).containsEntry("config/lr", 0.05).doesNotContainKey("config/note");
        DecisionRecord exploit = exploits(analysis).get(0);
        assertThat(exploit.targetIteration()).isEqualTo(3);
        assertThat(exploit.donorIteration()).isEqualTo(5);
        assertThat(exploit.lineage()).containsExactly("t00000", "t00001");
        assertThat(exploit.targetTag()).doesNotContain("@");
        double donorLoss = (double) analysis.rows("t00000").get(4).get("loss");
        assertThat(spec.adoptions).hasSize(2).allSatisfy(adoption -> {
            double x = Double.parseDouble(adoption.substring(adoption.indexOf('=') + 1));
            assertThat(x * x).isEqualTo(donorLoss);
        });
    }

    @Test
    void keepsTheDonorsCheckpointOnDiskWhileATrialRestsOnIt() { // trap 5
        List<Boolean> donorOnDisk = new ArrayList<>();
        Path donor = storage.resolve("run1").resolve("t00000").resolve("checkpoint_000005");
        run(
                new Quadratic(),
                run -> run.numSamples(2)
                        .scheduler(new CopyFirst())
                        .stop("training_iteration", 9)
                        .checkpointFreq(1)
                        .keepCheckpointsNum(1)
                        .listener(new RunListener() {
                            @Override
                            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                                if (trial.number() == 1 && trial.trainingIteration() > 3) {
                                    donorOnDisk.add(CheckpointFolder.read(donor).containsKey("x.bin"));
                                }
                            }
                        }));
        assertThat(donorOnDisk).hasSize(6).containsOnly(true);
        // When nobody rests on it any more it goes: one checkpoint was to be kept, and that is the newest.
        assertThat(donor).doesNotExist();
        assertThat(donor.resolveSibling("checkpoint_000009")).exists();
    }

    @Test
    void writesTheDonorsCheckpointEvenIfNoneWasAskedFor() {
        List<Boolean> onDisk = new ArrayList<>();
        run(
                new Quadratic(),
                run -> run.numSamples(2)
                        .scheduler(new CopyFirst())
                        .stop("training_iteration", 6)
                        .checkpointAtEnd(false)
                        .listener(new RunListener() {
                            @Override
                            public void onDecision(Experiment experiment, DecisionRecord decision) {
                                if (decision.decision() instanceof Decision.Exploit) {
                                    onDisk.add(experiment
                                                    .trials()
                                                    .get(0)
                                                    .savedCheckpoints()
                                                    .size()
                                            == 1);
                                }
                            }
                        }));
        assertThat(onDisk).containsExactly(true);
    }

    @Test
    void refusesASchedulerThatLeavesTheSearchSpace() {
        CopyFirst outside = new CopyFirst() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                return super.onArrival(trial).stream()
                        .map(decision -> decision instanceof Decision.Exploit e
                                ? new Decision.Exploit(
                                        e.trialId(),
                                        e.donor(),
                                        e.donorConfig(),
                                        e.explored().with("lr", 7.0),
                                        e.changes(),
                                        "")
                                : decision)
                        .toList();
            }
        };
        assertThatThrownBy(() -> run(
                        new Quadratic(),
                        run -> run.numSamples(2).scheduler(outside).stop("training_iteration", 9)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("lr", "7.0", "outside", "uniform(0.001, 0.1)");
    }

    @Test
    void tellsListenersInOrderAndOneAtATime() {
        AtomicInteger inside = new AtomicInteger();
        List<String> events = new ArrayList<>();
        run(
                Quadratic.scrambled(),
                run -> run.threads(3)
                        .numSamples(3)
                        .stop("training_iteration", 2)
                        .listener(new RunListener() {
                            private void event(String name) {
                                assertThat(inside.incrementAndGet()).isEqualTo(1);
                                events.add(name);
                                inside.decrementAndGet();
                            }

                            @Override
                            public void onExperimentStart(Experiment experiment) {
                                assertThat(experiment.folder()).isDirectory();
                                event("start");
                            }

                            @Override
                            public void onTrialStart(Experiment experiment, Trial trial) {
                                assertThat(trial.folder()).isDirectory();
                                event(trial.id());
                            }

                            @Override
                            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                                assertThat(trial.lastRow()).isSameAs(row);
                                event(trial.id() + " row " + row.get("training_iteration"));
                            }

                            @Override
                            public void onTrialEnd(Experiment experiment, Trial trial) {
                                assertThat(trial.status()).isEqualTo(TrialStatus.TERMINATED);
                                event(trial.id() + " end");
                            }

                            @Override
                            public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
                                assertThat(experiment.progress()).isEqualTo(OptionalDouble.of(1));
                                assertThat(experiment.folder().resolve("run.json"))
                                        .content()
                                        .contains(analysis.digest());
                                event("end");
                            }
                        }));
        assertThat(events)
                .startsWith("start", "t00000", "t00001", "t00002")
                .endsWith("end")
                .hasSize(14);
        assertThat(events).containsSubsequence("t00001 row 1", "t00001 row 2", "t00001 end");
    }

    @Test
    void measuresProgressByTheStopRules() {
        List<Double> progress = new ArrayList<>();
        run(
                new Quadratic(),
                run -> run.numSamples(1)
                        .stop("training_iteration", 4)
                        .stop("timesteps_total", 1000)
                        .listener(new RunListener() {
                            @Override
                            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                                progress.add(experiment.progress().orElseThrow());
                                assertThat(experiment.remainingSeconds().orElseThrow())
                                        .isNotNegative();
                            }
                        }));
        assertThat(progress).containsExactly(0.25, 0.5, 0.75, 1.0);
    }

    private static List<DecisionRecord> exploits(ExperimentAnalysis analysis) {
        return analysis.decisions().stream()
                .filter(record -> record.decision() instanceof Decision.Exploit)
                .toList();
    }
}
