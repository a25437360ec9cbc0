package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;

/** Rules that end the whole experiment: exactly when, and the same on any number of threads. */
@Timeout(60)
class ExperimentStopTest {
    @TempDir
    Path storage;

    private final AtomicInteger runs = new AtomicInteger();

    private ExperimentAnalysis run(TrainableSpec spec, Consumer<RunConfig> settings) {
        return Runs.run(storage, spec, run -> {
            run.name("run" + runs.incrementAndGet()).numSamples(6);
            settings.accept(run);
            run.stop(StopRule.maximumIterations(40));
        });
    }

    private static List<Integer> iterations(ExperimentAnalysis analysis) {
        return analysis.trials().stream().map(Trial::trainingIteration).toList();
    }

    static Stream<Arguments> rules() {
        Consumer<RunConfig> fifo = run -> {};
        Consumer<RunConfig> pbt = run -> run.scheduler(Runs.pbt(3));
        Consumer<RunConfig> slots = run -> run.maxConcurrentTrials(2);
        return Stream.of(
                Arguments.of(StopRule.stopAll(StopRule.atLeast("score", -60)), fifo),
                Arguments.of(StopRule.stopAll(StopRule.atLeast("score", -60)), pbt),
                Arguments.of(StopRule.stopAll(StopRule.atLeast("score", -60)), slots),
                Arguments.of(StopRule.experimentTotal("timesteps_total", 555), fifo),
                Arguments.of(StopRule.experimentTotal("timesteps_total", 555), pbt),
                Arguments.of(StopRule.experimentTotal("timesteps_total", 555), slots),
                Arguments.of(StopRule.experimentPlateau("score").top(3).std(5), fifo),
                Arguments.of(
                        StopRule.experimentPlateau("score").top(3).std(5).or(StopRule.maximumIterations(30)), pbt));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void givesTheSameDigestOnAnyNumberOfThreadsWhoeverIsFaster(StopRule rule, Consumer<RunConfig> settings) {
        List<String> digests = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            ExperimentAnalysis analysis = run(Quadratic.scrambled(), run -> {
                settings.accept(run);
                run.threads(threads).stop(rule);
            });
            digests.add(analysis.digest());
            assertThat(analysis.status()).isEqualTo(TrialStatus.TERMINATED);
            assertThat(analysis.trials()).allMatch(trial -> trial.status() == TrialStatus.TERMINATED);
            assertThat(Collections.min(iterations(analysis)))
                    .as("ended by the rule")
                    .isLessThan(30);
        }
        assertThat(digests.get(0)).isNotEmpty();
        assertThat(digests).containsOnly(digests.get(0));
    }

