package org.rltune.tune;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Seeds;

/**
 * Runs an experiment: makes the trials that the searcher suggests, trains them in slices on a pool of threads, hands their
 * arrivals to searcher and scheduler in a computed order, and carries out what the scheduler decides. The results depend on the settings and the seed alone,
 * not on the number of threads or on who is faster.
 *
 * <p>The trainables' own parallelism runs on the same pool: {@code ForkJoinTask.invokeAll} inside of {@code train()} uses
 * the threads that have no trial of their own.
 */
public final class Tuner {
    private static final double INTERRUPTED_SHARE = 0.1;

    private final RunSettings settings;
    private final RunConfig config;
    private final Seeds seeds;
    private final List<RunListener> listeners;

    /**
     * Checks everything that can be checked before anything starts, and tells scheduler and searcher what they are for;
     * touches no file.
     *
     * @param config the settings; those of a run that is resumed say so ({@link RunConfig#resume})
     * @param scheduler who decides where the config names nobody
     * @param searcher who chooses hyperparameters where the config names nobody
     * @param listeners whom to tell before those of the config
     * @throws IllegalArgumentException with name, value, rule and remedy
     */
    public Tuner(
            TrainableSpec spec, RunConfig config, Scheduler scheduler, Searcher searcher, List<RunListener> listeners) {
        this.config = config;
        this.settings = RunSettings.of(
                spec,
                config,
                Objects.requireNonNullElse(config.scheduler(), scheduler),
                Objects.requireNonNullElse(config.searchAlg(), searcher));
        ResumedRun resumed = config.resumedRun();
        if (resumed != null) {
            resumed.check(config, settings);
        }
        this.seeds = Seeds.of(settings.seed());
        begin();
        this.listeners = new ArrayList<>(listeners);
        this.listeners.addAll(config.listeners());
    }

    /** Returns the settings that this will run with, as {@code run.json} says them. */
    public Map<String, Object> settings() {
        return RunFile.described(settings);
    }

    /**
     * Runs the experiment to its end; a tuner runs once.
     *
     * @throws TrialsFailedException at the end, if trials failed; the analysis is in it
     * @throws RunInterruptedException if this thread was interrupted; what there was is on disk
     */
    public ExperimentAnalysis run() {
        ResumedRun resumed = config.resumedRun();
        if (resumed != null) {
            return run(experiment(resumed.recording()), resumed.recording(), resumed.lines(), resumed.warnings());
        }
        Experiment experiment = experiment(new Recording());
        makeFolder(settings.folder());
        try (RunLock lock = RunLock.take(settings.folder())) {
            return run(experiment, new Recording(), 0, List.of());
        }
    }

    private Experiment experiment(Recording recording) {
        List<String> notes = settings.resumed()
                ? List.of("resumed: " + recording.trials() + " trials and " + recording.rowsRead()
                        + " results come from " + Journal.NAME)
                : List.of();
        return new Experiment(settings, recording.elapsed(), notes);
    }

    private ExperimentAnalysis run(Experiment experiment, Recording recording, long lines, List<String> warnings) {
        RunFile runFile = new RunFile(settings, recording.startTime());
        runFile.writeStart();
        try (Journal journal = new Journal(settings.folder(), lines)) {
            journal.append(head(recording));
            journal.forceSoon();
            RunContext run = new RunContext(
                    settings,
                    experiment,
                    seeds,
                    new Notifier(listeners),
                    new Abort(),
                    new TrainablePool(settings.spec(), settings.threads()),
                    new RowMaker(settings.mutated().domains().keySet()),
                    new RowChecks(settings),
                    journal,
                    recording);
            return run(run, runFile, warnings);
        }
    }

    /** Returns the first record of this session, and lets the recording know what has changed. */
    private Map<String, Object> head(Recording recording) {
        Map<String, Object> described = RunFile.described(settings);
        Map<String, Object> given = RunConfigJson.of(config, settings);
        ResumedRun resumed = config.resumedRun();
        if (resumed == null) {
            return JournalRecords.start(described, given);
        }
        boolean extended = resumed.isExtendedBy(config, settings);
        if (extended) {
            recording.extend(config.rerunErrored());
        }
        return JournalRecords.resume(described, given, extended, config.rerunErrored());
    }

