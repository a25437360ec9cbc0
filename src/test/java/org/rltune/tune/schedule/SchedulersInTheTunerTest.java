package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.space.Domain.choice;
import static org.rltune.tune.space.Domain.loguniform;
import static org.rltune.tune.space.Domain.randint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialStatus;
import org.rltune.tune.TrialsFailedException;
import org.rltune.tune.Tuner;
import org.rltune.tune.log.DecisionLogger;
import org.rltune.tune.log.JsonLinesLogger;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.search.ConcurrencyLimiter;

/** Every scheduler in the real tuner, with a trainable that takes no time. */
class SchedulersInTheTunerTest {
    @TempDir
    Path storage;

    private int runs;
    private Searcher searcher = new BasicVariantGenerator();

    /** A scheduler by name. */
    record Case(String name, Supplier<Scheduler> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> schedulers() {
        return Stream.of(
                new Case(
                        "ASHA, stopping",
                        () -> AshaScheduler.stopping()
                                .maxT(30)
                                .reductionFactor(3)
                                .build()),
                new Case(
                        "ASHA, stopping, by timesteps in two brackets",
                        () -> AshaScheduler.stopping()
                                .timeAttr("timesteps_total")
                                .gracePeriod(25)
                                .maxT(300)
                                .reductionFactor(2)
                                .brackets(2)
                                .build()),
                new Case(
                        "ASHA, promotion",
                        () -> AshaScheduler.promotion()
                                .maxT(30)
                                .reductionFactor(2)
                                .build()),
                new Case(
                        "HyperBand", () -> HyperBandScheduler.builder().maxT(27).build()),
                new Case(
                        "HyperBand for BOHB",
                        () -> HyperBandScheduler.forBohb().maxT(9).build()),
                new Case(
                        "HyperBand, smallest first",
                        () -> HyperBandScheduler.builder()
                                .maxT(9)
                                .smallestFirst(true)
                                .build()),
                new Case("median stopping", () -> MedianStoppingRule.builder().build()),
                new Case(
                        "median stopping, soft",
                        () -> MedianStoppingRule.builder().hardStop(false).build()),
                new Case("PBT", () -> pbt().build()),
                new Case("PB2", () -> Pb2.builder().perturbationInterval(8).build()),
                new Case("PBT, asynchronous", () -> pbt().synch(false).build()),
                new Case(
                        "PBT, Welch's t-test",
                        () -> pbt().exploit(ExploitRule.welchTTest(0.05, 10)).build()),
                new Case(
                        "PBT, minimum gap",
                        () -> pbt().exploit(ExploitRule.minimumGap(1))
                                .mutationProbability(0.5)
                                .build()));
    }

    private static PbtBuilder pbt() {
        return PopulationBasedTraining.builder().perturbationInterval(8);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void givesTheSameDigestOnAnyNumberOfThreads(Case scheduler) {
        for (int concurrent : new int[] {3, Integer.MAX_VALUE}) {
            TreeSet<String> digests = new TreeSet<>();
            for (int threads : concurrent == 3 ? new int[] {1, 2, 3} : new int[] {1, 3}) {
                ExperimentAnalysis analysis = run(scheduler.make().get(), 12, threads, concurrent, new Hill());
                assertThat(analysis.trials())
                        .hasSize(12)
                        .allMatch(t -> t.status() == TrialStatus.TERMINATED)
                        .allMatch(t -> t.trainingIteration() <= 40);
                assertThat(analysis.decisions()).isNotEmpty();
                digests.add(analysis.digest());
            }
            assertThat(digests).as("max_concurrent_trials " + concurrent).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void leavesNoTrialBehindWhereSomeFail(Case scheduler) {
        ExperimentAnalysis analysis = run(
                scheduler.make().get(),
                12,
                2,
                4,
                new Hill(context -> context.trialId().compareTo("t00004") < 0));
        assertThat(analysis.trials())
                .allMatch(t -> t.status().ended())
                .filteredOn(t -> t.status() == TrialStatus.ERROR)
                .hasSizeBetween(1, 4);
    }

    /** The searcher holds back until trials end, while the scheduler waits for more to come: neither must wait for ever. */
    @ParameterizedTest
    @MethodSource("schedulers")
    void agreesWithASearcherThatHoldsTrialsBack(Case scheduler) {
        TreeSet<String> digests = new TreeSet<>();
        for (int threads : new int[] {1, 3}) {
            searcher = new ConcurrencyLimiter(new BasicVariantGenerator(), 4);
            ExperimentAnalysis analysis = run(scheduler.make().get(), 9, threads, Integer.MAX_VALUE, new Hill());
            assertThat(analysis.trials()).hasSize(9).allMatch(t -> t.status() == TrialStatus.TERMINATED);
            digests.add(analysis.digest());
        }
        assertThat(digests).hasSize(1);
    }

    /** The searcher and the scheduler see the same order with few slots; methods that stop must spare the good ones. */
    @Test
    void sparesTheBestAndSavesTime() {
        for (Case scheduler : schedulers().limit(8).toList()) {
            ExperimentAnalysis analysis = run(scheduler.make().get(), 30, 2, 4, new Hill());
            int iterations = analysis.trials().stream()
                    .mapToInt(Trial::trainingIteration)
                    .sum();
            int longest = analysis.trials().stream()
                    .mapToInt(Trial::trainingIteration)
                    .max()
                    .orElseThrow();
            if (!scheduler.name().equals("median stopping, soft")) {
                assertThat(iterations).as(scheduler.name()).isLessThan(30 * longest * 3 / 4);
            }
            Trial best = analysis.bestTrial();
            double lr = (double) best.config().get("lr");
            long better = analysis.trials().stream()
                    .filter(t -> (double) t.config().get("lr") > lr)
                    .count();
            assertThat(better).as(scheduler.name()).isLessThan(8);
        }
    }

    @Test
    void writesTheSettingsToRunJsonAndKeepsDecisionsReadable() throws IOException {
        ExperimentAnalysis analysis =
                run(AshaScheduler.promotion().maxT(9).reductionFactor(3).build(), 9, 2, 3, new Hill());
        Map<String, Object> run = Json.readObject(analysis.folder().resolve("run.json"));
        assertThat(Json.write(run.get("scheduler")))
                .isEqualTo("{\"type\":\"AshaScheduler\",\"time_attr\":\"training_iteration\",\"form\":\"promotion\","
                        + "\"grace_period\":1,\"max_t\":9,\"reduction_factor\":3,\"brackets\":1,"
                        + "\"stop_last_trials\":true,\"mutations\":{}}");
        assertThat(run.get("exceptions_to_reproducibility")).isEqualTo(List.of());
        List<Map<String, Object>> lines =
                Hill.lines(Files.readString(analysis.folder().resolve("decisions.jsonl")));
        assertThat(lines).hasSameSizeAs(analysis.decisions());
        assertThat(lines).allMatch(line -> line.get("reason").toString().contains("rung "));
    }

    /**
     * What the weights of a trial were trained with, iteration by iteration, comes from the recorded rows of all trials on
     * their way; the rows of the replay must say the same, by either file.
     */
    @ParameterizedTest
    @MethodSource("populations")
    void replaysTheHyperparametersOfTheWeightsBitByBit(Case scheduler) throws IOException {
        ExperimentAnalysis recorded = run(scheduler.make().get(), 8, 2, 5, new Hill());
        int replayed = 0;
        for (Trial trial : recorded.trials()) {
            Path policy = recorded.folder().resolve("pbt_policy_" + trial.id() + ".txt");
            if (!Files.exists(policy)) {
                continue;
            }
            List<Map<String, Object>> expected = ancestry(recorded, trial);
            Path decisions = recorded.folder().resolve("decisions.jsonl");
            for (PopulationBasedTrainingReplay replay : List.of(
                    PopulationBasedTrainingReplay.fromPolicyFile(policy),
                    PopulationBasedTrainingReplay.fromDecisions(decisions, trial.id()))) {
                ExperimentAnalysis again = run(replay, 1, 1, 1, new Hill(), expected.size());
                List<Map<String, Object>> rows = again.rows("t00000");
                assertThat(rows).hasSameSizeAs(expected);
                for (int i = 0; i < rows.size(); i++) {
                    // What never changed is a constant of the replay, and rows hold no constants.
                    Map<String, Object> replayedConfig = new LinkedHashMap<>();
                    replay.initialConfig()
                            .asMap()
                            .forEach((name, value) -> replayedConfig.put("config/" + name, value));
                    replayedConfig.putAll(inForce(rows.get(i)));
                    assertThat(replayedConfig)
                            .as("%s, iteration %d", trial.id(), i + 1)
                            .isEqualTo(expected.get(i));
                }
                assertThat(again.trial("t00000").schedule()).hasSizeGreaterThan(1);
                replayed++;
            }
        }
        assertThat(replayed).isGreaterThan(6);
    }

    static Stream<Case> populations() {
        return schedulers().filter(c -> c.name().startsWith("PBT"));
    }

    /** The configs in the rows along the way of a trial's weights, one for each iteration of their lineage. */
    private static List<Map<String, Object>> ancestry(ExperimentAnalysis analysis, Trial last) {
        List<Map<String, Object>> configs = new java.util.ArrayList<>();
        Trial trial = last;
        int until = trial.trainingIteration();
        while (true) {
            int own = until;
            Trial now = trial;
            // The copy that gave the trial the weights which it had after iteration `own`.
            DecisionRecord copy = analysis.decisions().stream()
                    .filter(d -> d.decision() instanceof org.rltune.tune.Decision.Exploit)
                    .filter(d -> d.decision().trialId().equals(now.id()) && d.targetIteration() < own)
                    .reduce((first, second) -> second)
                    .orElse(null);
            int from = copy == null ? 0 : copy.targetIteration();
            for (int i = own; i > from; i--) {
                configs.add(0, inForce(analysis.rows(now).get(i - 1)));
            }
            if (copy == null) {
                return configs;
            }
            trial = analysis.trial(
                    ((org.rltune.tune.Decision.Exploit) copy.decision()).donor().trialId());
            until = copy.donorIteration();
        }
    }

    private static Map<String, Object> inForce(Map<String, Object> row) {
        Map<String, Object> config = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (column.startsWith("config/")) {
                config.put(column, value);
            }
        });
        return config;
    }

    private ExperimentAnalysis run(Scheduler scheduler, int samples, int threads, int concurrent, Hill hill) {
        return run(scheduler, samples, threads, concurrent, hill, 40);
    }

    private ExperimentAnalysis run(
            Scheduler scheduler, int samples, int threads, int concurrent, Hill hill, int iterations) {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("lr", loguniform(1e-3, 0.3));
        space.put("width", randint(1, 9));
        space.put("activation", choice("tanh", "relu", "elu"));
        RunConfig config = new RunConfig()
                .storagePath(storage)
                .name("run" + runs++)
                .numSamples(samples)
                .threads(threads)
                .maxConcurrentTrials(concurrent)
                .scheduler(scheduler)
                .metric("score")
                .mode(Mode.MAX)
                .seed(11)
                .checkpointAtEnd(false)
                .config(space)
                .stop("training_iteration", iterations);
        List<RunListener> files = threads == 2 ? List.of(new JsonLinesLogger(), new DecisionLogger()) : List.of();
        try {
            return new Tuner(hill, config, new FifoScheduler(), searcher, files).run();
        } catch (TrialsFailedException e) {
            return e.analysis();
        }
    }
}
