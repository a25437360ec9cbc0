package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rltune.json.Json;
import org.rltune.tune.space.HyperParams;

/** Rules about one trial; expected rows are counted by hand. */
@Timeout(60)
class StopRuleTest {
    @TempDir
    Path storage;

    /** Returns after which of the values, from 1, the rule fires for a trial whose "m" takes them; 0 if never. */
    private static int firesAfter(StopRule rule, Double... values) {
        Trial trial = trial();
        for (int i = 0; i < values.length; i++) {
            Map<String, Object> row = add(trial, values[i]);
            if (rule.shouldStop(trial, row)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static Trial trial() {
        return new Trial(
                0, Path.of("none"), HyperParams.empty(), "", "m", new CheckpointPolicy(0, false, 1, "", Mode.MAX));
    }

    private static Map<String, Object> add(Trial trial, Double value) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        if (value != null) {
            metrics.put("m", value);
        }
        Counters counters = trial.counters().after(metrics);
        counters.putInto(metrics);
        trial.add(metrics, counters);
        return metrics;
    }

    @Test
    void comparesInTheDirectionThatItNames() {
        assertThat(firesAfter(StopRule.atLeast("m", 3), 1.0, 2.5, 3.0, 4.0)).isEqualTo(3);
        assertThat(firesAfter(StopRule.atMost("m", 0.5), 2.0, 0.6, 0.5, 0.1)).isEqualTo(3);
        assertThat(firesAfter(StopRule.atMost("m", 0.5), null, null))
                .as("absent")
                .isZero();
        assertThat(firesAfter(StopRule.atLeast("m", 0.5), Double.NaN)).isZero();
        assertThat(firesAfter(StopRule.maximumIterations(2), 1.0, 1.0, 1.0)).isEqualTo(2);
    }

    @Test
    void takesTheDirectionOfATargetFromTheRun() {
        StopRule target = StopRule.target("m", 0.5);
        assertThat(firesAfter(target.bind("m", Mode.MIN), 9.0, 0.6, 0.4)).isEqualTo(3);
        assertThat(firesAfter(target.bind("m", Mode.MAX), 0.1, 0.4, 0.6)).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.bind("accuracy", Mode.MAX))
                .withMessageContainingAll("m reaches 0.5", "optimises accuracy", "atMost");
        assertThatIllegalStateException().isThrownBy(() -> firesAfter(target, 1.0));
    }

    @Test
    void stopsALossAtItsTargetAndNotAtOnce() {
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.metric("loss")
                        .mode(Mode.MIN)
                        .stop(StopRule.target("loss", 50))
                        .stop("training_iteration", 40));
        assertThat(analysis.trials()).allSatisfy(trial -> {
            assertThat(trial.trainingIteration()).isGreaterThan(1);
            if (trial.trainingIteration() < 40) {
                assertThat(trial.score().getAsDouble()).isLessThanOrEqualTo(50);
                assertThat(trial.endReason()).isEqualTo("loss <= 50.0");
            } else {
                assertThat(trial.endReason()).isEqualTo("training_iteration >= 40.0");
            }
        });
        assertThat(analysis.trials()).anyMatch(trial -> trial.trainingIteration() < 40);
    }

