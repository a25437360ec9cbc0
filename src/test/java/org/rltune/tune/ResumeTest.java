package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.schedule.FifoScheduler;
import org.rltune.tune.schedule.HyperBandScheduler;
import org.rltune.tune.schedule.MedianStoppingRule;
import org.rltune.tune.schedule.PopulationBasedTraining;
import org.rltune.tune.search.TpeSearch;

/** A run that was killed and resumed ends as one that was left alone, wherever it was killed. */
@Timeout(120)
class ResumeTest {
    @TempDir
    Path storage;

    /** What a run is, new for each session since searchers and schedulers remember. */
    private static Map<String, Supplier<Consumer<RunConfig>>> kinds() {
        Map<String, Supplier<Consumer<RunConfig>>> kinds = new LinkedHashMap<>();
        kinds.put("fifo", () -> run -> run.scheduler(new FifoScheduler()));
        kinds.put("fifo with checkpoints", () -> run -> run.checkpointFreq(2).keepCheckpointsNum(1));
        kinds.put(
                "asha stopping",
                () -> run -> run.numSamples(6)
                        .maxConcurrentTrials(3)
                        .scheduler(AshaScheduler.stopping()
                                .timeAttr("training_iteration")
                                .gracePeriod(1)
                                .maxT(4)
                                .reductionFactor(2)
                                .build()));
        kinds.put(
                "asha promotion",
                () -> run -> run.numSamples(6)
                        .maxConcurrentTrials(2)
                        .scheduler(AshaScheduler.promotion()
                                .timeAttr("training_iteration")
                                .gracePeriod(1)
                                .maxT(4)
                                .reductionFactor(2)
                                .build()));
        kinds.put(
                "hyperband",
                () -> run -> run.numSamples(7)
                        .maxConcurrentTrials(3)
                        .scheduler(HyperBandScheduler.builder()
                                .timeAttr("training_iteration")
                                .maxT(4)
                                .reductionFactor(2)
                                .build()));
        kinds.put(
                "median",
                () -> run -> run.numSamples(6)
                        .maxConcurrentTrials(2)
                        .scheduler(MedianStoppingRule.builder()
                                .timeAttr("training_iteration")
                                .gracePeriod(2)
                                .minSamplesRequired(2)
                                .build()));
        kinds.put("pbt", () -> run -> run.scheduler(Runs.pbt(2)).stop("training_iteration", 7));
        kinds.put(
                "pbt with one checkpoint",
                () -> run -> run.scheduler(Runs.pbt(1))
                        .keepCheckpointsNum(1)
                        .checkpointFreq(1)
                        .stop("training_iteration", 5));
        kinds.put(
                "pbt of a trainable that ends itself",
                () -> run -> run.scheduler(Runs.pbt(2)).stop("training_iteration", 100));
        kinds.put(
                "pbt async",
                () -> run -> run.maxConcurrentTrials(2)
                        .scheduler(PopulationBasedTraining.builder()
                                .timeAttr("training_iteration")
                                .perturbationInterval(2)
                                .synch(false)
                                .build())
                        .stop("training_iteration", 7));
        kinds.put(
                "tpe",
                () -> run -> run.numSamples(8)
                        .maxConcurrentTrials(2)
                        .searchAlg(TpeSearch.builder().nStartupTrials(3).build())
                        .stop("training_iteration", 2));
        kinds.put(
                "tpe under asha",
                () -> run -> run.numSamples(8)
                        .maxConcurrentTrials(2)
                        .searchAlg(TpeSearch.builder().nStartupTrials(3).build())
                        .scheduler(AshaScheduler.stopping()
                                .timeAttr("training_iteration")
                                .gracePeriod(1)
                                .maxT(4)
                                .reductionFactor(2)
                                .build()));
        kinds.put(
                "total",
                () -> run -> run.maxConcurrentTrials(2)
                        .stop(StopRule.experimentTotal("timesteps_total", 130))
                        .stop("training_iteration", 5));
        kinds.put(
                "plateau",
                () -> run -> run.stop(StopRule.plateau("score").std(30).numResults(2))
                        .stop("training_iteration", 5));
        return kinds;
    }

