package org.rltune.tune;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * A stretch of a trial's training: takes over what was ordered, then trains until the scheduler must see the trial or a
 * stop rule fires. Runs on a thread of the pool; leaves the trial paused, terminated or failed.
 */
final class Slice {
    private static final double NANOS = 1e9;
    private static final String FINISHED = "the trainable is finished";

    private final RunContext run;
    private final LiveTrial live;
    private final Trial trial;
    private final double until;
    private final long lookAt;

    /** What save() returned after the current iteration, so that it is called once at most. */
    private @Nullable Map<String, byte[]> saved;

    /**
     * @param until the own time at which the scheduler wants to see the trial
     * @param lookAt the own iteration at which a rule about the whole experiment does
     */
    Slice(RunContext run, LiveTrial live, double until, long lookAt) {
        this.run = run;
        this.live = live;
        this.trial = live.trial;
        this.until = until;
        this.lookAt = lookAt;
    }

    LiveTrial live() {
        return live;
    }

    void run() {
        long start = System.nanoTime();
        trial.setStatus(TrialStatus.RUNNING);
        try {
            Trainable trainable = prepare();
            String endReason = "";
            do {
                if (run.abort().raised()) {
                    trial.setStatus(TrialStatus.PAUSED);
                    return;
                }
                endReason = iterate(trainable);
            } while (endReason.isEmpty() && live.ownTime() < until && trial.trainingIteration() < lookAt);
            arrive(trainable, endReason);
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (Throwable e) {
            fail(e);
        } finally {
            live.expectedSeconds = (System.nanoTime() - start) / NANOS;
        }
    }

    private Trainable prepare() {
        Trainable trainable = live.trainable;
        if (trainable == null) {
            trainable = run.settings()
                    .spec()
                    .create(new TrialContext(
                            trial.id(), trial.config(), run.seeds().child("trial", trial.number())));
            live.trainable = trainable;
        }
        LiveTrial.Adoption ordered = live.adoption;
        if (ordered != null) {
            Map<String, byte[]> files = ordered.files();
            if (files != null) {
                trainable.adopt(files);
            }
            trainable.configure(ordered.config());
            live.adoption = null;
        }
        return trainable;
    }

    /** Returns why the trial ends, or nothing if it goes on. */
    private String iterate(Trainable trainable) {
        long start = System.nanoTime();
        Iteration iteration = trainable.train();
        double seconds = (System.nanoTime() - start) / NANOS;
        saved = null;
        if (iteration.last() && iteration.metrics().isEmpty() && trial.trainingIteration() > 0) {
            return FINISHED;
        }
        live.totalSeconds += seconds;
        Map<String, Object> metrics = RowMaker.metrics(iteration);
        Counters counters = trial.counters().after(metrics);
        HyperParams ordered = trial.config();
        RunContext.orEndTheRun(() -> run.rowMaker().checkInForce(trial, ordered, iteration.inForce()));
        Map<String, Object> row =
                run.rowMaker().row(trial, metrics, counters, iteration.inForce(), seconds, live.totalSeconds);
        run.checks().score(trial, row);
        if (trial.trainingIteration() == 0) {
            RunContext.orEndTheRun(() -> run.checks().first(trial, row));
        }
        trial.add(row, counters);
        run.experiment().meter().changed(trial);
        tell(listener -> listener.onResult(run.experiment(), trial, row));
        int freq = run.settings().checkpoints().freq();
        if (freq > 0 && trial.trainingIteration() % freq == 0) {
            writeCheckpoint(trainable);
        }
        return endReason(iteration, row);
    }

    private String endReason(Iteration iteration, Map<String, Object> row) {
        for (StopRule rule : run.settings().stopRules()) {
            if (rule.shouldStop(trial, row)) {
                return rule.firedBy(trial, row);
            }
        }
        if (iteration.last()) {
            return FINISHED;
        }
        String overdue = run.experiment().stopAll().overdue();
        return overdue == null ? "" : overdue;
    }

    private void arrive(Trainable trainable, String endReason) {
        if (run.settings().scheduler().needsCheckpoint() && (!endReason.isEmpty() || live.ownTime() >= until)) {
            live.arrival = checkpoint(trainable);
        }
        if (!endReason.isEmpty()) {
            trial.endBecause(endReason);
            end(trainable);
        } else {
            trial.setStatus(TrialStatus.PAUSED);
        }
    }

    /** Ends a trial that waits, because the scheduler stops it. */
    void endWaiting(Trainable trainable) {
        try {
            end(trainable);
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void endTheRun(Abort.Fatal e) {
        if (!trial.status().ended()) {
            trial.setStatus(TrialStatus.PAUSED);
        }
        run.abort().raise(e.reason());
    }

    /** Ends the trial in order, its last state saved. */
    private void end(Trainable trainable) {
        live.finalState = Digest.ofFiles(files(trainable));
        if (run.settings().checkpoints().atEnd() && trial.trainingIteration() > 0) {
            writeCheckpoint(trainable);
        }
        trial.setStatus(TrialStatus.TERMINATED);
        close();
    }

    private void fail(Throwable error) {
        trial.fail(error);
        try {
            RunContext.orEndTheRun(() -> TrialFiles.writeError(trial, error));
            close();
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            error.addSuppressed(e);
        }
    }

    private void close() {
        live.close();
        run.experiment().meter().changed(trial);
        RunContext.orEndTheRun(() -> TrialFiles.write(trial));
        tell(listener -> listener.onTrialEnd(run.experiment(), trial));
    }

    private Checkpoint checkpoint(Trainable trainable) {
        return new Checkpoint(trial.id(), trial.trainingIteration(), trial.score(), files(trainable));
    }

    private void writeCheckpoint(Trainable trainable) {
        Checkpoint checkpoint = checkpoint(trainable);
        RunContext.orEndTheRun(() -> run.writeCheckpoint(trial, checkpoint));
    }

    private Map<String, byte[]> files(Trainable trainable) {
        Map<String, byte[]> files = saved;
        if (files == null) {
            files = trainable.save();
            saved = files;
        }
        return files;
    }

    private void tell(Consumer<RunListener> what) {
        RunContext.orEndTheRun(() -> run.notifier().tell(what));
    }
}