    private ExperimentAnalysis run(RunContext run, RunFile runFile, List<String> warnings) {
        Experiment experiment = run.experiment();
        experiment.stopAll().hold(run.recording()::replaying);
        experiment.onInterrupt(() -> run.abort().raise(new RunInterruptedException(experiment.folder())));
        TrialMaker maker = new TrialMaker(run);
        List<DecisionRecord> records = new ArrayList<>();
        boolean interrupted = false;
        try {
            experiment.summarize();
            run.notifier().tell(listener -> listener.onExperimentStart(experiment));
            warnings.forEach(run::warn);
            interrupted = loop(run, maker, records);
        } catch (Abort.Fatal e) {
            run.abort().raise(e.reason());
        } catch (RuntimeException e) {
            run.abort().raise(e);
        }
        // Nothing can be written while the flag is set; it is set again when everything is safe.
        interrupted |= Thread.interrupted();
        try {
            return finish(run, maker, records, runFile);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void begin() {
        Scheduler scheduler = settings.scheduler();
        scheduler.begin(new Scheduler.Setup(
                settings.metric(),
                settings.mode(),
                settings.space(),
                seeds.child("scheduler"),
                settings.totalTrials()));
        checkTimeAttr(scheduler);
        settings.searcher()
                .begin(new Searcher.Setup(
                        settings.metric(), settings.mode(), settings.space(), seeds, settings.totalTrials()));
    }

    private static void checkTimeAttr(Scheduler scheduler) {
        String timeAttr = scheduler.timeAttr();
        if (!List.of(ResultColumns.TRAINING_ITERATION, ResultColumns.TIMESTEPS_TOTAL)
                .contains(timeAttr)) {
            throw new IllegalArgumentException("The scheduler's timeAttr is \"" + timeAttr + "\", but it must be "
                    + ResultColumns.TRAINING_ITERATION + " or " + ResultColumns.TIMESTEPS_TOTAL
                    + ": other columns jump, or depend on the clock.");
        }
    }

    private void makeFolder(Path folder) {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            RunSettings.refuseExisting(folder, settings.name());
            throw AtomicFiles.failure("make", folder, e);
        } catch (IOException e) {
            throw AtomicFiles.failure("make", folder, e);
        }
    }

    /** Returns whether this thread was interrupted meanwhile. */
    private boolean loop(RunContext run, TrialMaker maker, List<DecisionRecord> records) {
        ForkJoinPool pool = new ForkJoinPool(settings.threads());
        TrialLoop loop = new TrialLoop(run, pool, maker);
        try {
            loop.run();
            return loop.interrupted();
        } finally {
            records.addAll(loop.records());
            pool.shutdown();
        }
    }

    private ExperimentAnalysis finish(RunContext run, TrialMaker maker, List<DecisionRecord> records, RunFile runFile) {
        Experiment experiment = run.experiment();
        List<LiveTrial> live = maker.made();
        saveWaiting(run, live);
        experiment.end();
        live.forEach(one -> closeQuietly(() -> one.close(run.pool()), run.abort()));
        closeQuietly(run.pool()::closeSpares, run.abort());
        List<Trial> failed = experiment.trials().stream()
                .filter(trial -> trial.status() == TrialStatus.ERROR)
                .toList();
        if (!run.abort().raised() && failed.isEmpty()) {
            checkMetricCame(experiment, run.abort());
        }
        boolean complete = maker.exhausted() && live.stream().allMatch(one -> one.phase == LiveTrial.Phase.ENDED);
        ExperimentAnalysis analysis = new ExperimentAnalysis(
                new ExperimentAnalysis.RunFacts(
                        experiment.name(),
                        experiment.folder(),
                        experiment.trainable(),
                        experiment.metric(),
                        experiment.mode(),
                        experiment.seed(),
                        settings.ranking(),
                        run.abort().raised() || !failed.isEmpty() ? TrialStatus.ERROR : TrialStatus.TERMINATED,
                        complete ? Digest.of(experiment.trials(), finalStates(live), records) : "",
                        experiment.elapsedSeconds()),
                experiment.trials(),
                records);
        @Nullable RuntimeException failure = failed.isEmpty() ? null : new TrialsFailedException(analysis, failed);
        if (failure != null) {
            run.abort().raise(failure);
        }
        // First everything that was found is made safe; then listeners may fail.
        writeEnd(run, analysis, runFile);
        try {
            run.notifier().tell(listener -> listener.onExperimentEnd(experiment, analysis));
        } catch (RuntimeException e) {
            run.abort().raise(e);
        }
        RuntimeException problem = run.abort().cause();
        if (problem != null) {
            throw problem;
        }
        return analysis;
    }

    /** Whoever interrupts a run means to go on with it: what was trained is not to be trained again then. */
    private static void saveWaiting(RunContext run, List<LiveTrial> live) {
        if (run.abort().cause() instanceof RunInterruptedException) {
            double seconds = INTERRUPTED_SHARE * run.settings().states().atOnce();
            live.forEach(one -> closeQuietly(() -> new Slice(run, one, 0, 0).saveWaiting(seconds), run.abort()));
        }
    }

    private static void writeEnd(RunContext run, ExperimentAnalysis analysis, RunFile runFile) {
        try {
            run.journal()
                    .append(JournalRecords.close(
                            analysis.status(),
                            !analysis.digest().isEmpty(),
                            run.abort().cause()));
            analysis.trials().stream().filter(trial -> !trial.status().ended()).forEach(TrialFiles::write);
            runFile.writeEnd(analysis, run.abort().cause());
        } catch (RuntimeException e) {
            run.abort().raise(e);
        }
    }

    private void checkMetricCame(Experiment experiment, Abort abort) {
        String metric = settings.metric();
        boolean tooEarly = experiment.stopAll().reason() != null
                && experiment.trials().stream().allMatch(trial -> trial.lastRow() == null);
        if (!metric.isEmpty() && !tooEarly && !BestTrial.anyScore(experiment.trials(), metric)) {
            abort.raise(BestTrial.unknown(experiment.trials(), metric));
        }
    }

    private static void closeQuietly(Runnable close, Abort abort) {
        try {
            close.run();
        } catch (Abort.Fatal e) {
            abort.raise(e.reason());
        } catch (RuntimeException e) {
            abort.raise(e);
        }
    }

    private static Map<String, byte[]> finalStates(List<LiveTrial> live) {
        Map<String, byte[]> states = new LinkedHashMap<>();
        for (LiveTrial one : live) {
            byte[] state = one.finalState;
            if (state != null) {
                states.put(one.trial.id(), state);
            }
        }
        return states;
    }
}