    @Test
    void warnsOfALossThatIsStoppedWhereItIsLarge() {
        List<String> warnings = new ArrayList<>();
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.metric("loss").mode(Mode.MIN).stop("loss", 0.1).listener(new RunListener() {
                    @Override
                    public void onExperimentStart(Experiment experiment) {
                        warnings.addAll(experiment.warnings());
                    }
                }));
        assertThat(warnings)
                .anySatisfy(warning ->
                        assertThat(warning).contains("loss >= 0.1", "smaller is better", "StopRule.target(\"loss\""));
    }

    /** The standard deviations over n, by hand: of 1,1,1,1 0; of 0,0,0,1 sqrt(3)/4 = 0.433; of 1,2 0.5. */
    @Test
    void seesAPlateauAsRayTuneDoes() {
        StopRule plateau = StopRule.plateau("m");
        assertThat(firesAfter(plateau, 1.0, 1.0, 1.0, 1.0)).isEqualTo(4);
        assertThat(firesAfter(plateau, 0.0, 1.0, 1.0, 1.0, 1.0)).isEqualTo(5);
        assertThat(firesAfter(StopRule.plateau("m").std(0.434).numResults(4), 0.0, 0.0, 0.0, 1.0))
                .isEqualTo(4);
        assertThat(firesAfter(StopRule.plateau("m").std(0.433).numResults(4), 0.0, 0.0, 0.0, 1.0))
                .isZero();
        assertThat(firesAfter(StopRule.plateau("m").numResults(2).gracePeriod(5), 1.0, 1.0, 1.0, 1.0, 1.0))
                .as("not in the grace period")
                .isEqualTo(5);
        assertThat(firesAfter(StopRule.plateau("m").numResults(2).gracePeriod(0).std(0.5), 1.0, 2.0))
                .as("strictly below")
                .isZero();
        assertThat(firesAfter(StopRule.plateau("m").numResults(3).gracePeriod(0), 1.0, null, 1.0, null, 1.0))
                .as("rows without the metric are passed over")
                .isEqualTo(5);
        assertThat(firesAfter(
                        StopRule.plateau("m").numResults(2).gracePeriod(0),
                        Double.POSITIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        7.0,
                        7.0))
                .as("what is infinite is no plateau")
                .isEqualTo(4);
    }

    @Test
    void stopsAPlateauOnlyWhereItIsGoodEnough() {
        StopOnPlateau plateau =
                StopRule.plateau("m").numResults(2).gracePeriod(0).metricThreshold(5);
        Double[] values = {1.0, 1.0, 1.0, 7.0, 7.0};
        assertThat(firesAfter(plateau.bind("m", Mode.MAX), values)).isEqualTo(5);
        assertThat(firesAfter(plateau.bind("m", Mode.MIN), values)).isEqualTo(2);
        assertThat(firesAfter(plateau.mode(Mode.MIN).bind("m", Mode.MAX), values))
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plateau.bind("other", Mode.MAX))
                .withMessageContainingAll("metric_threshold", "mode(Mode.MIN)");
    }

    @Test
    void combinesRules() {
        StopRule low = StopRule.atMost("m", 1);
        StopRule late = StopRule.maximumIterations(3);
        assertThat(firesAfter(low.or(late), 5.0, 5.0, 5.0)).isEqualTo(3);
        assertThat(firesAfter(low.or(late), 5.0, 0.0, 5.0)).isEqualTo(2);
        assertThat(firesAfter(low.and(late), 0.0, 5.0, 5.0, 0.0)).isEqualTo(4);
        assertThat(low.or(late).and(StopRule.plateau("m")))
                .hasToString("(m <= 1.0 or training_iteration >= 3.0) and plateau of m (std < 0.01, num_results 4,"
                        + " grace_period 4)");
        Trial trial = trial();
        Map<String, Object> row = add(trial, 0.0);
        assertThat(StopRule.anyOf(late, low.and(StopRule.maximumIterations(1))).firedBy(trial, row))
                .isEqualTo("m <= 1.0 and training_iteration >= 1.0");
        assertThat(low.and(late).columns()).containsExactly("m", "training_iteration");
        assertThat(late.and(late.or(StopRule.maximumIterations(6)))
                        .progress(trial)
                        .getAsDouble())
                .isEqualTo(1.0 / 3);
        assertThat(late.or(StopRule.maximumIterations(6)).progress(trial).getAsDouble())
                .isEqualTo(1.0 / 3);
        assertThat(late.and(low).progress(trial))
                .as("unknown of one, unknown of all")
                .isEmpty();
    }

    @Test
    void writesDownWhichRuleEndedATrial() {
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.stop(StopRule.function(
                                "even trials after two",
                                (id, row) -> id.matches(".*[02]") && (Long) row.get("training_iteration") == 2))
                        .stop(StopRule.plateau("score").or(StopRule.maximumIterations(4)))
                        .stop((trial, row) -> false));
        assertThat(analysis.trials().stream().map(Trial::endReason))
                .containsExactly(
                        "even trials after two",
                        "training_iteration >= 4.0",
                        "even trials after two",
                        "training_iteration >= 4.0");
        Map<String, Object> trial = Json.readObject(storage.resolve("run/t00000/trial.json"));
        assertThat(trial).containsEntry("end_reason", "even trials after two");
        Map<String, Object> run = Json.readObject(storage.resolve("run/run.json"));
        assertThat(run.get("stop"))
                .isEqualTo(List.of(
                        "even trials after two",
                        "plateau of score (std < 0.01, num_results 4, grace_period 4) or training_iteration >= 4.0",
                        "a function of org.rltune.tune.StopRuleTest"));
        assertThat(Json.asList(run.get("exceptions_to_reproducibility"), "exceptions"))
                .hasSize(2)
                .allMatch(text -> text.toString().contains("user code"));
        assertThat(ExperimentAnalysis.load(storage.resolve("run"))
                        .trial("t00002")
                        .endReason())
                .isEqualTo("even trials after two");
    }

    static Stream<Arguments> badInput() {
        return Stream.of(
                bad(() -> StopRule.atMost("training_iteration", 5), "only grows", "atLeast"),
                bad(() -> StopRule.atLeast("m", Double.POSITIVE_INFINITY), "m", "finite"),
                bad(() -> StopRule.atLeast(" ", 1), "stop key"),
                bad(() -> StopRule.maximumIterations(0), "training_iteration", "0"),
                bad(() -> StopRule.timeBudget(0), "time_budget_s", "0"),
                bad(() -> StopRule.trialTimeBudget(-1), "time_total_s", "-1"),
                bad(() -> StopRule.target("m", Double.NaN), "target of m", "NaN"),
                bad(() -> StopRule.plateau("m").std(0), "std", "0"),
                bad(() -> StopRule.plateau("m").numResults(1), "num_results", "at least 2"),
                bad(() -> StopRule.plateau("m").gracePeriod(-1), "grace_period"),
                bad(() -> StopRule.plateau("m").metricThreshold(Double.NaN), "metric_threshold"),
                bad(() -> StopRule.plateau(""), "metric"),
                bad(() -> StopRule.experimentPlateau("m").top(1), "top", "at least 2"),
                bad(() -> StopRule.experimentPlateau("m").patience(-1), "patience"),
                bad(() -> StopRule.experimentPlateau("m").std(-1), "std"),
                bad(() -> StopRule.experimentPlateau("m").bind("other", Mode.MAX), "mode(Mode.MIN)"),
                bad(() -> StopRule.anyOf(), "anyOf", "empty"),
                bad(() -> StopRule.allOf(StopRule.timeBudget(1)), "allOf", "time_budget_s 1.0", "whole experiment"),
                bad(() -> StopRule.stopAll(StopRule.timeBudget(1)), "stopAll", "by itself"),
                bad(() -> StopRule.named("", (trial, row) -> false), "description"));
    }

    private static Arguments bad(Supplier<StopRule> rule, String... words) {
        return Arguments.of(rule, words);
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void refusesWhatCannotBeMeant(Supplier<StopRule> rule, String... words) {
        assertThatIllegalArgumentException().isThrownBy(rule::get).withMessageContainingAll(words);
    }
}
