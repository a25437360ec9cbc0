package org.rltune.tune.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.json.Json;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.StopRule;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.Trainables;
import org.rltune.tune.Tuner;
import org.rltune.tune.schedule.AshaBuilder;
import org.rltune.tune.schedule.ExploitRule;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.schedule.HyperBandBuilder;
import org.rltune.tune.schedule.MedianStoppingBuilder;
import org.rltune.tune.schedule.Pb2Builder;
import org.rltune.tune.schedule.PbtBuilder;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.search.BohbSearch;
import org.rltune.tune.search.CmaEsSearch;
import org.rltune.tune.search.GaussianProcessSearch;
import org.rltune.tune.search.QuasiRandomSearch;
import org.rltune.tune.search.TpeSearch;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;

@Timeout(60)
final class ExperimentFileTest {
    private static final TrainableSpec PARABOLA =
            Trainables.objective("Parabola", "loss", config -> config.getDouble("start") * config.getDouble("start"));

    @TempDir
    Path folder;

    static String allKeys() throws IOException {
        return Files.readString(
                Path.of(System.getProperty("basedir", "src")).resolve("test/resources/experiment-files/all-keys.yaml"));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ExperimentFile yaml(String text) throws IOException {
        return ExperimentFile.read(file("x.yaml", text));
    }

    private static Map<String, Object> plan(RunConfig config) {
        Map<String, Object> plan = new LinkedHashMap<>(
                new Tuner(PARABOLA, config, new FifoScheduler(), new BasicVariantGenerator(), List.of()).settings());
        plan.replace("name", "bottom");
        plan.put("shown", List.of(config.verbose(), config.plots(), config.csv(), config.tensorBoard()));
        return plan;
    }

    private static String plan(ExperimentFile file) {
        RunConfig config = new RunConfig();
        file.apply(config);
        return Json.write(plan(config));
    }

    @Test
    void saysTheSameAsJava() throws IOException {
        RunConfig java = new RunConfig()
                .name("bottom")
                .metric("loss")
                .mode(Mode.MIN)
                .numSamples(6)
                .stop(StopRule.atLeast("training_iteration", 9))
                .stop(StopRule.atMost("loss", 1e-9))
                .stop(StopRule.target("loss", 1e-8))
                .stop(StopRule.experimentTotal("training_iteration", 1000))
                .stop(StopRule.plateau("loss")
                        .std(1e-12)
                        .numResults(3)
                        .gracePeriod(5)
                        .metricThreshold(0.1)
                        .mode(Mode.MIN))
                .stop(StopRule.experimentPlateau("loss")
                        .std(1e-13)
                        .top(4)
                        .patience(6)
                        .mode(Mode.MIN))
                .stop(StopRule.anyOf(StopRule.atLeast("loss", 1e6), StopRule.stopAll(StopRule.atLeast("loss", 1e7))))
                .stop(StopRule.allOf(StopRule.atLeast("training_iteration", 8), StopRule.atMost("loss", 1e-7)))
                .stop(StopRule.timeBudget(7200))
                .timeBudgetS(3600)
                .config(ordered(
                        "lr", Domain.loguniform(1e-5, 1e-3),
                        "width", Domain.grid(16, 32),
                        "start", Domain.uniform(-1, 1),
                        "inner", ordered("momentum", Domain.uniform(0, 0.9), "title", "plain"),
                        "small", Domain.randint(1, 4),
                        "large", Domain.randint(4, 9)))
                .constraint(Constraint.atMost("small", "large"))
                .searchAlg(new BasicVariantGenerator()
                        .pointsToEvaluate(List.of(Map.of("lr", 1e-4)))
                        .constantGridSearch(true))
                .scheduler(PopulationBasedTraining.builder()
                        .timeAttr("training_iteration")
                        .metric("loss")
                        .mode(Mode.MIN)
                        .perturbationInterval(2)
                        .burnInPeriod(1)
                        .quantileFraction(0.5)
                        .synch(false)
                        .scoreWindow(2)
                        .exploit(ExploitRule.minimumGap(0.5, 0.1))
                        .resampleProbability(0.5)
                        .hyperparamMutations(ordered("lr", Domain.loguniform(1e-5, 1e-4), "small", List.of(1L, 2L, 3L)))
                        .perturbationFactors(1.5, 0.5)
                        .mutationProbability(0.75)
                        .build())
                .seed(11)
                .threads(3)
                .maxConcurrentTrials(2)
                .resourcesPerTrial(1)
                .checkpointFreq(2)
                .checkpointAtEnd(false)
                .keepCheckpointsNum(5)
                .checkpointScoreAttr("min-training_iteration")
                .maxFailures(4)
                .failFast(false)
                .storagePath(Path.of("elsewhere"))
                .verbose(2)
                .plots(false)
                .csv(false)
                .tensorBoard(false);
        String fromYaml = plan(yaml(allKeys()));
        assertThat(fromYaml).isEqualTo(Json.write(plan(java)));
        Object tree = Json.parseYaml(allKeys(), "all-keys");
        assertThat(plan(ExperimentFile.read(file("x.json", Json.writePretty(tree)))))
                .isEqualTo(fromYaml);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** Without any one key the plan is another, or the file is refused; the folder of results shows in a run only. */
    @Test
    void everyKeyHasAnEffect() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(Json.asObject(Json.parseYaml(allKeys(), "all-keys"), "all-keys"));
        all.put("fail_fast", true); // with failures that are tried again it would be refused
        all.remove("max_failures");
        String plan = plan(ExperimentFile.read(file("all.json", Json.write(all))));
        for (String key : all.keySet()) {
            Map<String, Object> fewer = new LinkedHashMap<>(all);
            fewer.remove(key);
            Path file = file("fewer.json", Json.write(fewer));
            if (key.equals("run") || key.equals("metric")) {
                assertThatIllegalArgumentException().isThrownBy(() -> ExperimentFile.read(file));
            } else if (!List.of("name", "description", "storage_path", "mode").contains(key)) {
                assertThat(plan(ExperimentFile.read(file)))
                        .as("without %s", key)
                        .isNotEqualTo(plan);
            }
        }
    }

    private static Set<String> setters(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getReturnType().isAssignableFrom(type) && method.getParameterCount() > 0)
                .map(Method::getName)
                .filter(name -> !name.equals("equals"))
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Listeners, streams and functions exist in Java only; how a run goes on is said when it is resumed. */
    @Test
    void everySetterHasAKey() {
        Set<String> run = setters(RunConfig.class);
        assertThat(run).contains("num_samples", "out", "listener");
        run.removeAll(List.of("out", "listener", "constraint", "resume", "rerun_errored"));
        run.add("constraints");
        assertThat(RunKeys.TABLE.types().keySet()).containsExactlyInAnyOrderElementsOf(run);

        assertKeys(Schedulers.TABLE, "AshaScheduler", AshaBuilder.class, Set.of("form"), Set.of());
        assertKeys(Schedulers.TABLE, "HyperBandScheduler", HyperBandBuilder.class, Set.of(), Set.of());
        assertKeys(Schedulers.TABLE, "HyperBandForBOHB", HyperBandBuilder.class, Set.of(), Set.of());
        assertKeys(Schedulers.TABLE, "MedianStoppingRule", MedianStoppingBuilder.class, Set.of(), Set.of());
        Set<String> functions = Set.of("custom_explore_fn");
        assertKeys(Schedulers.TABLE, "PopulationBasedTraining", PbtBuilder.class, Set.of(), functions);
        assertKeys(Schedulers.TABLE, "Pb2", Pb2Builder.class, Set.of(), functions);
        assertKeys(Searchers.TABLE, "TpeSearch", TpeSearch.Builder.class, Set.of(), Set.of());
        assertKeys(Searchers.TABLE, "QuasiRandomSearch", QuasiRandomSearch.Builder.class, Set.of(), Set.of());
        assertKeys(Searchers.TABLE, "GaussianProcessSearch", GaussianProcessSearch.Builder.class, Set.of(), Set.of());
        assertKeys(Searchers.TABLE, "CmaEsSearch", CmaEsSearch.Builder.class, Set.of(), Set.of());
        assertKeys(Searchers.TABLE, "BohbSearch", BohbSearch.Builder.class, Set.of(), Set.of());
    }

    private static <T> void assertKeys(
            List<Kind<T>> table, String name, Class<?> builder, Set<String> more, Set<String> javaOnly) {
        Set<String> expected = setters(builder);
        expected.addAll(more);
        expected.removeAll(javaOnly);
        Kind<T> kind = table.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(kind.types().keySet()).as(name).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Every kind is made with its defaults by its name alone, where nothing is required. */
    @Test
    void makesEveryKind() throws IOException {
        String start = "run: Parabola\nmetric: loss\nstop: {training_iteration: 9}\n";
        for (Kind<?> kind : Schedulers.TABLE) {
            if (!kind.name().equals("PopulationBasedTrainingReplay")) {
                assertThat(plan(yaml(start + "config: {start: {uniform: [0, 1]}}\nscheduler: " + kind.name())))
                        .contains(kind.name().equals("HyperBandForBOHB") ? "HyperBandScheduler" : kind.name());
            }
        }
        Map<String, String> required = Map.of(
                "GridSearch", "{type: GridSearch, steps: 3, steps_of: {start: 4}}",
                "ConcurrencyLimiter",
                        "{type: ConcurrencyLimiter, searcher: RandomSearch, max_concurrent: 2, batch: true}",
                "Repeater", "{type: Repeater, searcher: {type: TpeSearch}, repeat: 2, set_index: true}");
        for (Kind<?> kind : Searchers.TABLE) {
            String written = required.getOrDefault(kind.name(), kind.name());
            assertThat(plan(yaml(start + "num_samples: 4\nconfig: {start: {uniform: [0, 1]}}\nsearch_alg: " + written)))
                    .contains("\"type\":\"" + kind.name() + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "num_sampels: 4; line 4: num_sampels is not a setting of an experiment. Maybe 'num_samples'?",
                "num_samples: few; line 4: num_samples is few (String), but it must be a whole number",
                "num_samples: 0; line 4: num_samples is 0, but it must be at least 1",
                "metric: 5; line 4: metric is 5, but it must be a text",
                "mode: best; line 4: mode is \"best\", but it must be max or min",
                "fail_fast: 1; line 4: fail_fast is 1, but it must be true or false",
                "seed:; line 4: seed has no value",
                "run: Parabola; line 4,",
                "config: {a: 1; line",
                "config:|  a: {uniform: [1, 0]}; line 5: config/a: uniform(1.0, 0.0): the lower bound",
                "config:|  a: 1|  b:|    - c: {unifrom: [0, 1]}; line 7: config/b/0/c",
                "config: 4; line 4: config is 4, but it must be an object",
                "constraints:|  - a <= b|  - a < b; line 6: constraints/1: The constraint is 'a < b'",
                "constraints: a; line 4: constraints is \"a\", but it must be a list",
                "scheduler: AshaSchedular; line 4: scheduler is 'AshaSchedular', which is not a scheduler",
                "scheduler: {max_t: 4}; line 4: scheduler has no type",
                "scheduler:|  type: AshaScheduler|  grace_perod: 2; line 6: scheduler/grace_perod is not a setting of AshaScheduler. Maybe 'grace_period'?",
                "scheduler:|  type: AshaScheduler|  grace_period: 2.5; line 6: scheduler/grace_period is 2.5",
                "scheduler:|  type: AshaScheduler|  form: fast; line 6: scheduler/form is 'fast'",
                "scheduler:|  type: PopulationBasedTraining|  exploit: {type: welch_t_test, p: 0.1}; line 6: scheduler/exploit: last_n is missing",
                "scheduler: {type: PopulationBasedTrainingReplay, policy_file: none.txt}; line 4: scheduler: There is no file",
                "search_alg:|  type: TpeSearch|  n_startup: few; line 6: search_alg/n_startup is not a setting",
                "search_alg:|  type: TpeSearch|  n_startup_trials: few; line 6: search_alg/n_startup_trials is few",
                "search_alg: GridSearch; line 4: search_alg: GridSearch needs steps",
                "search_alg:|  type: Repeater|  searcher: {type: Tpe}; line 6: search_alg/searcher/type is 'Tpe'",
                "stop:|  - {key: loss}; line 5: stop/0 must have one of at_least and at_most",
                "stop:|  - {loss: 1}; line 5: stop/0 names no kind of stop rule",
                "stop:|  - {target: 1, at_leats: 2}; line 5: stop/0/at_leats is not a setting of a rule with target",
                "stop:|  loss: small; line 5: stop/loss is small",
                "stop:|  - target: 1; line 5: stop/0 is a target, but the file names no metric",
                "resources_per_trial:|  gpus: 1; line 5: resources_per_trial/gpus is not a setting",
                "name: ../up; line 4: name"
            })
    void namesTheLine(String lines, String error) throws IOException {
        Path file = file("x.yaml", "# A comment.\n\nrun: Parabola\n" + lines.replace('|', '\n') + "\nverbose: 0\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentFile.read(file))
                .withMessageStartingWith(file.toString())
                .withMessageContaining(error);
    }

    @Test
    void namesTheLineOfJsonToo() throws IOException {
        Path file = file("x.json", "{\n \"run\": \"Parabola\",\n \"num_samples\": 0\n}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentFile.read(file))
                .withMessageStartingWith(file + " line 3: num_samples is 0, but it must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml")))
                .withMessageContaining("There is no file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> yaml("run: Parabole").trainable())
                .withMessageContaining("x.yaml line 1: run: No trainable is registered as 'Parabole'");
    }

    @Test
    void canBeChangedFromOutside() throws IOException {
        ExperimentFile file = yaml(allKeys());
        ExperimentFile changed =
                file.with("num_samples", 7L).with("config/inner/momentum", 0.5).with("config/new", "x");
        assertThat(plan(changed))
                .contains("\"num_samples\":7")
                .contains("\"inner\":{\"momentum\":0.5,\"title\":\"plain\"}")
                .contains("\"new\":\"x\"");
        assertThat(plan(file)).contains("\"num_samples\":6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.with("scheduler/synch", "no"))
                .withMessageContaining("x.yaml with scheduler/synch=no: scheduler/synch is \"no\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.with("seed/x", 1L))
                .withMessageContaining("seed is 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.with("", 1L))
                .withMessageContaining("names no value");
    }
}