    /** The kind of trainable of a run: one that is finished after six rows, and says so with the last or with none. */
    private static TrainableSpec spec(String kind, boolean scrambled) {
        if (kind.endsWith("ends itself")) {
            return Trainables.function("descent", (config, session) -> {
                double x = session.checkpoint()
                        .map(bytes -> ByteBuffer.wrap(bytes).getDouble())
                        .orElse(10.0);
                for (int i = session.iteration(); i < 6; i++) {
                    x -= config.getDouble("lr") * 2 * x;
                    session.report(
                            Map.of("score", -x * x),
                            ByteBuffer.allocate(8).putDouble(0, x).array());
                }
            });
        }
        if (kind.equals("fifo with checkpoints")) {
            return new Quadratic((id, iteration, reported) -> iteration == 4 ? reported.asLast() : reported);
        }
        return scrambled ? Quadratic.scrambled() : new Quadratic();
    }

    /** Writes states at every chance, as runs do whose iterations take long. */
    private static final StatePolicy ALWAYS = new StatePolicy(0, 0);

    private static Map<String, Object> outcome(ExperimentAnalysis analysis) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("digest", analysis.digest());
        outcome.put(
                "decisions",
                analysis.decisions().stream()
                        .map(DecisionJson::toJson)
                        .map(Object::toString)
                        .toList());
        for (Trial trial : analysis.trials()) {
            outcome.put(
                    trial.id(),
                    trial.rows().stream().map(ResultColumns::withoutVolatile).toList());
            outcome.put(trial.id() + " status", trial.status() + " " + trial.endReason());
        }
        return outcome;
    }

    private static void same(ExperimentAnalysis resumed, ExperimentAnalysis whole) {
        assertThat(whole.digest()).isNotEmpty();
        assertThat(outcome(resumed)).isEqualTo(outcome(whole));
        assertThat(outcome(ExperimentAnalysis.load(resumed.folder())))
                .isEqualTo(outcome(ExperimentAnalysis.load(whole.folder())));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<byte[]> lines(Path journal) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (String line : Files.readString(journal).split("\n", -1)) {
            lines.add((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        lines.remove(lines.size() - 1);
        return lines;
    }

    /** Cuts a copy of a run's journal off after its first n lines, and half of the next. */
    private Path cutOff(Path whole, int n) throws IOException {
        Path folder = storage.resolve("cut " + n);
        copy(whole, folder);
        List<byte[]> lines = lines(whole.resolve("journal.jsonl"));
        Path journal = folder.resolve("journal.jsonl");
        Files.write(journal, new byte[0]);
        for (int i = 0; i < n; i++) {
            Files.write(journal, lines.get(i), StandardOpenOption.APPEND);
        }
        if (n % 2 == 0) {
            byte[] next = lines.get(n);
            Files.write(journal, java.util.Arrays.copyOf(next, next.length / 2), StandardOpenOption.APPEND);
        }
        return folder;
    }

    @TestFactory
    Stream<DynamicTest> endsTheSameWhereverItsJournalEnds() {
        return kinds().entrySet().stream()
                .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> {
                    ExperimentAnalysis whole = Runs.run(
                            storage,
                            spec(kind.getKey(), false),
                            kind.getValue().get().andThen(run -> run.states(ALWAYS)));
                    int lines = lines(whole.folder().resolve("journal.jsonl")).size();
                    // Every seventh line, from another one for each kind, and the last ones, where a run is about to
                    // end.
                    int first = 1 + Math.floorMod(kind.getKey().hashCode(), 7);
                    for (int n = first; n < lines; n += n + 14 < lines ? 7 : 2) {
                        Path folder = cutOff(whole.folder(), n);
                        StatePolicy states = n % 2 == 0 ? ALWAYS : StatePolicy.DEFAULT;
                        ExperimentAnalysis resumed = Runs.resume(
                                folder,
                                spec(kind.getKey(), false),
                                kind.getValue()
                                        .get()
                                        .andThen(run -> run.states(states).threads(1)));
                        same(resumed, whole);
                        AtomicFiles.deleteFolder(folder);
                    }
                    AtomicFiles.deleteFolder(whole.folder());
                }));
    }

    /** Ends a run at its n-th event, as an error of the program would: in the midst of everything. */
    private static final class Bomb implements RunListener {
        private final AtomicInteger left;

        Bomb(int left) {
            this.left = new AtomicInteger(left);
        }

        private void tick() {
            if (left.decrementAndGet() == 0) {
                throw new IllegalStateException("bomb");
            }
        }

        @Override
        public void onTrialStart(Experiment experiment, Trial trial) {
            tick();
        }

        @Override
        public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
            tick();
        }

        @Override
        public void onDecision(Experiment experiment, DecisionRecord decision) {
            tick();
        }

        @Override
        public void onCheckpoint(Experiment experiment, Trial trial, Checkpoint checkpoint, String folderName) {
            tick();
        }

        @Override
        public void onTrialEnd(Experiment experiment, Trial trial) {
            tick();
        }
    }

    @TestFactory
    Stream<DynamicTest> endsTheSameAfterManyErrorsOfTheProgram() {
        return kinds().entrySet().stream()
                .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> {
                    ExperimentAnalysis whole = Runs.run(
                            storage, spec(kind.getKey(), false), kind.getValue().get());
                    for (int every : new int[] {3, 10}) {
                        Path folder = storage.resolve("bombed");
                        Throwable error = failure(() -> Runs.run(
                                storage,
                                spec(kind.getKey(), true),
                                kind.getValue()
                                        .get()
                                        .andThen(run -> run.name("bombed").listener(new Bomb(every)))));
                        int sessions = 1;
                        ExperimentAnalysis resumed = null;
                        while (resumed == null) {
                            assertThat(error).hasMessageContaining("bomb");
                            assertThat(sessions++).isLessThan(300);
                            ExperimentAnalysis[] done = new ExperimentAnalysis[1];
                            error = failure(() -> done[0] = Runs.resume(
                                    folder,
                                    spec(kind.getKey(), true),
                                    kind.getValue()
                                            .get()
                                            .andThen(run -> run.states(ALWAYS).listener(new Bomb(every + 1)))));
                            resumed = done[0];
                        }
                        same(resumed, whole);
                        AtomicFiles.deleteFolder(folder);
                    }
                    AtomicFiles.deleteFolder(whole.folder());
                }));
    }

    private static Throwable failure(Runnable action) {
        try {
            action.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void computesAgainWhatEveryCheckpointWouldHaveHeld() throws IOException {
        Supplier<Consumer<RunConfig>> kind =
                () -> run -> run.scheduler(Runs.pbt(2)).checkpointFreq(2).stop("training_iteration", 7);
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), kind.get());
        int lines = lines(whole.folder().resolve("journal.jsonl")).size();
        for (int n : new int[] {lines / 2, lines - 8, lines - 2}) {
            Path folder = cutOff(whole.folder(), n);
            List<Path> damaged = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> path.endsWith("x.bin")).toList()) {
                    Files.write(file, new byte[8]);
                    damaged.add(file.getParent());
                }
            }
            assertThat(damaged).isNotEmpty();
            List<String> warnings = new ArrayList<>();
            ExperimentAnalysis resumed = Runs.resume(
                    folder,
                    new Quadratic(),
                    kind.get()
                            .andThen(run -> run.listener(new RunListener() {
                                @Override
                                public void onWarning(Experiment experiment, String warning) {
                                    warnings.add(warning);
                                }
                            })));
            same(resumed, whole);
            assertThat(warnings)
                    .anySatisfy(text -> assertThat(text)
                            .contains("SHA-256 of x.bin", "set aside as damaged-checkpoint_00000", "the one before it"))
                    .anySatisfy(text -> assertThat(text).contains("trains its iterations 1 to"));
            try (Stream<Path> files = Files.walk(folder)) {
                assertThat(files.map(path -> path.getFileName().toString()))
                        .anyMatch(name -> name.startsWith("damaged-checkpoint_"));
            }
            AtomicFiles.deleteFolder(folder);
        }
    }

    @Test
    void takesFailuresAsRecorded() throws IOException {
        Consumer<RunConfig> settings = run -> run.scheduler(Runs.pbt(2)).maxFailures(2);
        AtomicInteger failures = new AtomicInteger(2);
        Quadratic flaky = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00002") && iteration == 3 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("flaky");
            }
            return reported;
        });
        ExperimentAnalysis whole = Runs.run(storage, flaky, settings);
        assertThat(whole.trials().get(2).failures()).isEqualTo(2);
        int lines = lines(whole.folder().resolve("journal.jsonl")).size();
        for (int n = 1; n < lines; n += 3) {
            Path folder = cutOff(whole.folder(), n);
            failures.set(0);
            ExperimentAnalysis resumed =
                    Runs.resume(folder, flaky, run -> run.scheduler(Runs.pbt(2)).maxFailures(2));
            assertThat(resumed.digest()).isEqualTo(whole.digest());
            AtomicFiles.deleteFolder(folder);
        }
    }

    @Test
    void isFinishedWithAFinishedRunAtOnce() {
        Consumer<RunConfig> settings = run -> run.checkpointFreq(2);
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), settings);
        Map<String, Object> before = outcome(ExperimentAnalysis.load(whole.folder()));
        ExperimentAnalysis resumed = Runs.resume(
                whole.folder(),
                new Quadratic((id, iteration, reported) -> {
                    throw new IllegalStateException("nothing is trained");
                }),
                settings);
        assertThat(outcome(resumed)).isEqualTo(outcome(whole));
        assertThat(outcome(ExperimentAnalysis.load(whole.folder()))).isEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> extendsAFinishedRunToTheOneThatWasLongerFromTheStart() {
        return kinds().entrySet().stream()
                .filter(kind -> !kind.getKey().startsWith("t")
                        && !kind.getKey().endsWith("itself")
                        && !kind.getKey().startsWith("pla"))
                .map(kind -> DynamicTest.dynamicTest(kind.getKey(), () -> {
                    ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), run -> {
                        kind.getValue().get().accept(once(run));
                        longer(run, 9);
                    });
                    ExperimentAnalysis brief = Runs.run(storage, new Quadratic(), run -> {
                        kind.getValue().get().accept(once(run.name("short")));
                        longer(run, 3);
                    });
                    assertThat(brief.digest()).isNotEqualTo(whole.digest());
                    ExperimentAnalysis resumed = Runs.resume(brief.folder(), new Quadratic(), run -> {
                        kind.getValue().get().accept(once(run));
                        longer(run, 9);
                    });
                    same(resumed, whole);
                    AtomicFiles.deleteFolder(whole.folder());
                    AtomicFiles.deleteFolder(brief.folder());
                }));
    }

    private static RunConfig once(RunConfig run) {
        return run;
    }

    private static void longer(RunConfig run, int iterations) {
        run.stop(StopRule.named("until " + iterations, StopRule.maximumIterations(iterations)));
    }

    @Test
    void addsTrialsToAFinishedRun() {
        Consumer<RunConfig> settings = run -> run.numSamples(7);
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), settings);
        ExperimentAnalysis small = Runs.run(storage, new Quadratic(), run -> run.name("small"));
        same(Runs.resume(small.folder(), new Quadratic(), settings), whole);
    }

    @Test
    void setsAsideWhatBelongsToAnotherRunWhenTheSchedulerDecidesOtherwise() throws IOException {
        Supplier<Consumer<RunConfig>> population =
                () -> run -> run.scheduler(Runs.pbt(2)).checkpointFreq(1).numSamples(6);
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), population.get());
        ExperimentAnalysis four = Runs.run(
                storage,
                new Quadratic(),
                population.get().andThen(run -> run.name("four").numSamples(4)));
        List<String> warnings = new ArrayList<>();
        Consumer<RunConfig> listening = run -> run.listener(new RunListener() {
            @Override
            public void onWarning(Experiment experiment, String warning) {
                warnings.add(warning);
            }
        });
        same(Runs.resume(four.folder(), new Quadratic(), population.get().andThen(listening)), whole);
        assertThat(warnings).anySatisfy(text -> assertThat(text).contains("goes another way than before", "rows"));
        try (Stream<Path> files = Files.walk(four.folder())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("void-checkpoint_"));
        }
        int lines = lines(four.folder().resolve("journal.jsonl")).size();
        for (int n = lines - 40; n < lines; n += 9) { // killed after that, it goes on with what counts
            Path folder = cutOff(four.folder(), n);
            same(Runs.resume(folder, new Quadratic(), population.get()), whole);
        }
    }

    @Test
    void triesFailedTrialsAgainIfAsked() {
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), run -> {});
        AtomicInteger failures = new AtomicInteger(1);
        Quadratic flaky = new Quadratic((id, iteration, reported) -> {
            if (id.equals("t00001") && iteration == 4 && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("full moon");
            }
            return reported;
        });
        assertThatThrownBy(() -> Runs.run(storage, flaky, run -> run.name("failed")))
                .isInstanceOf(TrialsFailedException.class);
        Path folder = storage.resolve("failed");
        assertThatThrownBy(() -> Runs.resume(folder, flaky, run -> {}))
                .isInstanceOf(TrialsFailedException.class)
                .hasMessageContaining("full moon");
        same(Runs.resume(folder, flaky, run -> run.rerunErrored(true)), whole);
        same(Runs.resume(folder, flaky, run -> {}), whole); // it does not come back
    }

    @Test
    void saysWhatDoesNotRepeatItself() throws IOException {
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), run -> run.checkpointAtEnd(false));
        Path folder = cutOff(
                whole.folder(), lines(whole.folder().resolve("journal.jsonl")).size() / 2);
        Quadratic other =
                new Quadratic((id, iteration, reported) -> Quadratic.with(reported, "loss", iteration == 2 ? -1.0 : 0));
        assertThatThrownBy(() -> Runs.resume(folder, other, run -> run.checkpointAtEnd(false)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loss was recorded as")
                .hasMessageContaining("Resume with what the run was started with");
    }

    @Test
    void refusesToBecomeAnotherRun() throws IOException {
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), run -> run.scheduler(Runs.pbt(2)));
        Path folder = whole.folder();
        byte[] journal = Files.readAllBytes(folder.resolve("journal.jsonl"));
        refuses(
                folder,
                run -> run.scheduler(Runs.pbt(3)),
                "scheduler",
                "perturbation_interval was 2.0 and would be 3.0");
        refuses(folder, run -> {}, "scheduler", "PopulationBasedTraining", "Pass a new one");
        refuses(folder, run -> run.scheduler(Runs.pbt(2)).seed(7), "another seed: was 0 and would be 7");
        refuses(folder, run -> run.scheduler(Runs.pbt(2)).metric("loss"), "another metric");
        refuses(folder, run -> run.scheduler(Runs.pbt(2)).numSamples(3), "has 4 trials already");
        refuses(
                folder,
                run -> run.scheduler(Runs.pbt(2)).config(Map.of("lr", 0.1)),
                "another search_space",
                "run.config(...)");
        assertThat(folder.resolve("journal.jsonl")).hasBinaryContent(journal);
    }

    private static void refuses(Path folder, Consumer<RunConfig> settings, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Runs.resume(folder, new Quadratic(), settings))
                .withMessageContainingAll(words);
    }

    @Test
    void refusesARunThatIsBeingWritten() {
        List<Throwable> refusals = new ArrayList<>();
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.listener(new RunListener() {
                    @Override
                    public void onExperimentStart(Experiment experiment) {
                        refusals.add(failure(
                                () -> ResumedRun.open(experiment.folder()).close()));
                    }
                }));
        assertThat(refusals.get(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "is being written by process " + ProcessHandle.current().pid());
        ResumedRun.open(storage.resolve("run")).close();
    }

    @Test
    void refusesFoldersWithoutARun() throws IOException {
        refuses(storage, run -> {}, "no run to resume", "journal.jsonl");
        Files.writeString(storage.resolve("journal.jsonl"), "{\"crc32c\":\"00000000\",\"seq\":0,\"kind\":\"start\"}\n");
        refuses(storage, run -> {}, "first line", "is damaged");
    }

    @Test
    void tellsListenersOnlyOfWhatIsNew() throws IOException {
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), run -> {});
        int lines = lines(whole.folder().resolve("journal.jsonl")).size();
        Path folder = cutOff(whole.folder(), lines / 2);
        long recorded = lines(folder.resolve("journal.jsonl")).stream()
                .filter(line -> new String(line, StandardCharsets.UTF_8).contains("\"kind\":\"row\""))
                .count();
        AtomicInteger heard = new AtomicInteger();
        Runs.resume(
                folder,
                new Quadratic(),
                run -> run.listener(new RunListener() {
                    @Override
                    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                        heard.incrementAndGet();
                    }
                }));
        assertThat(heard.get()).isEqualTo(20 - (int) recorded);
    }
}
