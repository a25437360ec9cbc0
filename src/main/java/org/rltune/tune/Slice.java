package org.rltune.tune;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * A stretch of a trial's training: takes over what was ordered, then trains until the scheduler must see the trial or a
 * stop rule fires. Runs on a thread of the pool; leaves the trial paused, terminated or failed.
 */
final class Slice {
    private static final double NANOS = 1e9;
    static final String FINISHED = "the trainable is finished";

    private final RunContext run;
    private final LiveTrial live;
    private final Trial trial;
    private final double until;
    private final long lookAt;
    private final Replay replay;
    private boolean prepared;

    /** Whether the trainable was finished and returned no row. */
    private boolean nothingMore;

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
        this.replay = new Replay(run, live, this);
    }

    LiveTrial live() {
        return live;
    }

    void run() {
        long start = System.nanoTime();
        trial.setStatus(TrialStatus.RUNNING);
        try {
            replay.dropWhatNoLongerHolds();
            String endReason;
            do {
                if (run.abort().raised()) {
                    trial.setStatus(TrialStatus.PAUSED);
                    return;
                }
                String next = live.recorded.isEmpty() ? train() : replay.next();
                if (next == null) {
                    return;
                }
                endReason = next;
            } while (endReason.isEmpty() && live.ownTime() < until && trial.trainingIteration() < lookAt);
            RunContext.orEndTheRun(run.journal()::flush);
            arrive(endReason);
            parkIfCrowded();
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (Throwable e) {
            fail(e);
        } finally {
            live.expectedSeconds = (System.nanoTime() - start) / NANOS;
        }
    }

    /** Trains one iteration; returns why the trial ends, nothing if it goes on, null if the run is to end early. */
    private @Nullable String train() {
        Trainable trainable = prepared ? live.trainable : prepare();
        prepared = true;
        if (trainable == null) {
            trial.setStatus(TrialStatus.PAUSED);
            return null;
        }
        return iterate(trainable);
    }

    /** Returns the trainable as it is to train next; null if the run is to end early. */
    private @Nullable Trainable prepare() {
        Trainable trainable = live.trainable;
        if (trainable == null) {
            trainable = run.revival().revive(live);
        } else if (!run.revival().carryOutOrders(live, trainable, trial.trainingIteration())) {
            live.broken = true;
            trainable = null;
        }
        if (trainable != null && live.isChangedAt(trial.trainingIteration())) {
            saveState(trainable, run.settings().states().atOnce(), true);
        }
        if (!run.settings().failures().triesAgain(live.failures + 1)) {
            live.forgetRestart();
        }
        return trainable;
    }

    /** Writes a state to go on from, if the trial has trained long enough since the last one for that to be worth it. */
    private void saveState(Trainable trainable, double seconds, boolean changed) {
        if (live.unsavedSeconds >= seconds && trial.trainingIteration() > 0) {
            Restart state =
                    new Restart(trial.trainingIteration(), changed, changed ? trainable.save() : files(trainable));
            RunContext.orEndTheRun(() -> run.writeState(live, state));
        }
    }

    /** Writes the state of a trial that waits, so that it need not train again when the run is resumed. */
    void saveWaiting(double seconds) {
        Trainable trainable = live.trainable;
        if (trainable != null && !trial.status().ended() && !live.broken) {
            saveState(trainable, seconds, false);
        }
    }

    /** Returns why the trial ends, or nothing if it goes on. */
    private String iterate(Trainable trainable) {
        long start = System.nanoTime();
        Iteration iteration = trainable.train();
        double seconds = (System.nanoTime() - start) / NANOS;
        saved = null;
        live.unsavedSeconds += seconds;
        if (iteration.last() && iteration.metrics().isEmpty() && trial.trainingIteration() > 0) {
            nothingMore = true;
            return FINISHED;
        }
        live.totalSeconds += seconds;
        Map<String, Object> metrics = RowMaker.metrics(iteration);
        Counters counters = trial.counters().after(metrics);
        HyperParams ordered = trial.config();
        RunContext.orEndTheRun(() -> run.rowMaker().checkInForce(trial, ordered, iteration.inForce()));
        Row row = run.rowMaker().row(trial, metrics, counters, iteration.inForce(), seconds, live.totalSeconds);
        run.checks().score(trial, row);
        if (trial.trainingIteration() == 0) {
            RunContext.orEndTheRun(() -> run.checks().first(trial, row));
        }
        byte[] line = RowLine.keep(row);
        RunContext.orEndTheRun(() -> run.journal().appendRow(RowLine.record(trial, line, iteration.last())));
        trial.add(row, counters);
        run.experiment().meter().changed(trial);
        tell(listener -> listener.onResult(run.experiment(), trial, row));
        RowLine.forget(row);
        int freq = run.settings().checkpoints().freq();
        if (freq > 0 && trial.trainingIteration() % freq == 0) {
            writeCheckpoint(trainable);
        } else {
            saveState(trainable, run.settings().states().every(), false);
        }
        return endReason(row, iteration.last());
    }

    /** Returns the rule that ends the trial after a row; empty if none does. */
    String fired(Map<String, Object> row) {
        for (StopRule rule : run.settings().stopRules()) {
            if (rule.shouldStop(trial, row)) {
                return rule.firedBy(trial, row);
            }
        }
        return "";
    }

    /** Returns why the trial ends after a row; empty if it goes on. */
    String endReason(Map<String, Object> row, boolean last) {
        String fired = fired(row);
        if (!fired.isEmpty()) {
            return fired;
        }
        if (last) {
            return FINISHED;
        }
        String overdue = run.experiment().stopAll().overdue();
        return overdue == null ? "" : overdue;
    }

    private void arrive(String endReason) {
        boolean due = !endReason.isEmpty() || live.ownTime() >= until;
        if (due && run.settings().scheduler().needsCheckpoint()) {
            Trainable trainable = live.trainable;
            // What was only read back lies on disk, if anywhere, or can be computed: it is looked for when it is
            // needed.
            live.arrival = trainable == null
                    ? new Checkpoint(trial.id(), trial.trainingIteration(), trial.score(), Map.of())
                    : checkpoint(trainable);
        }
        if (!endReason.isEmpty()) {
            trial.endBecause(endReason);
            end(endReason.equals(FINISHED), nothingMore);
        } else {
            trial.setStatus(TrialStatus.PAUSED);
        }
    }

    /** Bounds the memory that waiting trials take: their state waits as bytes where there are too many. */
    private void parkIfCrowded() {
        Trainable trainable = live.trainable;
        if (trainable != null
                && trial.status() == TrialStatus.PAUSED
                && run.pool().isCrowded()) {
            live.parked = new Restart(trial.trainingIteration(), false, files(trainable));
            live.close(run.pool());
        }
    }

    /** Ends a trial that waits, because the scheduler stops it or the experiment ends. */
    void endWaiting() {
        try {
            Restart parked = live.parked;
            if (live.trainable == null && parked != null && parked.iteration() == trial.trainingIteration()) {
                saved = parked.files();
            }
            end(false, true);
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Ends the trial in order, its last state saved; one that has not begun, or has failed and waits, has none. */
    private void end(boolean finished, boolean later) {
        RecordedTrial.End recorded = live.recorded.peek() instanceof RecordedTrial.End end ? end : null;
        if (recorded != null) {
            live.recorded.take();
            live.finalState = recorded.state();
        } else if (!live.broken && (trial.trainingIteration() > 0 || live.trainable != null)) {
            saveFinal();
        }
        trial.setStatus(TrialStatus.TERMINATED);
        if (recorded == null || !recorded.binding()) {
            RunContext.orEndTheRun(
                    () -> run.journal().append(JournalRecords.end(trial, finished, later, live.finalState)));
            run.journal().forceSoon();
        }
        Trainable trainable = live.trainable;
        live.trainable = null;
        if (trainable != null) {
            run.pool().giveBack(trainable);
        }
        close(recorded != null);
    }

    private void saveFinal() {
        Trainable trainable = live.trainable;
        if (trainable == null && saved == null) { // it was only read back
            trainable = run.revival().revive(live);
            if (trainable == null) {
                throw new Abort.Fatal(Objects.requireNonNull(run.abort().cause()));
            }
        }
        live.finalState = Digest.ofFiles(files(trainable));
        if (run.settings().checkpoints().atEnd() && trial.trainingIteration() > 0) {
            writeCheckpoint(trainable);
        }
    }

    private void endTheRun(Abort.Fatal e) {
        if (!trial.status().ended()) {
            trial.setStatus(TrialStatus.PAUSED);
        }
        run.abort().raise(e.reason());
    }

    private void fail(Throwable thrown) {
        if (Exhaustion.ofMemory(thrown)) {
            saved = null;
            closeQuietly(thrown); // before anything else takes memory
        }
        Throwable error = Exhaustion.explained(thrown);
        live.failures++;
        trial.countFailure();
        FailurePolicy policy = run.settings().failures();
        boolean ending = run.abort().raised();
        live.retries = policy.triesAgain(live.failures) && !ending;
        try {
            RunContext.orEndTheRun(() -> TrialFiles.appendError(trial, error, policy));
            if (!ending) { // else it may have failed because the run ends: it is tried again when that is resumed
                RunContext.orEndTheRun(() -> run.journal().append(JournalRecords.failure(trial, error, !live.retries)));
                run.journal().forceSoon();
            }
            if (live.retries) {
                recover(error);
            } else {
                giveUp(error, false);
            }
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            error.addSuppressed(e);
        }
    }

    /** The trial fails for good. */
    void giveUp(Throwable error, boolean replayed) {
        trial.fail(error);
        closeQuietly(error);
        close(replayed);
        if (run.settings().failures().failFast()) {
            run.experiment().stopAll().end("fail_fast: " + trial.id() + " failed");
        }
    }

    private void recover(Throwable error) {
        trial.setStatus(TrialStatus.PAUSED);
        live.broken = true;
        closeQuietly(error);
        RunContext.orEndTheRun(() -> TrialFiles.write(trial));
        tell(listener -> listener.onTrialRecover(run.experiment(), trial, error));
    }

    private void closeQuietly(Throwable error) {
        try {
            live.close(run.pool());
        } catch (RuntimeException e) {
            error.addSuppressed(e); // it was broken before
        }
    }

    private void close(boolean replayed) {
        live.close(run.pool());
        live.forgetRestart();
        run.experiment().meter().changed(trial);
        RunContext.orEndTheRun(() -> {
            TrialFiles.write(trial);
            if (trial.status() == TrialStatus.TERMINATED) {
                trial.states().deleteAll();
            }
            run.notifier().tell(replayed, listener -> listener.onTrialEnd(run.experiment(), trial));
        });
    }

    private Checkpoint checkpoint(@Nullable Trainable trainable) {
        return new Checkpoint(trial.id(), trial.trainingIteration(), trial.score(), files(trainable));
    }

    private void writeCheckpoint(@Nullable Trainable trainable) {
        Checkpoint checkpoint = checkpoint(trainable);
        RunContext.orEndTheRun(() -> run.writeCheckpoint(trial, checkpoint));
        live.unsavedSeconds = 0;
    }

    private Map<String, byte[]> files(@Nullable Trainable trainable) {
        Map<String, byte[]> files = saved;
        if (files == null) {
            files = Objects.requireNonNull(trainable, "a trial without a trainable has saved")
                    .save();
            saved = files;
        }
        return files;
    }

    private void tell(Consumer<RunListener> what) {
        RunContext.orEndTheRun(() -> run.notifier().tell(what));
    }
}
