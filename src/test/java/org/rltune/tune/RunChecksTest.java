package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** What bad settings get: an error that names thing, value, rule and remedy, and no folder wherever that can be. */
@Timeout(60)
class RunChecksTest {
    @TempDir
    Path storage;

    private void refuses(Consumer<RunConfig> settings, String... words) throws IOException {
        refuses(new Quadratic(), settings, words);
    }

    private void refuses(TrainableSpec spec, Consumer<RunConfig> settings, String... words) throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(storage, spec, settings))
                .withMessageContainingAll(words);
        try (Stream<Path> left = Files.list(storage)) {
            assertThat(left).as("nothing has started").isEmpty();
        }
    }

    @Test
    void refusesNumbersThatCannotBe() throws IOException {
        refuses(run -> run.numSamples(0), "num_samples", "0", "at least 1");
        refuses(run -> run.threads(0), "threads", "0");
        refuses(run -> run.maxConcurrentTrials(0), "max_concurrent_trials");
        refuses(run -> run.checkpointFreq(-1), "checkpoint_freq", "-1");
        refuses(run -> run.keepCheckpointsNum(0), "keep_checkpoints_num");
        refuses(run -> run.verbose(3), "verbose", "3");
        refuses(run -> run.seed(-1), "seed", "-1");
        refuses(run -> run.stop("training_iteration", Double.NaN), "training_iteration", "NaN");
        refuses(run -> run.stop("training_iteration", 0), "training_iteration", "0");
        refuses(run -> run.stop("training_iteration", 3).stop("training_iteration", 4), "set twice", "3.0", "4.0");
        refuses(run -> run.checkpointScoreAttr("min-"), "checkpoint_score_attr");
    }

    @Test
    void refusesARunThatWouldNotEnd() {
        RunConfig endless = new RunConfig().storagePath(storage).metric("score");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tuner(
                        new Quadratic(), endless, new FifoScheduler(), new BasicVariantGenerator(), List.of()))
                .withMessageContainingAll("no stop rule", "for ever", "stop(\"training_iteration\", 50)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\b", "..", ".", "a:b", " a", "a.", "", "a\nb"})
    void refusesNamesThatAreNoFolder(String name) throws IOException {
        refuses(run -> run.name(name), "name");
    }

    @Test
    void refusesANameThatExists() {
        Runs.run(storage, new Quadratic(), run -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> {}))
                .withMessageContainingAll("'run' exist already", storage.toString(), "name(...)");
    }

    @Test
    void refusesASchedulerWithoutMetric() throws IOException {
        RunConfig config = new RunConfig()
                .storagePath(storage)
                .scheduler(Runs.pbt(2))
                .stop("training_iteration", 3)
                .config(Map.of("lr", Domain.uniform(0, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Tuner(new Quadratic(), config, new FifoScheduler(), new BasicVariantGenerator(), List.of()))
                .withMessageContainingAll("PopulationBasedTraining", "no metric", "metric(\"episode_reward_mean\")");
    }

    @Test
    void needsNoMetricWhereNothingIsCompared() {
        RunConfig config = new RunConfig()
                .storagePath(storage)
                .name("run")
                .stop("training_iteration", 2)
                .config(Map.of("lr", 0.1));
        ExperimentAnalysis analysis =
                new Tuner(new Quadratic(), config, new FifoScheduler(), new BasicVariantGenerator(), List.of()).run();
        assertThat(analysis.allRows()).hasSize(2);
        assertThatThrownBy(analysis::bestTrial).hasMessageContainingAll("no metric", "metric(...)");
        assertThat(analysis.bestTrial("loss", Mode.MIN, Scope.LAST).id()).isEqualTo("t00000");
    }

    @Test
    void refusesTwoDifferentMetrics() throws IOException {
        Scheduler scheduler = org.rltune.tune.schedule.PopulationBasedTraining.builder()
                .perturbationInterval(2)
                .metric("loss")
                .mode(Mode.MIN)
                .build();
        refuses(run -> run.scheduler(scheduler), "metric", "score", "loss", "one place");
    }

    @Test
    void refusesASchedulerWhoseSettingsDoNotFit() throws IOException {
        refuses(run -> run.scheduler(Runs.pbt(2)).config(Map.of("lr", 0.1)), "nothing to explore");
    }

    @Test
    void refusesWhatTheTrainableDoesNotAccept() throws IOException {
        TrainableSpec strict = new Quadratic() {
            @Override
            public void check(SearchSpace space) {
                throw new IllegalArgumentException("unknown hyperparameter 'lrr'. Maybe 'lr'?");
            }
        };
        refuses(strict, run -> {}, "Maybe 'lr'?");
    }

    @Test
    void takesConstraintsFromTheTrainableAndTheRun() {
        TrainableSpec constrained = new Quadratic() {
            @Override
            public List<Constraint> constraints() {
                return List.of(Constraint.atMost("a", "b"));
            }
        };
        ExperimentAnalysis analysis = Runs.run(
                storage,
                constrained,
                run -> run.numSamples(20)
                        .stop("training_iteration", 1)
                        .config(Map.of(
                                "lr",
                                0.1,
                                "a",
                                Domain.randint(1, 100),
                                "b",
                                Domain.randint(1, 100),
                                "c",
                                Domain.randint(1, 100)))
                        .constraint(Constraint.atMost("b", "c")));
        assertThat(analysis.trials()).allSatisfy(trial -> {
            assertThat(trial.config().getLong("a"))
                    .isLessThanOrEqualTo(trial.config().getLong("b"));
            assertThat(trial.config().getLong("b"))
                    .isLessThanOrEqualTo(trial.config().getLong("c"));
        });
    }

    @Test
    void findsAMisspeltMetricAtTheFirstRow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.metric("scor")))
                .withMessageContainingAll("metric", "'scor'", "info/nested, late, ", "score", "Maybe 'score'?");
        assertThat(storage.resolve("run/run.json")).content().contains("\"status\": \"ERROR\"");
        assertThat(storage.resolve("run/t00000/result.json")).doesNotExist();
    }

    @Test
    void findsOtherMisspeltColumnsAtTheFirstRow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Runs.run(storage, new Quadratic(), run -> run.name("a").stop("timestep_total", 3)))
                .withMessageContainingAll("stop", "'timestep_total'", "Maybe 'timesteps_total'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Runs.run(storage, new Quadratic(), run -> run.name("b").checkpointScoreAttr("min-los")))
                .withMessageContainingAll("checkpointScoreAttr", "'los'", "Maybe 'loss'?");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Runs.run(storage, new Quadratic(), run -> run.name("c").metric("info/note")))
                .withMessageContainingAll("info/note", "not a number");
    }

    @Test
    void allowsAMetricThatComesLate() {
        ExperimentAnalysis analysis = Runs.run(storage, new Quadratic(), run -> run.metric("late"));
        assertThat(analysis.bestTrial().score()).isPresent();
    }

    @Test
    void failsAtTheEndIfAMetricNeverCame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.metric("never")))
                .withMessageContainingAll("'never'", "score");
        assertThat(ExperimentAnalysis.load(storage.resolve("run")).allRows()).hasSize(20);
    }

    @Test
    void wantsTimestepsReportedWhereTheyAreCounted() {
        Quadratic silent =
                new Quadratic((id, iteration, reported) -> Quadratic.with(reported, "timesteps_this_iter", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.run(storage, silent, run -> run.stop("timesteps_total", 50)))
                .withMessageContainingAll("timesteps_total", "timesteps_this_iter");
    }

    @Test
    void knowsTrainablesByName() {
        Quadratic spec = new Quadratic();
        Trainables.register(spec);
        try {
            assertThat(Trainables.get("Quadratic")).isSameAs(spec);
            assertThat(Trainables.names()).contains("Quadratic");
            assertThatCode(() -> Trainables.register(spec)).doesNotThrowAnyException();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trainables.register(new Quadratic()))
                    .withMessageContainingAll("'Quadratic' is registered already", "unregister");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trainables.get("Quadratik"))
                    .withMessageContainingAll("'Quadratik'", "Maybe 'Quadratic'?");
        } finally {
            assertThat(Trainables.unregister("Quadratic")).isTrue();
        }
        assertThat(Trainables.unregister("Quadratic")).isFalse();
    }
}
