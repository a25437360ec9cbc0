package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.space.Domain;

/** Which trial is best, and that an experiment read from its files says what the live one said. */
@Timeout(60)
class AnalysisTest {
    @TempDir
    Path storage;

    /** Reports, in the row of trial and iteration, the given value of {@code m}; null is absent. */
    private ExperimentAnalysis reporting(Double[]... values) {
        Quadratic spec =
                new Quadratic((id, iteration, reported) ->
                        Quadratic.with(reported, "m", values[Integer.parseInt(id.substring(1))][iteration - 1])) {
                    @Override
                    public Set<String> lateMetrics() {
                        return Set.of("m");
                    }
                };
        return Runs.run(
                storage,
                spec,
                run -> run.numSamples(values.length)
                        .metric("m")
                        .checkpointFreq(1)
                        .stop("training_iteration", values[0].length));
    }

    private static String best(ExperimentAnalysis analysis, Mode mode, Scope scope) {
        return analysis.bestTrial("m", mode, scope).id();
    }

    @Test
    void ranksByLastBestAndMeanInBothModes() {
        ExperimentAnalysis analysis = reporting(
                new Double[] {-9.0, -1.0, -5.0}, new Double[] {-4.0, -4.5, -4.0}, new Double[] {-6.0, -6.0, -3.0});
        assertThat(best(analysis, Mode.MAX, Scope.LAST)).isEqualTo("t00002");
        assertThat(best(analysis, Mode.MAX, Scope.BEST)).isEqualTo("t00000");
        assertThat(best(analysis, Mode.MAX, Scope.AVG)).isEqualTo("t00001"); // means -5, -4.17, -5
        assertThat(best(analysis, Mode.MIN, Scope.LAST)).isEqualTo("t00000");
        assertThat(best(analysis, Mode.MIN, Scope.BEST)).isEqualTo("t00000");
        assertThat(best(analysis, Mode.MIN, Scope.AVG)).isEqualTo("t00000"); // a tie at -5: the lower number
        assertThat(analysis.bestTrial().id()).isEqualTo("t00002");
        assertThat(analysis.bestScore()).isEqualTo(-3.0);
        assertThat(analysis.bestCheckpoint()).isEqualTo(storage.resolve("run/t00002/checkpoint_000003"));
    }

    @Test
    void neverPrefersATrialWithoutAScore() {
        ExperimentAnalysis analysis = reporting(
                new Double[] {null, null}, new Double[] {-1e300, null}, new Double[] {null, Double.NEGATIVE_INFINITY});
        assertThat(best(analysis, Mode.MAX, Scope.LAST)).isEqualTo("t00001");
        assertThat(best(analysis, Mode.MIN, Scope.AVG)).isEqualTo("t00002");
        assertThat(analysis.trial("t00001").score()).isEmpty();
    }

