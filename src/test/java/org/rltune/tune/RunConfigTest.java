package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** Every setting does something: it changes the digest, or the effect that stands beside it. */
@Timeout(60)
class RunConfigTest {
    @TempDir
    Path storage;

    private final AtomicInteger runs = new AtomicInteger();

    private ExperimentAnalysis run(Consumer<RunConfig> settings) {
        return Runs.run(storage, new Quadratic(), run -> {
            run.name("run" + runs.incrementAndGet()).scheduler(Runs.pbt(2)).checkpointFreq(1);
            run.config(Map.of(
                    "lr", Domain.uniform(0.001, 0.1), "low", Domain.uniform(0, 1), "high", Domain.uniform(0, 1)));
            settings.accept(run);
        });
    }

    private final Map<String, Consumer<RunConfig>> digestChanging = Map.ofEntries(
            Map.entry("scheduler", run -> run.scheduler(Runs.pbt(3))),
            Map.entry(
                    "searchAlg",
                    run -> run.searchAlg(new BasicVariantGenerator().pointsToEvaluate(List.of(Map.of("lr", 0.05))))),
            Map.entry("numSamples", run -> run.numSamples(5)),
            Map.entry("metric", run -> run.metric("loss")),
            Map.entry("mode", run -> run.mode(Mode.MIN)),
            Map.entry("stop", run -> run.stop("training_iteration", 6)),
            Map.entry("config", run -> run.config(SearchSpace.of(Map.of("lr", Domain.uniform(0.002, 0.1))))),
            Map.entry("constraint", run -> run.constraint(Constraint.atMost("high", "low"))),
            Map.entry("seed", run -> run.seed(1)));

    @TestFactory
    Stream<DynamicTest> changesTheDigest() {
        String plain = run(run -> {}).digest();
        return new TreeSet<>(digestChanging.keySet())
                .stream()
                        .map(name -> DynamicTest.dynamicTest(
                                name,
                                () -> assertThat(run(digestChanging.get(name)).digest())
                                        .isNotEqualTo(plain)));
    }

    private static int checkpoints(ExperimentAnalysis analysis) {
        return analysis.trials().get(0).savedCheckpoints().size();
    }

    private final Map<String, Runnable> otherEffects = Map.ofEntries(
            Map.entry(
                    "name",
                    () -> assertThat(run(run -> run.name("other")).folder())
                            .isEqualTo(storage.resolve("other"))
                            .isDirectory()),
            Map.entry(
                    "storagePath",
                    () -> assertThat(run(run -> run.storagePath(storage.resolve("deep/er")))
                                    .folder()
                                    .getParent())
                            .isEqualTo(storage.resolve("deep/er"))),
            Map.entry(
                    "checkpointFreq",
                    () -> assertThat(checkpoints(run(run -> run.checkpointFreq(2))))
                            .isEqualTo(3)),
            Map.entry(
                    "checkpointAtEnd",
                    () -> assertThat(run(run -> run.checkpointFreq(2).checkpointAtEnd(false))
                                    .trials())
                            .allSatisfy(trial -> assertThat(trial.savedCheckpoints())
                                    .extracting(SavedCheckpoint::trainingIteration)
                                    .containsExactly(2, 4))),
            Map.entry(
                    "keepCheckpointsNum",
                    () -> assertThat(checkpoints(run(run -> run.keepCheckpointsNum(1))))
                            .isEqualTo(1)),
            Map.entry(
                    "checkpointScoreAttr",
                    () -> assertThat(run(run -> run.checkpointScoreAttr("min-training_iteration"))
                                    .bestCheckpoint()
                                    .getFileName())
                            .hasToString("checkpoint_000001")),
            Map.entry("maxConcurrentTrials", () -> {
                List<String> order = new ArrayList<>();
                run(run -> run.scheduler(new FifoScheduler())
                        .maxConcurrentTrials(1)
                        .listener(new RunListener() {
                            @Override
                            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                                order.add(trial.id());
                            }
                        }));
                assertThat(order).hasSize(20).isSorted(); // one trial after the other
            }),
            Map.entry(
                    "timeBudgetS",
                    () -> assertThat(run(run -> run.timeBudgetS(1e6).stop("training_iteration", 2))
                                    .folder()
                                    .resolve("run.json"))
                            .content()
                            .contains("time_budget_s 1000000.0 depends on the clock")),
            Map.entry(
                    "threads",
                    () -> assertThat(run(run -> run.threads(1)).folder().resolve("run.json"))
                            .content()
                            .contains("\"threads\": 1")),
            Map.entry("listener", () -> {
                AtomicInteger rows = new AtomicInteger();
                run(run -> run.listener(new RunListener() {
                    @Override
                    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                        rows.incrementAndGet();
                    }
                }));
                assertThat(rows).hasValue(20);
            }),
            Map.entry(
                    "verbose",
                    () -> assertThat(new RunConfig().verbose(2).verbose()).isEqualTo(2)),
            Map.entry(
                    "plots",
                    () -> assertThat(new RunConfig().plots(false).plots()).isFalse()),
            Map.entry(
                    "resourcesPerTrial",
                    () -> assertThat(run(run -> run.resourcesPerTrial(2))
                                    .folder()
                                    .resolve("run.json"))
                            .content()
                            .contains("\"resources_per_trial\": 2")),
            Map.entry(
                    "maxFailures",
                    () -> assertThat(run(run -> run.maxFailures(-1)).folder().resolve("run.json"))
                            .content()
                            .contains("\"max_failures\": -1")),
            Map.entry(
                    "failFast",
                    () -> assertThat(run(run -> run.failFast(true)).folder().resolve("run.json"))
                            .content()
                            .contains("\"fail_fast\": true")),
            Map.entry("rerunErrored", () -> {
                AtomicInteger left = new AtomicInteger(1);
                Quadratic flaky = new Quadratic((id, iteration, reported) -> {
                    if (id.equals("t00001") && iteration == 3 && left.getAndDecrement() > 0) {
                        throw new IllegalStateException("once");
                    }
                    return reported;
                });
                assertThatThrownBy(() -> Runs.run(storage, flaky, run -> run.name("errored")))
                        .isInstanceOf(TrialsFailedException.class);
                Runs.resume(storage.resolve("errored"), flaky, run -> run.rerunErrored(true));
            }),
            Map.entry("resume", () -> {
                ExperimentAnalysis whole = run(run -> run.name("whole"));
                try (ResumedRun read = ResumedRun.open(whole.folder())) {
                    assertThat(new RunConfig().resume(read).resumedRun()).isSameAs(read);
                }
            }),
            Map.entry("csv", () -> assertThat(new RunConfig().csv(false).csv()).isFalse()),
            Map.entry(
                    "tensorBoard",
                    () -> assertThat(new RunConfig().tensorBoard(false).tensorBoard())
                            .isFalse()),
            Map.entry("out", () -> {
                PrintStream stream = new PrintStream(java.io.OutputStream.nullOutputStream());
                assertThat(new RunConfig().out(stream).out()).isSameAs(stream);
            }));

    @TestFactory
    Stream<DynamicTest> hasTheEffectThatItsDocumentationNames() {
        return new TreeSet<>(otherEffects.keySet())
                .stream()
                        .map(name -> DynamicTest.dynamicTest(
                                name, () -> otherEffects.get(name).run()));
    }

    @Test
    void walksOverEverySetting() {
        TreeSet<String> setters = Arrays.stream(RunConfig.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == RunConfig.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> walked = new TreeSet<>(digestChanging.keySet());
        walked.addAll(otherEffects.keySet());
        assertThat(walked).isEqualTo(setters);
    }
}
