package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a run in which something fails. */
@Timeout(60)
class FailuresTest {
    @TempDir
    Path storage;

    /** Trial t00001 throws in its 2nd iteration. */
    private static Quadratic crashing(RuntimeException error) {
        return new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00001") && iteration == 2) {
                throw error;
            }
            return reported;
        });
    }

    @Test
    void letsTheOthersRunOnWhenOneTrialFails() {
        TrialsFailedException failure = catchThrowableOfType(
                TrialsFailedException.class,
                () -> Runs.run(storage, crashing(new IllegalStateException("the ship sank")), run -> {}));
        assertThat(failure)
                .hasMessageContainingAll("1 of 4 trials", "t00001 at iteration 2", "the ship sank", "error.txt")
                .hasRootCauseMessage("the ship sank");
        assertThat(failure.failed()).extracting(Trial::id).containsExactly("t00001");
        ExperimentAnalysis analysis = failure.analysis();
        assertThat(analysis.trials())
                .extracting(Trial::status)
                .containsExactly(
                        TrialStatus.TERMINATED, TrialStatus.ERROR, TrialStatus.TERMINATED, TrialStatus.TERMINATED);
        assertThat(analysis.rows("t00001")).hasSize(1);
        assertThat(analysis.rows("t00003")).hasSize(5);
        assertThat(analysis.trial("t00001").folder().resolve("error.txt"))
                .content()
                .contains(
                        "t00001 failed in its iteration 2", "lr=", "the ship sank", "at org.rltune.tune.FailuresTest");
        ExperimentAnalysis loaded = ExperimentAnalysis.load(storage.resolve("run"));
        assertThat(loaded.trial("t00001").status()).isEqualTo(TrialStatus.ERROR);
        assertThat(loaded.trial("t00001").error()).hasMessageContaining("the ship sank");
    }

    @Test
    void doesNotHangWhenATrialFailsBeforeABarrier() { // trap 9
        TrialsFailedException failure = catchThrowableOfType(
                TrialsFailedException.class,
                () -> Runs.run(
                        storage,
                        crashing(new IllegalStateException("gone")),
                        run -> run.scheduler(Runs.pbt(2)).stop("training_iteration", 7)));
        assertThat(failure.analysis().trials())
                .filteredOn(trial -> trial.number() != 1)
                .allSatisfy(trial -> assertThat(trial.trainingIteration()).isEqualTo(7));
        assertThat(failure.analysis().decisions())
                .anyMatch(record -> record.decision() instanceof Decision.Exploit)
                .noneMatch(record -> record.decision().trialId().equals("t00001"));
    }

    @Test
    void endsAtOnceWhenAllTrialsFail() {
        Quadratic broken = new Quadratic((id, iteration, reported) -> {
            throw new IllegalStateException("no " + id);
        });
        assertThatThrownBy(() -> Runs.run(storage, broken, run -> run.scheduler(Runs.pbt(2))))
                .isInstanceOf(TrialsFailedException.class)
                .hasMessageContainingAll("4 of 4", "no t00000", "no t00003");
    }

    @Test
    void takesAnErrorOfTheJvmForTheTrialsOwnToo() {
        Quadratic greedy = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00002")) {
                throw new OutOfMemoryError("too much");
            }
            return reported;
        });
        assertThatThrownBy(() -> Runs.run(storage, greedy, run -> {}))
                .isInstanceOf(TrialsFailedException.class)
                .hasMessageContainingAll("1 of 4", "t00002", "OutOfMemoryError: too much");
    }

    @Test
    void failsATrialWhoseMetricIsNaN() {
        Quadratic diverging = new Quadratic((id, iteration, reported) ->
                id.equals("t00001") && iteration == 3 ? Quadratic.with(reported, "score", Double.NaN) : reported);
        assertThatThrownBy(() -> Runs.run(storage, diverging, run -> {}))
                .isInstanceOf(TrialsFailedException.class)
                .hasMessageContainingAll("t00001, iteration 3: the metric score is NaN", "leave the metric out");
    }

    @Test
    void recordsANaNInAnotherColumn() {
        Quadratic odd = new Quadratic((id, iteration, reported) -> Quadratic.with(reported, "kl", Float.NaN));
        ExperimentAnalysis analysis = Runs.run(storage, odd, run -> {});
        assertThat(analysis.rows("t00000").get(0)).containsEntry("kl", Double.NaN);
        assertThat(storage.resolve("run/t00000/result.json")).content().contains("\"kl\":\"NaN\"");
    }

    @Test
    void failsTheRunWhenAHyperparameterIsNotInForceAsOrdered() {
        Quadratic stubborn = Quadratic.using(config -> config.with("lr", 0.05));
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, stubborn, run -> {}))
                .withMessageContainingAll("iteration 1", "lr was ordered as 0.0", "0.05 was in force", "configure");
        assertThat(storage.resolve("run/run.json")).content().contains("\"status\": \"ERROR\"", "was in force");
    }

    @Test
    void failsTheRunWhenAHyperparameterDoesNotChangeAtAnExploit() {
        Map<String, org.rltune.tune.space.HyperParams> first = new java.util.concurrent.ConcurrentHashMap<>();
        Quadratic frozen = new Quadratic((id, iteration, reported) -> {
            first.putIfAbsent(id, reported.inForce());
            return new Iteration(reported.metrics(), first.get(id));
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(
                        storage, frozen, run -> run.scheduler(Runs.pbt(2)).stop("training_iteration", 7)))
                .withMessageContainingAll("iteration 3", "lr was ordered as", "was in force");
    }

    @Test
    void wantsEveryTunedHyperparameterReported() {
        Quadratic silent = new Quadratic((id, iteration, reported) ->
                new Iteration(reported.metrics(), reported.inForce().only(List.of("note"))));
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, silent, run -> {}))
                .withMessageContainingAll("lr was ordered", "not reported was in force");
    }

    @Test
    void saysWhichListenerFailedAndWhyWhenResultsCannotBeWritten() {
        RunListener full = new RunListener() {
            @Override
            public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                if (trial.trainingIteration() == 2) {
                    throw new UncheckedIOException(
                            "Cannot write progress.csv (disk is full)", new IOException("No space left on device"));
                }
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.listener(full)))
                .withMessageContainingAll("progress.csv", "disk is full")
                .withRootCauseInstanceOf(IOException.class);
        assertThat(storage.resolve("run/run.json")).content().contains("\"status\": \"ERROR\"");
    }

    /** A user's callback may hold any mistake: it is named, whatever it throws, and it is no failure of a trial. */
    @Test
    void namesTheCallbackThatFailed() {
        for (Throwable thrown :
                List.of(new AssertionError("no"), new NullPointerException(), new LinkageError("old"))) {
            RunListener callback = new RunListener() {
                @Override
                public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                    throw sneaky(thrown);
                }
            };
            String name = "of" + thrown.getClass().getSimpleName();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Runs.run(
                            storage, new Quadratic(), run -> run.name(name).listener(callback)))
                    .withMessageContainingAll("listener " + callback.getClass().getName(), thrown.toString())
                    .withRootCauseInstanceOf(thrown.getClass());
            ExperimentAnalysis loaded = ExperimentAnalysis.load(storage.resolve(name));
            assertThat(loaded.trials()).allMatch(trial -> trial.failures() == 0);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void makesTheResultsSafeBeforeAPlotMayFail() {
        List<String> digests = new ArrayList<>();
        RunListener plot = new RunListener() {
            @Override
            public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
                digests.add(analysis.digest());
                throw new UncheckedIOException("Cannot write reward_curves.png", new IOException("full"));
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> Runs.run(storage, new Quadratic(), run -> run.listener(plot)))
                .withMessageContaining("reward_curves.png");
        ExperimentAnalysis loaded = ExperimentAnalysis.load(storage.resolve("run"));
        assertThat(loaded.status()).isEqualTo(TrialStatus.TERMINATED);
        assertThat(loaded.digest()).isEqualTo(digests.get(0)).hasSize(64);
        assertThat(loaded.bestCheckpoint()).isDirectory();
    }

    @Test
    void refusesMetricsThatNoRowCanHold() {
        Quadratic odd = new Quadratic((id, iteration, reported) -> Quadratic.with(reported, "thing", new Object()));
        assertThatThrownBy(() -> Runs.run(storage, odd, run -> {}))
                .hasMessageContainingAll("thing", "java.lang.Object", "numbers, strings");
        Quadratic reserved = new Quadratic((id, iteration, reported) -> Quadratic.with(reported, "trial_id", "x"));
        assertThatThrownBy(() -> Runs.run(storage, reserved, run -> run.name("b")))
                .hasMessageContainingAll("trial_id", "another name");
    }

    @Test
    void closesEveryTrainable() {
        List<String> open = java.util.Collections.synchronizedList(new ArrayList<>());
        Quadratic spec = new Quadratic() {
            @Override
            public Trainable create(TrialContext context) {
                open.add(context.trialId());
                Trainable inner = super.create(context);
                return new Forwarding(inner) {
                    @Override
                    public void close() {
                        open.remove(context.trialId());
                    }
                };
            }
        };
        assertThatThrownBy(() -> Runs.run(storage, spec, run -> run.metric("misspelt")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(open).isEmpty();
    }

    private static class Forwarding implements Trainable {
        private final Trainable inner;

        Forwarding(Trainable inner) {
            this.inner = inner;
        }

        @Override
        public Iteration train() {
            return inner.train();
        }

        @Override
        public Map<String, byte[]> save() {
            return inner.save();
        }

        @Override
        public void restore(Map<String, byte[]> files) {
            inner.restore(files);
        }

        @Override
        public void adopt(Map<String, byte[]> donorFiles) {
            inner.adopt(donorFiles);
        }

        @Override
        public void configure(org.rltune.tune.space.HyperParams config) {
            inner.configure(config);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
