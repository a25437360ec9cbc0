package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.search.RandomSearch;
import org.rltune.tune.space.HyperParams;

/** When the tuner asks a searcher for trials, and what the searcher learns of them, in which order. */
@Timeout(60)
class SearchLoopTest {
    @TempDir
    Path storage;

    /** Records every call; suggests at random until a test says otherwise. */
    private static class Scripted implements Searcher {
        final List<String> calls = new ArrayList<>();

        @Nullable
        Setup setup;

        int underWay;

        @Override
        public void begin(Setup setup) {
            this.setup = setup;
        }

        @Override
        public Suggestion suggest(int trialNumber) {
            Suggestion answer = answer(trialNumber);
            underWay += answer instanceof Suggestion.Next ? 1 : 0;
            calls.add(answer.getClass().getSimpleName() + " " + trialNumber);
            return answer;
        }

        Suggestion answer(int trialNumber) {
            return new Suggestion.Next(setup.space().sample(setup.seeds(), trialNumber), "scripted " + trialNumber);
        }

        @Override
        public void onResult(Scheduler.TrialView trial) {
            calls.add("result " + trial.number() + "@" + trial.trainingIteration());
        }

        @Override
        public void onTrialEnd(Scheduler.TrialView trial) {
            underWay--;
            calls.add("end " + trial.number() + " " + trial.outcome());
        }

        @Override
        public String summary() {
            return "Scripted: " + calls.size() + " calls";
        }

        @Override
        public Map<String, Object> save() {
            return Map.of();
        }

        @Override
        public void restore(Map<String, Object> state) {}
    }

    private static Quadratic firstIsSlow() {
        return new Quadratic((id, iteration, reported) -> {
            LockSupport.parkNanos(id.equals("t00000") ? 5_000_000 : 0);
            return reported;
        });
    }

    @Test
    void asksWhenASlotIsFreeAndTellsInComputedOrder() {
        Scripted searcher = new Scripted();
        Runs.run(
                storage,
                firstIsSlow(),
                run -> run.searchAlg(searcher)
                        .numSamples(4)
                        .threads(3)
                        .maxConcurrentTrials(2)
                        .stop("training_iteration", 2));
        assertThat(searcher.calls)
                .containsExactly(
                        "Next 0",
                        "Next 1",
                        "result 0@2",
                        "end 0 COMPLETED",
                        "Next 2",
                        "result 1@2",
                        "end 1 COMPLETED",
                        "Next 3",
                        "result 2@2",
                        "end 2 COMPLETED",
                        "result 3@2",
                        "end 3 COMPLETED");
    }