    /** Ten steps an iteration: of six side by side, the fourth of the tenth round makes 570; two are still on their way. */
    @Test
    void endsABudgetOfStepsWithinOneIterationOfEachTrial() {
        List<Double> progress = new ArrayList<>();
        ExperimentAnalysis analysis = run(
                new Quadratic(),
                run -> run.stop(StopRule.experimentTotal("timesteps_total", 565))
                        .listener(new RunListener() {
                            @Override
                            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                                OptionalDouble now = experiment.progress();
                                now.ifPresent(progress::add);
                            }
                        }));
        assertThat(iterations(analysis)).allMatch(n -> n == 9 || n == 10 || n == 11);
        long total = iterations(analysis).stream().mapToLong(n -> 10L * n).sum();
        assertThat(total).isBetween(570L, 570L + 6 * 10);
        assertThat(analysis.trials())
                .allSatisfy(
                        trial -> assertThat(trial.endReason()).startsWith("total of timesteps_total >= 565.0 (t0000"));
        assertThat(Collections.max(progress)).isGreaterThan(0.9).isLessThanOrEqualTo(1);
    }

    /** What Ray Tune's rule says of the values in the order in which the tuner looks: round by round, by number. */
    @Test
    void seesAPlateauOfTheBestAsRayTuneDoes() {
        int trials = 3;
        // Trial k reports 10 k + i in its iteration i, and from iteration 6 on the same value for ever.
        Quadratic spec = new Quadratic((id, iteration, reported) ->
                Quadratic.with(reported, "score", 10.0 * Integer.parseInt(id.substring(1)) + Math.min(iteration, 6)));
        for (int patience : new int[] {0, 1, 4}) {
            StopRule rule = StopRule.experimentPlateau("score").top(4).std(0.0).patience(patience);
            ExperimentAnalysis analysis =
                    run(spec, run -> run.numSamples(trials).threads(1).stop(rule));
            int[] expected = plateau(trials, 4, patience);
            assertThat(analysis.trials().get(0).endReason())
                    .isEqualTo("plateau of the best 4 values of score (std <= 0.0, patience " + patience
                            + ", mode MAX) (t0000" + expected[1] + ", iteration " + expected[0] + ")");
        }
    }

    /** A sorted list of everything, as simply as can be. Returns iteration and trial of the row that fires. */
    private static int[] plateau(int trials, int top, int patience) {
        List<Double> all = new ArrayList<>();
        int rows = 0;
        for (int iteration = 1; ; iteration++) {
            for (int trial = 0; trial < trials; trial++) {
                all.add(10.0 * trial + Math.min(iteration, 6));
                List<Double> sorted = new ArrayList<>(all);
                sorted.sort(Collections.reverseOrder());
                boolean flat = sorted.size() >= top && sorted.get(0).equals(sorted.get(top - 1));
                rows = flat ? rows + 1 : 0;
                if (flat && rows >= patience) {
                    return new int[] {iteration, trial};
                }
            }
        }
    }

    @Test
    void letsTheSchedulerDecideAsIfNobodyLooked() {
        ExperimentAnalysis free = run(new Quadratic(), run -> run.scheduler(Runs.pbt(3)));
        ExperimentAnalysis watched = run(
                new Quadratic(),
                run -> run.scheduler(Runs.pbt(3)).stop(StopRule.experimentTotal("timesteps_total", 1e9)));
        assertThat(watched.digest()).isEqualTo(free.digest());
    }

    @Test
    void looksLessOftenWhereARuleSaysSo() {
        StopRule rule = new StopRule() {
            @Override
            public boolean shouldStop(Trial trial, Map<String, Object> row) {
                return false;
            }

            @Override
            public java.util.Optional<ExperimentWatch> watch() {
                return java.util.Optional.of(new ExperimentWatch() {
                    private int rows;

                    @Override
                    public boolean onRow(Trial trial, Map<String, Object> row) {
                        return ++rows == 13;
                    }

                    @Override
                    public int lookEvery() {
                        return 5;
                    }
                });
            }
        };
        ExperimentAnalysis analysis =
                run(new Quadratic(), run -> run.numSamples(2).threads(1).stop(StopRule.named("row 13", rule)));
        // Looked at: 1..5 of t0, 1..5 of t1, 6..10 of t0, of which the third row is the thirteenth.
        assertThat(analysis.trials().get(0).endReason()).isEqualTo("row 13 (t00000, iteration 8)");
        assertThat(iterations(analysis)).containsExactly(10, 10);
    }

    @Test
    void endsByTheClock() {
        ExperimentAnalysis analysis = run(
                Quadratic.scrambled(),
                run -> run.numSamples(100_000).timeBudgetS(0.3).maxConcurrentTrials(3));
        assertThat(analysis.status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(analysis.trials()).hasSizeBetween(1, 90_000);
        assertThat(analysis.trials()).anyMatch(trial -> trial.endReason().equals("time_budget_s 0.3"));
        assertThat(Json.readObject(analysis.folder().resolve("run.json")).get("exceptions_to_reproducibility"))
                .isEqualTo(List.of("the stop rule time_budget_s 0.3 depends on the clock"));
        assertThat(analysis.elapsedSeconds()).isGreaterThan(0.3);
    }

    @Test
    void endsBeforeAnythingHasHappened() {
        ExperimentAnalysis analysis = run(new Quadratic(), run -> run.timeBudgetS(1e-9));
        assertThat(analysis.status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(analysis.allRows()).isEmpty();
    }
}
