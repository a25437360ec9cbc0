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
            train();
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (Throwable e) {
            fail(e);
        } finally {
            live.expectedSeconds = (System.nanoTime() - start) / NANOS;
        }
    }

    /** A method of its own, so that nothing on the stack holds the trainable of a trial that fails for want of memory. */
    private void train() {
        Trainable trainable = prepare();
        if (trainable == null) {
            trial.setStatus(TrialStatus.PAUSED);
            return;
        }
        String endReason = "";
        do {
            if (run.abort().raised()) {
                trial.setStatus(TrialStatus.PAUSED);
                return;
            }
            endReason = iterate(trainable);
        } while (endReason.isEmpty() && live.ownTime() < until && trial.trainingIteration() < lookAt);
        arrive(trainable, endReason);
        parkIfCrowded(trainable);
    }

    /** Returns the trainable as it is to train next; null if the run is to end early. */
    private @Nullable Trainable prepare() {
        Trainable trainable = live.trainable;
        if (trainable == null) {
            trainable = revive();
        } else {
            carryOutOrders(trainable, trial.trainingIteration());
        }
        if (!run.settings().failures().triesAgain(live.failures + 1)) {
            live.forgetRestart();
        }
        return trainable;
    }

    /**
     * Makes a trainable and brings it to where the trial stands: restores the newest state that there is, and trains again, with
     * what was ordered meanwhile, what came after it. A trainable is a function, so the results are those that were reported.
     */
    private @Nullable Trainable revive() {
        Restart from = live.newest();
        int iteration = from == null ? 0 : from.iteration();
        HyperParams config = iteration == 0 ? trial.initialConfig() : trial.configAt(iteration);
        Trainable trainable =
                run.pool().take(new TrialContext(trial.id(), config, run.seeds().child("trial", trial.number())));
        live.trainable = trainable;
        if (from != null) {
            trainable.restore(from.files());
        }
        carryOutOrders(trainable, iteration);
        while (iteration < trial.trainingIteration()) {
            if (run.abort().raised()) {
                return null;
            }
            trainable.train();
            iteration++;
            carryOutOrders(trainable, iteration);
        }
        return trainable;
    }

    private void carryOutOrders(Trainable trainable, int iteration) {
        for (LiveTrial.Order order : live.ordersAt(iteration)) {
            Map<String, byte[]> files = order.files();
            if (files != null) {
                trainable.adopt(files);
            }
            trainable.configure(order.config());
        }
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

    /** Bounds the memory that waiting trials take: their state waits as bytes where there are too many. */
    private void parkIfCrowded(Trainable trainable) {
        if (trial.status() == TrialStatus.PAUSED && run.pool().isCrowded()) {
            live.parked = new Restart(trial.trainingIteration(), files(trainable));
            live.close(run.pool());
        }
    }

    /** Ends a trial that waits, because the scheduler stops it or the experiment ends. */
    void endWaiting() {
        try {
            Trainable trainable = live.trainable;
            Restart parked = live.parked;
            if (trainable != null) {
                end(trainable);
            } else if (parked != null && parked.iteration() == trial.trainingIteration()) {
                saved = parked.files();
                end(null);
            } else {
                endWithoutState();
            }
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Ends a trial that has none: it has not begun, or it failed and waited for its next try. */
    private void endWithoutState() {
        trial.setStatus(TrialStatus.TERMINATED);
        close();
    }

    private void endTheRun(Abort.Fatal e) {
        if (!trial.status().ended()) {
            trial.setStatus(TrialStatus.PAUSED);
        }
        run.abort().raise(e.reason());
    }

    /** Ends the trial in order, its last state saved. */
    private void end(@Nullable Trainable trainable) {
        live.finalState = Digest.ofFiles(files(trainable));
        if (run.settings().checkpoints().atEnd() && trial.trainingIteration() > 0) {
            writeCheckpoint(trainable);
        }
        trial.setStatus(TrialStatus.TERMINATED);
        live.trainable = null;
        if (trainable != null) {
            run.pool().giveBack(trainable);
        }
        close();
    }

    private void fail(Throwable thrown) {
        if (Exhaustion.ofMemory(thrown)) {
            saved = null;
            closeQuietly(thrown);
        }
        Throwable error = Exhaustion.explained(thrown);
        live.failures++;
        trial.countFailure();
        FailurePolicy policy = run.settings().failures();
        live.retries = policy.triesAgain(live.failures) && !run.abort().raised();
        try {
            RunContext.orEndTheRun(() -> TrialFiles.appendError(trial, error, policy));
            if (live.retries) {
                recover(error);
            } else {
                trial.fail(error);
                closeQuietly(error);
                close();
                if (policy.failFast()) {
                    run.experiment().stopAll().end("fail_fast: " + trial.id() + " failed");
                }
            }
        } catch (Abort.Fatal e) {
            endTheRun(e);
        } catch (RuntimeException e) {
            error.addSuppressed(e);
        }
    }

    private void recover(Throwable error) {
        trial.setStatus(TrialStatus.PAUSED);
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

    private void close() {
        live.close(run.pool());
        live.forgetRestart();
        run.experiment().meter().changed(trial);
        RunContext.orEndTheRun(() -> TrialFiles.write(trial));
        tell(listener -> listener.onTrialEnd(run.experiment(), trial));
    }

    private Checkpoint checkpoint(@Nullable Trainable trainable) {
        return new Checkpoint(trial.id(), trial.trainingIteration(), trial.score(), files(trainable));
    }

    private void writeCheckpoint(@Nullable Trainable trainable) {
        Checkpoint checkpoint = checkpoint(trainable);
        RunContext.orEndTheRun(() -> run.writeCheckpoint(trial, checkpoint));
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