    @Test
    void givesTheSameDigestOnAnyNumberOfThreadsWhereTheSearcherLearns() {
        List<String> digests = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            String name = "run" + threads;
            int given = threads;
            digests.add(Runs.run(
                            storage,
                            Quadratic.scrambled(),
                            run -> run.name(name)
                                    .searchAlg(new FollowsTheBest())
                                    .scheduler(new ScriptedScheduler())
                                    .numSamples(8)
                                    .threads(given)
                                    .maxConcurrentTrials(3)
                                    .stop("training_iteration", 3))
                    .digest());
        }
        assertThat(digests).containsOnly(digests.get(0));
    }

    /** Suggests nine tenths of the best learning rate seen so far, at any moment. */
    private static final class FollowsTheBest extends Scripted {
        private double best = Double.NEGATIVE_INFINITY;
        private double lr = 0.1;

        @Override
        Suggestion answer(int trialNumber) {
            HyperParams config = setup.space().sample(setup.seeds(), trialNumber);
            return new Suggestion.Next(config.with("lr", Math.max(0.001, lr * 0.9)), "near the best");
        }

        @Override
        public void onResult(Scheduler.TrialView trial) {
            if (trial.score().orElse(Double.NEGATIVE_INFINITY) > best) {
                best = trial.score().getAsDouble();
                lr = trial.config().getDouble("lr");
            }
        }
    }

    @Test
    void showsTheSearcherEveryArrivalBeforeTheSchedulerDecides() {
        Scripted searcher = new Scripted();
        ScriptedScheduler scheduler = new ScriptedScheduler() {
            @Override
            public List<Decision> onArrival(TrialView trial) {
                searcher.calls.add("scheduler " + trial.number() + "@" + trial.trainingIteration());
                return trial.trainingIteration() == 2
                        ? List.of(new Decision.Stop(trial.id(), "enough"))
                        : super.onArrival(trial);
            }

            @Override
            public List<Decision> onTrialEnd(TrialView trial) {
                searcher.calls.add("scheduler end " + trial.number());
                return List.of();
            }
        };
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.searchAlg(searcher).scheduler(scheduler).numSamples(1));
        // The end adds no row to what arrived at 2: it is not told as a result once more.
        assertThat(searcher.calls)
                .containsExactly(
                        "Next 0",
                        "result 0@1",
                        "scheduler 0@1",
                        "result 0@2",
                        "scheduler 0@2",
                        "end 0 STOPPED",
                        "scheduler end 0");
    }

    @Test
    void asksAgainAfterTheNextArrivalWhereTheSearcherWaits() {
        Scripted two = new Scripted() {
            @Override
            Suggestion answer(int trialNumber) {
                return underWay == 2 ? new Suggestion.Wait("two are under way") : super.answer(trialNumber);
            }
        };
        Runs.run(
                storage,
                firstIsSlow(),
                run -> run.searchAlg(two).numSamples(3).threads(3).stop("training_iteration", 1));
        assertThat(two.calls)
                .containsExactly(
                        "Next 0",
                        "Next 1",
                        "Wait 2",
                        "result 0@1",
                        "end 0 COMPLETED",
                        "Next 2",
                        "result 1@1",
                        "end 1 COMPLETED",
                        "result 2@1",
                        "end 2 COMPLETED");
    }

    @Test
    void endsWhenTheSearcherHasNoMoreAndCountsThatManyTrials() {
        Scripted three = new Scripted() {
            @Override
            Suggestion answer(int trialNumber) {
                return trialNumber == 3 ? new Suggestion.Exhausted("all tried") : super.answer(trialNumber);
            }
        };
        List<Integer> totals = new ArrayList<>();
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.searchAlg(three)
                        .numSamples(10)
                        .maxConcurrentTrials(2)
                        .listener(new RunListener() {
                            @Override
                            public void onTrialStart(Experiment experiment, Trial trial) {
                                totals.add(experiment.totalTrials());
                            }

                            @Override
                            public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
                                totals.add(experiment.totalTrials());
                                assertThat(experiment.progress()).hasValue(1);
                            }
                        }));
        assertThat(analysis.trials()).hasSize(3);
        assertThat(analysis.digest()).hasSize(64);
        assertThat(totals).containsExactly(10, 10, 10, 3);
        assertThat(three.calls).filteredOn(call -> call.startsWith("Exhausted")).hasSize(1);
        assertThat(ExperimentAnalysis.load(storage.resolve("run")).trials()).hasSize(3);
    }

    @Test
    void tellsOfATrialThatFailedBeforeItsFirstResult() {
        Scripted searcher = new Scripted();
        Quadratic broken = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00000")) {
                throw new IllegalStateException("never started");
            }
            return reported;
        });
        try {
            Runs.run(
                    storage,
                    broken,
                    run -> run.searchAlg(searcher).numSamples(2).stop("training_iteration", 1));
        } catch (TrialsFailedException expected) {
            assertThat(expected.failed()).hasSize(1);
        }
        assertThat(searcher.calls).containsExactly("Next 0", "Next 1", "end 0 FAILED", "result 1@1", "end 1 COMPLETED");
    }

    @Test
    void refusesSearchersThatBreakTheRules() {
        refuses(config -> config.with("lr", 7.0), "left the search space with trial 0", "lr is 7.0, outside");
        refuses(config -> config.with("note", "other"), "the constant note is other instead of constant");
        refuses(config -> config.only(List.of("note")), "lr is missing");
        Scripted waiting = new Scripted() {
            @Override
            Suggestion answer(int trialNumber) {
                return new Suggestion.Wait("for godot");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Runs.run(storage, new Quadratic(), run -> run.name("w").searchAlg(waiting)))
                .withMessageContainingAll("waits, though no trial is under way: for godot", "Correct the searcher");
        Scripted empty = new Scripted() {
            @Override
            Suggestion answer(int trialNumber) {
                return new Suggestion.Exhausted("nothing to try");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Runs.run(storage, new Quadratic(), run -> run.name("e").searchAlg(empty)))
                .withMessageContaining("had no trial at all");
    }

    private void refuses(java.util.function.UnaryOperator<HyperParams> change, String... words) {
        Scripted searcher = new Scripted() {
            @Override
            Suggestion answer(int trialNumber) {
                return new Suggestion.Next(change.apply(setup.space().sample(setup.seeds(), trialNumber)), "outside");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(
                        storage,
                        new Quadratic(),
                        run -> run.name("r" + words[0].hashCode()).searchAlg(searcher)))
                .withMessageContainingAll(words)
                .withMessageContaining("Correct the searcher");
    }

    @Test
    void takesMetricAndModeFromOnePlaceOnly() {
        Scripted searcher = new Scripted() {
            @Override
            public Optional<Mode> mode() {
                return Optional.of(Mode.MIN);
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(
                        storage, new Quadratic(), run -> run.searchAlg(searcher).mode(Mode.MAX)))
                .withMessageContainingAll("mode is MAX for the run, but MIN for its searcher", "one place only");
        ExperimentAnalysis analysis = Runs.run(
                storage, new Quadratic(), run -> run.searchAlg(searcher).metric("loss"));
        assertThat(analysis.mode()).isEqualTo(Mode.MIN);
    }

    @Test
    void wantsAMetricForASearcherThatLearns() {
        RunConfig config =
                new RunConfig().searchAlg(new Scripted()).storagePath(storage).stop("training_iteration", 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tuner(
                        new Quadratic(),
                        config,
                        new org.rltune.tune.schedule.FifoScheduler(),
                        new RandomSearch(),
                        List.of()))
                .withMessageContainingAll("searcher Scripted", "no metric is set");
    }

    @Test
    void runsAsManyTrialsAtOnceAsSearcherAndSchedulerGainFromUnlessToldOtherwise() {
        Scripted four = new Scripted() {
            @Override
            public int defaultConcurrentTrials() {
                return 4;
            }
        };
        ScriptedScheduler three = new ScriptedScheduler() {
            @Override
            public int defaultConcurrentTrials() {
                return 3;
            }
        };
        Runs.run(storage, new Quadratic(), run -> run.name("a").searchAlg(four).scheduler(three));
        assertThat(storage.resolve("a/run.json")).content().contains("\"max_concurrent_trials\": 3");
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.name("b").searchAlg(four).scheduler(three).maxConcurrentTrials(9));
        assertThat(storage.resolve("b/run.json")).content().contains("\"max_concurrent_trials\": 9");
    }

    @Test
    void recordsWhoSearchedAndWhyEachTrialWasMade() {
        Scripted searcher = new Scripted() {
            @Override
            public Map<String, Object> settings() {
                return Map.of("patience", 3);
            }

            @Override
            public List<String> exceptionsToReproducibility() {
                return List.of("it throws dice");
            }
        };
        Runs.run(storage, new Quadratic(), run -> run.searchAlg(searcher).numSamples(2));
        Map<String, Object> run = Json.readObject(storage.resolve("run/run.json"));
        assertThat(run).containsEntry("total_trials", 2L);
        assertThat(Json.asObject(run.get("search_alg"), "search_alg"))
                .containsEntry("patience", 3L)
                .containsKey("type");
        assertThat(Json.asList(run.get("exceptions_to_reproducibility"), "exceptions"))
                .contains("it throws dice");
        ExperimentAnalysis loaded = ExperimentAnalysis.load(storage.resolve("run"));
        assertThat(loaded.trials()).extracting(Trial::suggestion).containsExactly("scripted 0", "scripted 1");
    }
}
