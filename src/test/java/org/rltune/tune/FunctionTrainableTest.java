package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;

/** Functions as trainables: in lock step, restored, copied, stopped, and what goes wrong with them. */
@Timeout(60)
class FunctionTrainableTest {
    private static final HyperParams CONFIG = HyperParams.of(Map.of("lr", 0.1));

    @TempDir
    Path storage;

    private static Trainable make(TrainableFunction function) {
        return Trainables.function("f", function).create(new TrialContext("t00001", CONFIG, Seeds.of(3)));
    }

    private ExperimentAnalysis run(TrainableSpec spec, Consumer<RunConfig> settings) {
        RunConfig config = new RunConfig()
                .storagePath(storage)
                .name("run")
                .numSamples(4)
                .threads(2)
                .metric("score")
                .config(Map.of("lr", Domain.uniform(0.001, 0.1)));
        settings.accept(config);
        return new Tuner(spec, config, new FifoScheduler(), new BasicVariantGenerator(), List.of()).run();
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).putInt(0, value).array();
    }

    private static int value(Session session) {
        return session.checkpoint().map(b -> ByteBuffer.wrap(b).getInt()).orElse(0);
    }

    @Test
    void neverWorksWhileTheTrialStandsStill() throws Exception {
        AtomicInteger work = new AtomicInteger();
        try (Trainable trainable = make((config, session) -> {
            while (true) {
                session.report(Map.of("work", work.incrementAndGet()));
            }
        })) {
            assertThat(work).hasValue(0);
            for (int i = 1; i <= 3; i++) {
                assertThat(trainable.train().metrics()).containsEntry("work", i);
                Thread.sleep(5);
                assertThat(work).hasValue(i);
            }
        }
    }

    @Test
    void needsNoStopRuleAndEndsWithItsLastReport() {
        ExperimentAnalysis analysis = run(
                Trainables.function("three", (config, session) -> {
                    for (int i = 1; i <= 3; i++) {
                        session.report(Map.of("score", i * config.getDouble("lr")));
                    }
                }),
                run -> {});
        assertThat(analysis.trials()).hasSize(4).allSatisfy(trial -> {
            assertThat(trial.rows()).hasSize(3);
            assertThat(trial.status()).isEqualTo(TrialStatus.TERMINATED);
            assertThat(trial.endReason()).isEqualTo("the trainable is finished");
            assertThat(trial.score().getAsDouble()).isEqualTo(3 * trial.config().getDouble("lr"));
        });
    }

    @Test
    void givesTheSameDigestUnderPbtOnAnyNumberOfThreads() {
        List<String> digests = new ArrayList<>();
        for (int threads : new int[] {1, 3}) {
            ExperimentAnalysis analysis = run(
                    Trainables.function("descent", FunctionContractTest::descend),
                    run -> run.name("run" + threads).threads(threads).scheduler(Runs.pbt(2)));
            digests.add(analysis.digest());
            assertThat(analysis.decisions()).anyMatch(record -> record.decision() instanceof Decision.Exploit);
            assertThat(analysis.trials()).allSatisfy(trial -> {
                assertThat(trial.trainingIteration()).isEqualTo(50);
                List<Double> inForce = trial.rows().stream()
                        .map(row -> (Double) row.get("config/lr"))
                        .toList();
                for (int i = 1; i <= 50; i++) {
                    assertThat(inForce.get(i - 1)).isEqualTo(trial.configAt(i).get("lr"));
                }
            });
        }
        assertThat(digests.get(1)).isNotEmpty().isEqualTo(digests.get(0));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("rltune-t"));
    }

    /** A running sum whose checkpoints come every third report only: 1, 3, 6, 10, ... */
    private static void sum(HyperParams config, Session session) {
        int sum = value(session);
        for (int i = session.iteration() + 1; ; i++) {
            sum += i;
            if (i % 3 == 0) {
                session.report(Map.of("sum", sum), bytes(sum));
            } else {
                session.report(Map.of("sum", sum));
            }
        }
    }

    @Test
    void restoresToWhereItStoodThoughCheckpointsAreRare() {
        for (int before = 0; before <= 7; before++) {
            try (Trainable one = make(FunctionTrainableTest::sum);
                    Trainable two = make(FunctionTrainableTest::sum)) {
                for (int i = 0; i < before; i++) {
                    one.train();
                }
                two.restore(one.save());
                int next = before + 1;
                assertThat(two.train().metrics()).containsEntry("sum", next * (next + 1) / 2);
            }
        }
    }

    @Test
    void refusesToCopyWhatHasNoCheckpointOfItsLastReport() {
        try (Trainable donor = make(FunctionTrainableTest::sum);
                Trainable target = make(FunctionTrainableTest::sum)) {
            donor.train();
            assertThatIllegalStateException()
                    .isThrownBy(() -> target.adopt(donor.save()))
                    .withMessageContainingAll("t00001", "'f'", "no checkpoint", "session.report(metrics, checkpoint)");
            for (int i = 0; i < 4; i++) {
                donor.train();
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> target.adopt(donor.save()))
                    .withMessageContaining("2 reports old");
            assertThatIllegalStateException()
                    .isThrownBy(() -> donor.configure(CONFIG.with("lr", 0.2)))
                    .withMessageContainingAll("lr=0.2", "2 reports old");
            donor.train();
            target.adopt(donor.save());
            assertThat(target.train().metrics())
                    .as("21, and the target's own first iteration")
                    .containsEntry("sum", 22);
        }
    }

    @Test
    void failsWhereAFunctionWouldSilentlyStartFromNothing() {
        ExperimentAnalysis analysis = failed(
                Trainables.function("forgetful", (config, session) -> {
                    for (int i = 1; i <= 6; i++) {
                        session.report(Map.of("score", i * config.getDouble("lr")), bytes(i));
                    }
                }),
                run -> run.scheduler(Runs.pbt(2)));
        assertThat(analysis.trials())
                .anySatisfy(trial -> assertThat(trial.error())
                        .hasMessageContainingAll("session.checkpoint()", "started from nothing"));
    }

    private ExperimentAnalysis failed(TrainableSpec spec, Consumer<RunConfig> settings) {
        List<ExperimentAnalysis> found = new ArrayList<>();
        assertThatExceptionOfType(TrialsFailedException.class)
                .isThrownBy(() -> run(spec, settings))
                .satisfies(e -> found.add(e.analysis()));
        return found.get(0);
    }

    @Test
    void failsTheTrialWithWhatTheFunctionThrows() {
        IOException cause = new IOException("the disk is gone");
        ExperimentAnalysis analysis = failed(
                Trainables.function("disk", (config, session) -> {
                    session.report(Map.of("score", 1));
                    if (session.trialId().equals("t00002")) {
                        throw cause;
                    }
                }),
                run -> {});
        assertThat(analysis.trial("t00002").error())
                .hasMessageContaining("'disk' failed")
                .hasCause(cause);
        assertThat(analysis.trial("t00002").endReason()).startsWith("failed: ");
        assertThat(storage.resolve("run/t00002/error.txt"))
                .content()
                .contains("the disk is gone", "FunctionTrainableTest");
        assertThat(analysis.trial("t00001").status()).isEqualTo(TrialStatus.TERMINATED);
    }

    @Test
    void passesUncheckedExceptionsAndErrorsOnAsTheyAre() {
        for (Throwable thrown : List.of(new ArithmeticException("a"), new StackOverflowError("b"))) {
            try (Trainable trainable = make((config, session) -> {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            })) {
                assertThatExceptionOfType(thrown.getClass())
                        .isThrownBy(trainable::train)
                        .isSameAs(thrown);
            }
        }
    }

    @Test
    void refusesAFunctionThatNeverReports() {
        try (Trainable trainable = make((config, session) -> {})) {
            assertThatIllegalStateException()
                    .isThrownBy(trainable::train)
                    .withMessageContainingAll("'f'", "without a report", "session.report(metrics)");
        }
    }

    @Test
    void refusesReportsOfOtherThreads() {
        try (Trainable trainable = make((config, session) ->
                CompletableFuture.runAsync(() -> session.report(Map.of("x", 1))).join())) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(trainable::train)
                    .withMessageContaining("only the function's own thread");
        }
    }

    @Test
    void closesAFunctionWhereItWaits() {
        AtomicBoolean unwound = new AtomicBoolean();
        List<Exception> seen = new ArrayList<>();
        Trainable trainable = make((config, session) -> {
            try {
                while (true) {
                    session.report(Map.of("x", 1));
                }
            } catch (CancellationException e) {
                seen.add(e);
                throw e;
            } finally {
                unwound.set(true);
            }
        });
        trainable.train();
        trainable.close();
        assertThat(unwound).isTrue();
        assertThat(seen).hasSize(1);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void staysFinishedWhenItIsRestored() {
        TrainableFunction two = (config, session) -> {
            for (int i = session.iteration(); i < 2; i++) {
                session.report(Map.of("x", i), bytes(value(session)));
            }
        };
        try (Trainable one = make(two);
                Trainable other = make(two)) {
            one.train();
            one.train();
            assertThat(one.train()).isEqualTo(new Iteration(Map.of(), CONFIG, true));
            other.restore(one.save());
            assertThat(other.train().last()).isTrue();
        }
    }

    @Test
    void refusesTheFilesOfAnotherTrainable() {
        for (TrainableSpec spec : List.of(
                Trainables.function("f", FunctionTrainableTest::sum),
                Trainables.objective("o", "score", config -> 1))) {
            try (Trainable trainable = spec.create(new TrialContext("t00001", CONFIG, Seeds.of(3)))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> trainable.restore(Map.of("x.bin", new byte[0])))
                        .withMessageContainingAll("has no file", "x.bin", "same trainable");
            }
        }
    }

    @Test
    void evaluatesEachTrialOnce() {
        AtomicInteger calls = new AtomicInteger();
        ExperimentAnalysis analysis = run(
                Trainables.objective("sphere", "score", config -> {
                    calls.incrementAndGet();
                    return -Math.pow(config.getDouble("lr"), 2);
                }),
                run -> {});
        assertThat(calls).hasValue(4);
        assertThat(analysis.bestTrial().config().getDouble("lr"))
                .isEqualTo(analysis.trials().stream()
                        .mapToDouble(trial -> trial.config().getDouble("lr"))
                        .min()
                        .getAsDouble());
        assertThat(analysis.trials())
                .allSatisfy(trial -> assertThat(trial.rows()).hasSize(1));
    }

    @Test
    void evaluatesToSeveralMetrics() {
        run(
                Trainables.evaluation("two", config -> Map.of("score", 1, "cost", Map.of("money", 2.5))),
                run -> run.numSamples(1));
        assertThat(Json.readObject(storage.resolve("run/run.json"))).containsEntry("best_score", 1.0);
    }

    @Test
    void refusesToCopyOrChangeAnEvaluation() {
        ExperimentAnalysis analysis = failed(
                Trainables.evaluation("once", config -> {
                    throw new IllegalStateException("no data");
                }),
                run -> run.numSamples(1));
        assertThat(analysis.trials().get(0).error()).hasMessage("no data");
        try (Trainable once = Trainables.objective("o", "score", config -> 1)
                .create(new TrialContext("t00001", CONFIG, Seeds.of(3)))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> once.adopt(once.save()))
                    .withMessageContaining("'o'");
            once.configure(CONFIG.with("lr", 0.3));
            assertThat(once.train().inForce().getDouble("lr")).isEqualTo(0.3);
            assertThatIllegalStateException()
                    .isThrownBy(() -> once.configure(CONFIG))
                    .withMessageContainingAll("lr=0.3", "lr=0.1");
        }
    }

    @Test
    void allowsMetricsThatComeLate() {
        TrainableFunction late = (config, session) -> {
            session.report(Map.of("x", 1));
            session.report(Map.of("x", 1, "score", 2));
        };
        assertThat(run(Trainables.function("late", late).withLateMetrics("score"), run -> {})
                        .bestScore())
                .isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(Trainables.function("late", late), run -> run.name("again")))
                .withMessageContaining("'score'");
    }

    @Test
    void neverWorksOnMoreTrialsAtOnceThanThereAreThreads() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        run(
                Trainables.function("busy", (config, session) -> {
                    for (int i = 0; i < 4; i++) {
                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        Thread.sleep(3);
                        working.decrementAndGet();
                        session.report(Map.of("score", i), bytes(value(session)));
                    }
                }),
                run -> run.numSamples(12).threads(2).stop(StopRule.experimentTotal("training_iteration", 1e9)));
        assertThat(most).hasValue(2);
    }
}
