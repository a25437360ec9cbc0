package org.rltune.tune;

import java.util.Map;
import org.rltune.random.Seeds;

/**
 * What every slice of a run shares.
 *
 * @param recording what earlier sessions recorded; empty for a run that is not resumed
 */
record RunContext(
        RunSettings settings,
        Experiment experiment,
        Seeds seeds,
        Notifier notifier,
        Abort abort,
        TrainablePool pool,
        RowMaker rowMaker,
        RowChecks checks,
        Journal journal,
        Recording recording) {
    /**
     * Writes a checkpoint to the trial's folder, unless that of this iteration is there, and tells of it. Its rows are forced
     * to disk before, so that no checkpoint is ahead of its row.
     */
    void writeCheckpoint(Trial trial, Checkpoint checkpoint) {
        int iteration = checkpoint.trainingIteration();
        if (trial.checkpoints().has(iteration)) {
            return;
        }
        journal.force();
        Map<String, Object> row = trial.rowAt(iteration);
        Map<String, Object> description = CheckpointStore.describe(trial, iteration, row);
        if (trial.checkpoints().write(iteration, checkpoint.files(), description, row)) {
            String folder = CheckpointFolder.nameOf(iteration);
            journal.append(JournalRecords.saved(JournalRecords.CHECKPOINT, trial, iteration, folder));
            journal.forceSoon();
            notifier.tell(listener -> listener.onCheckpoint(experiment, trial, checkpoint, folder));
        }
    }

    /** Returns whether this is not the first session of the run. */
    boolean resumed() {
        return settings.resumed();
    }

    Revival revival() {
        return new Revival(this);
    }

    /** Writes a state from which the trial can go on when the run is resumed. */
    void writeState(LiveTrial live, Restart state) {
        Trial trial = live.trial;
        int iteration = state.iteration();
        if (!state.changed() && trial.checkpoints().has(iteration)) {
            return;
        }
        journal.force();
        trial.states().write(state, CheckpointStore.describe(trial, iteration, trial.rowAt(iteration)));
        live.unsavedSeconds = 0;
        journal.append(JournalRecords.saved(
                JournalRecords.STATE, trial, iteration, StateFolders.nameOf(iteration, state.changed())));
    }

    /** Says something that the user must know. */
    void warn(String warning) {
        orEndTheRun(() -> notifier.tell(listener -> listener.onWarning(experiment, warning)));
    }

    /** Runs something whose failure is no trial's fault: it ends the run. */
    static void orEndTheRun(Runnable action) {
        try {
            action.run();
        } catch (Abort.Fatal e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Abort.Fatal(e);
        }
    }
}