    @Test
    void namesTheMetricsThatExist() {
        ExperimentAnalysis analysis = reporting(new Double[][] {{1.0}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> analysis.bestTrial("scores", Mode.MAX, Scope.LAST))
                .withMessageContainingAll("'scores'", "info/nested", "Maybe 'score'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> analysis.trial("t0001"))
                .withMessageContainingAll("t0001", "t00000");
    }

    @Test
    void saysSoWhenThereIsNoCheckpoint() {
        ExperimentAnalysis analysis = Runs.run(storage, new Quadratic(), run -> run.checkpointAtEnd(false));
        assertThatIllegalStateException()
                .isThrownBy(analysis::bestCheckpoint)
                .withMessageContainingAll(analysis.bestTrial().id(), "saved no checkpoint", "checkpointFreq");
    }

    @Test
    void choosesTheCheckpointByItsScoreNotByAge() {
        ExperimentAnalysis analysis = reporting(new Double[][] {{3.0, 8.0, 5.0, 8.0, 1.0}});
        assertThat(analysis.bestCheckpoint().getFileName()).hasToString("checkpoint_000004");
    }

    @Test
    void returnsTheConfigThatWasInForceWhenTheScoreWasEarned() { // trap 14
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(6).scheduler(Runs.pbt(2)).stop("training_iteration", 9));
        Trial changed = analysis.trials().stream()
                .filter(trial -> trial.schedule().size() > 1)
                .findFirst()
                .orElseThrow();
        assertThat(changed.config()).isNotEqualTo(changed.initialConfig());
        for (Scope scope : Scope.values()) {
            Trial best = analysis.bestTrial("score", Mode.MAX, scope);
            Map<String, Object> row = scope == Scope.BEST
                    ? best.rows().stream()
                            .reduce((a, b) -> (double) b.get("score") > (double) a.get("score") ? b : a)
                            .orElseThrow()
                    : best.lastRow();
            assertThat(analysis.bestConfig("score", Mode.MAX, scope).get("lr")).isEqualTo(row.get("config/lr"));
        }
        // Of every trial, each row tells what the schedule says was in force.
        for (Trial trial : analysis.trials()) {
            for (Map<String, Object> row : trial.rows()) {
                int iteration = ((Long) row.get("training_iteration")).intValue();
                assertThat(trial.configAt(iteration).get("lr")).isEqualTo(row.get("config/lr"));
            }
        }
        assertThat(analysis.bestSchedule()).isEqualTo(analysis.bestTrial().schedule());
    }

    private ExperimentAnalysis populationRun() {
        Quadratic spec = new Quadratic((id, iteration, reported) ->
                Quadratic.with(reported, "odd", iteration == 1 ? Double.NaN : Double.POSITIVE_INFINITY));
        return Runs.run(
                storage,
                spec,
                run -> run.numSamples(5)
                        .scheduler(Runs.pbt(2))
                        .checkpointFreq(2)
                        .keepCheckpointsNum(2)
                        .checkpointScoreAttr("min-info/nested")
                        .config(Map.of(
                                "lr", Domain.loguniform(1e-4, 0.1), "nested", Map.of("a", List.of(1, 2.0, true))))
                        .stop("training_iteration", 7));
    }

    @Test
    void readsBackWhatTheLiveRunSaid() {
        ExperimentAnalysis live = populationRun();
        ExperimentAnalysis loaded = ExperimentAnalysis.load(live.folder());
        assertThat(loaded.allRows()).isEqualTo(live.allRows()).hasSize(35);
        assertThat(loaded.digest()).isEqualTo(live.digest());
        assertThat(loaded.name()).isEqualTo(live.name());
        assertThat(loaded.trainable()).isEqualTo("Quadratic");
        assertThat(loaded.metric()).isEqualTo("score");
        assertThat(loaded.mode()).isEqualTo(Mode.MAX);
        assertThat(loaded.status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(loaded.elapsedSeconds()).isEqualTo(live.elapsedSeconds());
        assertThat(loaded.bestTrial().id()).isEqualTo(live.bestTrial().id());
        assertThat(loaded.bestConfig()).isEqualTo(live.bestConfig());
        assertThat(loaded.bestCheckpoint()).isEqualTo(live.bestCheckpoint());
        for (int i = 0; i < 5; i++) {
            Trial a = live.trials().get(i);
            Trial b = loaded.trials().get(i);
            assertThat(b.schedule()).isEqualTo(a.schedule());
            assertThat(b.lineage()).isEqualTo(a.lineage());
            assertThat(b.tag()).isEqualTo(a.tag());
            assertThat(b.status()).isEqualTo(a.status());
            assertThat(b.trainingIteration()).isEqualTo(a.trainingIteration());
            assertThat(b.savedCheckpoints()).isEqualTo(a.savedCheckpoints()).isNotEmpty();
        }
        assertThat(loaded.decisions().stream().map(DecisionJson::toJson))
                .isEqualTo(live.decisions().stream().map(DecisionJson::toJson).toList())
                .isNotEmpty();
    }

    @Test
    void setsAnIncompleteLastLineAside() throws IOException {
        ExperimentAnalysis live = populationRun();
        Files.writeString(
                live.folder().resolve("t00001/result.json"),
                "{\"training_iteration\":8,\"sc",
                StandardOpenOption.APPEND);
        ExperimentAnalysis loaded = ExperimentAnalysis.load(live.folder());
        assertThat(loaded.allRows()).isEqualTo(live.allRows());
    }

    @Test
    void refusesADamagedLineInTheMiddle() throws IOException {
        ExperimentAnalysis live = populationRun();
        Files.writeString(live.folder().resolve("t00001/result.json"), "{\"sc\n", StandardOpenOption.APPEND);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentAnalysis.load(live.folder()))
                .withMessageContainingAll("t00001", "result.json line 8 is damaged");
    }

    @Test
    void readsAnExperimentThatIsStillRunning() {
        Quadratic peeking = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00003") && iteration == 3) {
                ExperimentAnalysis running = ExperimentAnalysis.load(storage.resolve("run"));
                assertThat(running.status()).isEqualTo(TrialStatus.RUNNING);
                assertThat(running.digest()).isEmpty();
                assertThat(running.trials()).hasSize(4);
                assertThat(running.rows("t00003")).hasSize(2);
                assertThat(running.trial("t00003").status()).isEqualTo(TrialStatus.RUNNING);
                assertThat(running.bestTrial().score()).isPresent();
            }
            return reported;
        });
        assertThat(Runs.run(storage, peeking, run -> {}).allRows()).hasSize(20);
    }

    @Test
    void refusesAFolderWithoutAnExperiment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentAnalysis.load(storage))
                .withMessageContainingAll(storage.toString(), "run.json", "results/<name>");
    }

    @Test
    void writesDownWhatWasRunOnWhatAndWhatCameOut() {
        ExperimentAnalysis live = populationRun();
        Map<String, Object> run = Json.readObject(live.folder().resolve("run.json"));
        assertThat(run)
                .containsEntry("name", "run")
                .containsEntry("trainable", "Quadratic")
                .containsEntry("seed", 0L)
                .containsEntry("num_samples", 5L)
                .containsEntry("metric", "score")
                .containsEntry("mode", "MAX")
                .containsEntry("stop", List.of("training_iteration >= 7.0"))
                .containsEntry("threads", 2L)
                .containsEntry("status", "TERMINATED")
                .containsEntry("digest", live.digest())
                .containsEntry("best_trial", live.bestTrial().id())
                .containsEntry("best_score", live.bestScore())
                .containsEntry("exceptions_to_reproducibility", List.of())
                .containsKeys("start_time", "end_time", "rltune_version", "elapsed_s");
        assertThat(live.folder().resolve((String) run.get("best_checkpoint"))).isEqualTo(live.bestCheckpoint());
        assertThat(Json.asObject(run.get("jvm"), "jvm"))
                .containsKeys("version", "vendor", "os", "processors", "max_heap_bytes");
        assertThat(Json.asObject(run.get("search_space"), "space")).containsKeys("domains", "constants", "constraints");
        assertThat(Json.asObject(run.get("scheduler"), "scheduler"))
                .containsEntry("type", "PopulationBasedTraining")
                .containsEntry("time_attr", "training_iteration")
                .containsEntry("perturbation_interval", 2.0);
    }

    @Test
    void namesWhatDependsOnTheClock() {
        Runs.run(storage, new Quadratic(), run -> run.stop("time_total_s", 100).stop("training_iteration", 2));
        assertThat(Json.readObject(storage.resolve("run/run.json")).get("exceptions_to_reproducibility"))
                .isEqualTo(List.of("the stop rule time_total_s >= 100.0 depends on the clock"));
    }
}
