package org.rltune.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a slice that was recorded by an earlier session: its rows are taken from the journal and nothing is trained. */
final class Replay {
    private final RunContext run;
    private final LiveTrial live;
    private final Trial trial;
    private final Slice slice;

    Replay(RunContext run, LiveTrial live, Slice slice) {
        this.run = run;
        this.live = live;
        this.trial = live.trial;
        this.slice = slice;
    }

    /**
     * At the start of a slice: forgets what was recorded if the trial goes another way now, since the settings have changed
     * and the scheduler decided otherwise, or its donor did; and an end that does not hold any more.
     */
    void dropWhatNoLongerHolds() {
        RecordedTrial recorded = live.recorded;
        if (recorded.isEmpty() || !run.recording().extended()) {
            return;
        }
        if (recorded.peek() instanceof RecordedTrial.End end && !end.binding() && !end.finished()) {
            recorded.take();
            return;
        }
        int iteration = trial.trainingIteration();
        boolean same = live.isOrdered(iteration, recorded.orderAt(iteration))
                && live.ordersAt(iteration).stream()
                        .allMatch(
                                order -> order.donor() == null || order.donorIteration() <= order.donor().differsAfter);
        if (!same) {
            forget(iteration);
        }
    }

    private void forget(int iteration) {
        int rows = live.recorded.cut(iteration);
        live.differsAfter = iteration;
        RunContext.orEndTheRun(() -> {
            run.journal().append(JournalRecords.cut(trial, iteration));
            setAsideCheckpoints(iteration);
        });
        run.warn(trial.id() + " goes another way than before from its iteration " + (iteration + 1)
                + " on, since the settings have changed: " + rows + " of its rows do not count any more. They stay in "
                + Journal.NAME + ".");
    }

    private void setAsideCheckpoints(int after) {
        List<Path> folders = new ArrayList<>();
        for (SavedCheckpoint saved : trial.savedCheckpoints()) {
            if (saved.trainingIteration() > after) {
                trial.checkpoints().forget(saved.trainingIteration());
                folders.add(saved.folder());
            }
        }
        for (StateFolders.Place state : trial.states().places()) {
            if (state.iteration() > after || (state.iteration() == after && state.changed())) {
                trial.states().forget(state);
                folders.add(state.folder());
            }
        }
        folders.forEach(folder -> AtomicFiles.setAside(folder, "void-"));
    }

    /** Plays the next event again; returns why the trial ends, nothing if it goes on, null if it failed. */
    @Nullable
    String next() {
        RecordedTrial.Event event = live.recorded.peek();
        if (event instanceof RecordedTrial.End end) {
            return end.reason(); // it is taken when the trial ends
        }
        live.recorded.take();
        if (event instanceof RecordedTrial.Failure failure) {
            fail(failure);
            return null;
        }
        return row((RecordedTrial.Row) Objects.requireNonNull(event));
    }

    private String row(RecordedTrial.Row recorded) {
        Map<String, Object> row = recorded.row();
        live.broken = false;
        live.totalSeconds = Rows.number(row, ResultColumns.TIME_TOTAL_S).orElse(live.totalSeconds);
        live.unsavedSeconds += Rows.number(row, ResultColumns.TIME_THIS_ITER_S).orElse(0);
        if (trial.trainingIteration() == 0) {
            RunContext.orEndTheRun(() -> run.checks().first(trial, row));
        }
        trial.add(row, Counters.of(row));
        run.experiment().meter().changed(trial);
        RunContext.orEndTheRun(() ->
                run.notifier().tell(true, listener -> listener.onResult(run.experiment(), trial, row)));
        return endAfter(recorded);
    }

    private String endAfter(RecordedTrial.Row recorded) {
        RecordedTrial.Event next = live.recorded.peek();
        if (next == null) {
            return slice.endReason(recorded.row(), recorded.last());
        }
        if (!(next instanceof RecordedTrial.End end)) {
            String fired = run.recording().extended() ? slice.fired(recorded.row()) : "";
            if (!fired.isEmpty()) {
                forget(trial.trainingIteration());
            }
            return fired;
        }
        if (end.later()) {
            return ""; // whoever ended it does so again
        }
        if (end.binding() || end.finished()) {
            return end.reason();
        }
        String fired = slice.endReason(recorded.row(), recorded.last());
        if (fired.isEmpty()) {
            live.recorded.take();
        }
        return fired;
    }

    private void fail(RecordedTrial.Failure failure) {
        live.failures++;
        trial.countFailure();
        live.retries = !failure.last();
        if (failure.last()) {
            slice.giveUp(new RecordedFailure(failure.error()), true);
        } else {
            trial.setStatus(TrialStatus.PAUSED);
            live.broken = true;
            RunContext.orEndTheRun(() -> TrialFiles.write(trial));
        }
    }
}
