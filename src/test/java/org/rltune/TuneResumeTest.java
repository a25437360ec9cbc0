package org.rltune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.json.Json;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.ResultColumns;
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.StopRule;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.Trial;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.schedule.ExploitRule;
import org.rltune.tune.schedule.HyperBandScheduler;
import org.rltune.tune.schedule.MedianStoppingRule;
import org.rltune.tune.schedule.Pb2;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.search.CmaEsSearch;
import org.rltune.tune.search.ConcurrencyLimiter;
import org.rltune.tune.search.GridSearch;
import org.rltune.tune.search.QuasiRandomSearch;
import org.rltune.tune.search.RandomSearch;
import org.rltune.tune.search.Repeater;
import org.rltune.tune.search.TpeSearch;
import org.rltune.tune.space.Domain;

/** A run is resumed from its folder alone: what it was is in its journal. */
@Timeout(120)
class TuneResumeTest {
    @TempDir
    Path storage;

    @BeforeAll
    static void register() {
        Corridor.register();
    }

    @AfterAll
    static void unregister() {
        Corridor.unregister();
    }

    /** Ends a run with an error at its n-th row. */
    private static RunListener failingAt(int row) {
        AtomicInteger left = new AtomicInteger(row);
        return new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> values) {
                if (left.decrementAndGet() == 0) {
                    throw new IllegalStateException("the end of the world");
                }
            }
        };
    }

    private static void pbtOnPpo(RunConfig run, Path storage, boolean memory) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("env", Corridor.ID);
        config.put("num_workers", 2);
        config.put("num_envs_per_worker", 2);
        config.put("fcnet_hiddens", List.of(16));
        if (memory) {
            config.put("use_lstm", true);
            config.put("lstm_cell_size", 8);
        }
        config.put("kl_coeff", 0.2);
        config.put("lr", Domain.loguniform(1e-4, 1e-2));
        config.put("train_batch_size", Domain.randint(64, 200));
        config.put("sgd_minibatch_size", Domain.randint(16, 128));
        config.put("num_sgd_iter", Domain.randint(1, 4));
        run.scheduler(PopulationBasedTraining.builder().perturbationInterval(2).build())
                .numSamples(4)
                .metric("episode_reward_mean")
                .mode(Mode.MAX)
                .keepCheckpointsNum(1)
                .verbose(0)
                .plots(false)
                .stop("training_iteration", 7)
                .seed(5)
                .storagePath(storage)
                .config(config);
    }

    private static String lines(Path file, boolean withoutVolatile) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            Map<String, Object> row = Json.asObject(Json.parse(line, "line"), "line");
            text.append(Json.write(withoutVolatile ? ResultColumns.withoutVolatile(row) : row))
                    .append('\n');
        }
        return text.toString();
    }

    /** Also with a network with memory, whose state in the running episodes is part of the checkpoint. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resumesPopulationBasedTrainingOfPpoFromItsFolder(boolean memory) throws IOException {
        ExperimentAnalysis whole = Tune.run("PPO", run -> {
            run.name("whole");
            pbtOnPpo(run, storage, memory);
        });
        Path folder = storage.resolve("broken");
        assertThatThrownBy(() -> Tune.run("PPO", run -> {
                    run.name("broken").listener(failingAt(11));
                    pbtOnPpo(run, storage, memory);
                }))
                .hasMessageContaining("the end of the world");
        assertThatThrownBy(() -> Tune.resume(folder, run -> run.listener(failingAt(9))))
                .hasMessageContaining("the end of the world");
        ExperimentAnalysis resumed = Tune.resume(folder);
        assertThat(resumed.digest()).isEqualTo(whole.digest()).isNotEmpty();
        for (Trial trial : whole.trials()) {
            Path one = whole.folder().resolve(trial.id());
            Path other = folder.resolve(trial.id());
            assertThat(lines(other.resolve("result.json"), true)).isEqualTo(lines(one.resolve("result.json"), true));
            assertThat(Files.readAllLines(other.resolve("progress.csv")))
                    .hasSameSizeAs(Files.readAllLines(one.resolve("progress.csv")));
            assertThat(other.resolve("params.json")).hasSameTextualContentAs(one.resolve("params.json"));
        }
        assertThat(folder.resolve("decisions.jsonl"))
                .hasSameTextualContentAs(whole.folder().resolve("decisions.jsonl"));
        assertThat(folder.resolve("pbt_global.txt"))
                .hasSameTextualContentAs(whole.folder().resolve("pbt_global.txt"));
        try (Stream<Path> events = Files.list(folder.resolve("t00000"))) {
            assertThat(events.filter(file -> file.toString().contains("tfevents")))
                    .hasSize(2);
        }
        Map<String, Object> run = Json.readObject(folder.resolve("run.json"));
        assertThat(run).containsEntry("digest", whole.digest()).containsEntry("status", "TERMINATED");
    }

    private static TrainableSpec hill(String name) {
        return Trainables.function(name, (config, session) -> {
            double x = session.checkpoint()
                    .map(bytes -> Double.parseDouble(new String(bytes, StandardCharsets.UTF_8)))
                    .orElse(1.0);
            for (int i = session.iteration(); i < 6; i++) {
                x *= 1 - config.getDouble("lr");
                session.report(Map.of("loss", x * x), Double.toString(x).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static Map<String, Supplier<Scheduler>> schedulers() {
        Map<String, Supplier<Scheduler>> all = new LinkedHashMap<>();
        all.put(
                "asha stopping",
                () -> AshaScheduler.stopping()
                        .timeAttr("training_iteration")
                        .gracePeriod(2)
                        .maxT(5)
                        .reductionFactor(2)
                        .build());
        all.put(
                "asha promotion",
                () -> AshaScheduler.promotion()
                        .timeAttr("training_iteration")
                        .maxT(5)
                        .reductionFactor(3)
                        .build());
        all.put(
                "hyperband",
                () -> HyperBandScheduler.builder()
                        .timeAttr("training_iteration")
                        .maxT(4)
                        .reductionFactor(2)
                        .smallestFirst(true)
                        .build());
        all.put(
                "median",
                () -> MedianStoppingRule.builder()
                        .timeAttr("training_iteration")
                        .gracePeriod(2)
                        .minSamplesRequired(2)
                        .build());
        all.put(
                "pbt",
                () -> PopulationBasedTraining.builder()
                        .perturbationInterval(2)
                        .quantileFraction(0.5)
                        .resampleProbability(0.5)
                        .perturbationFactors(1.5, 0.5)
                        .exploit(ExploitRule.minimumGap(0.001, 0.0))
                        .hyperparamMutations(Map.of("lr", Domain.uniform(0.01, 0.4)))
                        .build());
        all.put(
                "pbt async",
                () -> PopulationBasedTraining.builder()
                        .perturbationInterval(2)
                        .synch(false)
                        .exploit(ExploitRule.welchTTest(0.5, 3))
                        .build());
        all.put(
                "pb2",
                () -> Pb2.builder()
                        .perturbationInterval(2)
                        .hyperparamBounds(Map.of("lr", List.of(0.01, 0.4)))
                        .build());
        return all;
    }

    private static Map<String, Supplier<Searcher>> searchers() {
        Map<String, Supplier<Searcher>> all = new LinkedHashMap<>();
        all.put(
                "tpe",
                () -> TpeSearch.builder().nStartupTrials(2).nEiCandidates(7).build());
        all.put("random", RandomSearch::new);
        all.put("variants", () -> new BasicVariantGenerator().pointsToEvaluate(List.of(Map.of("lr", 0.3))));
        all.put("grid", () -> new GridSearch(2));
        all.put("sobol", () -> QuasiRandomSearch.builder().scramble(true).build());
        all.put("cma-es", () -> CmaEsSearch.builder().nStartupTrials(2).build());
        all.put(
                "limited",
                () -> new ConcurrencyLimiter(
                        TpeSearch.builder().nStartupTrials(2).build(), 2, false));
        all.put("repeated", () -> new Repeater(CmaEsSearch.builder().popsize(4).build(), 2, false));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> makesEverySchedulerAgain() {
        return schedulers().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> resumesAlone(
                                entry.getKey(),
                                run -> run.scheduler(entry.getValue().get()))));
    }

    @TestFactory
    Stream<DynamicTest> makesEverySearcherAgain() {
        return searchers().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> resumesAlone(
                                entry.getKey(),
                                run -> run.searchAlg(entry.getValue().get()))));
    }

    @TestFactory
    Stream<DynamicTest> makesEveryStopRuleAgain() {
        return Stream.of(
                        StopRule.target("loss", 0.5),
                        StopRule.atMost("loss", 0.6),
                        StopRule.timeBudget(1e6).or(StopRule.atLeast("training_iteration", 4)),
                        StopRule.atMost("loss", 0.9).and(StopRule.maximumIterations(3)),
                        StopRule.experimentTotal("training_iteration", 14),
                        StopRule.plateau("loss")
                                .std(0.05)
                                .numResults(2)
                                .gracePeriod(1)
                                .metricThreshold(0.9),
                        StopRule.experimentPlateau("loss").top(3).std(0.01),
                        StopRule.stopAll(StopRule.atMost("loss", 0.02)),
                        StopRule.trialTimeBudget(1e5))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.toString(), () -> resumesAlone("rule" + rules.incrementAndGet(), run -> run.stop(rule))));
    }

    private final AtomicInteger rules = new AtomicInteger();

    private void resumesAlone(String kind, Consumer<RunConfig> settings) {
        TrainableSpec hill = hill("hill");
        Consumer<RunConfig> common = run -> {
            run.metric("loss")
                    .mode(Mode.MIN)
                    .numSamples(6)
                    .maxConcurrentTrials(3)
                    .verbose(0)
                    .plots(false)
                    .storagePath(storage.resolve(kind))
                    .config(Map.of("lr", Domain.uniform(0.01, 0.5), "momentum", Domain.loguniform(0.1, 0.9)));
            settings.accept(run);
        };
        ExperimentAnalysis whole = Tune.run(hill, common.andThen(run -> run.name("whole")));
        assertThatThrownBy(() ->
                        Tune.run(hill, common.andThen(run -> run.name("broken").listener(failingAt(9)))))
                .hasMessageContaining("the end of the world");
        Path folder = storage.resolve(kind).resolve("broken");
        String before = Json.write(settingsIn(folder));
        ExperimentAnalysis resumed = Tune.resume(hill, folder, run -> {});
        assertThat(resumed.digest()).isEqualTo(whole.digest()).isNotEmpty();
        assertThat(Json.write(settingsIn(folder))).isEqualTo(before);
    }

    private static Map<String, Object> settingsIn(Path folder) {
        Map<String, Object> run = Json.readObject(folder.resolve("run.json"));
        run.keySet()
                .retainAll(List.of(
                        "name",
                        "trainable",
                        "seed",
                        "num_samples",
                        "total_trials",
                        "metric",
                        "mode",
                        "stop",
                        "search_space",
                        "search_alg",
                        "scheduler",
                        "checkpoints",
                        "max_concurrent_trials",
                        "max_failures",
                        "fail_fast"));
        return run;
    }

    @Test
    void namesWhatOnlyTheProgramCanSupply() {
        TrainableSpec hill = hill("my hill");
        Consumer<RunConfig> settings = run -> run.metric("loss")
                .verbose(0)
                .plots(false)
                .storagePath(storage)
                .name("mine")
                .stop(StopRule.function("odd", (id, row) -> false))
                .scheduler(PopulationBasedTraining.builder()
                        .perturbationInterval(2)
                        .customExploreFn(values -> values)
                        .build())
                .numSamples(2)
                .config(Map.of("lr", Domain.uniform(0.01, 0.5)));
        ExperimentAnalysis whole = Tune.run(hill, settings);
        Path folder = whole.folder();
        refuses(() -> Tune.resume(folder), "'my hill'", "Tune.resume(trainable, folder, run -> {})");
        refuses(
                () -> Tune.resume(hill, folder, run -> {}),
                "org.rltune.tune.schedule.PopulationBasedTraining",
                "run.scheduler(...)");
        Supplier<Scheduler> scheduler = () -> PopulationBasedTraining.builder()
                .perturbationInterval(2)
                .customExploreFn(values -> values)
                .build();
        refuses(() -> Tune.resume(hill, folder, run -> run.scheduler(scheduler.get())), "odd", "run.stop(...)");
        ExperimentAnalysis resumed = Tune.resume(
                hill, folder, run -> run.scheduler(scheduler.get()).stop(StopRule.function("odd", (id, row) -> false)));
        assertThat(resumed.digest()).isEqualTo(whole.digest());
    }

    @Test
    void asksForASpaceWithAFunctionInIt() {
        TrainableSpec hill = hill("hill");
        Map<String, Object> config = Map.of("lr", Domain.sampleFrom(values -> 0.1), "x", Domain.uniform(0, 1));
        ExperimentAnalysis whole = Tune.run(
                hill, run -> run.verbose(0).plots(false).storagePath(storage).config(config));
        refuses(() -> Tune.resume(hill, whole.folder(), run -> {}), "search_space", "run.config(...)");
        assertThat(Tune.resume(hill, whole.folder(), run -> run.config(config)).digest())
                .isEqualTo(whole.digest());
    }

    private static void refuses(Runnable action, String... words) {
        assertThatIllegalArgumentException().isThrownBy(action::run).withMessageContainingAll(words);
    }

    @Test
    void saysOnTheConsoleThatItWasResumed() {
        TrainableSpec hill = hill("hill");
        Consumer<RunConfig> settings = run ->
                run.storagePath(storage).name("told").plots(false).numSamples(3).config(Map.of("lr", 0.1));
        assertThatThrownBy(() ->
                        Tune.run(hill, settings.andThen(run -> run.verbose(0).listener(failingAt(10)))))
                .hasMessageContaining("the end of the world");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Tune.resume(hill, storage.resolve("told"), run -> run.verbose(2).out(new PrintStream(bytes, true)));
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("resumed: ", " results come from journal.jsonl");
        assertThat(text.lines().filter(line -> line.matches("t0000\\d: iteration \\d.*")))
                .hasSizeBetween(1, 9); // the others were told before
    }
}
