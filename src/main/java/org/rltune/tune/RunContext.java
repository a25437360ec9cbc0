package org.rltune.tune;

import java.util.Map;
import org.rltune.random.Seeds;

/** What every slice of a run shares. */
record RunContext(
        RunSettings settings,
        Experiment experiment,
        Seeds seeds,
        Notifier notifier,
        Abort abort,
        TrainablePool pool,
        RowMaker rowMaker,
        RowChecks checks) {

    /** Writes a checkpoint to the trial's folder, unless that of this iteration is there, and tells of it. */
    void writeCheckpoint(Trial trial, Checkpoint checkpoint) {
        int iteration = checkpoint.trainingIteration();
        Map<String, Object> row = trial.rowAt(iteration);
        Map<String, Object> description = CheckpointStore.describe(trial, iteration, row);
        if (trial.checkpoints().write(iteration, checkpoint.files(), description, row)) {
            String folder = CheckpointFolder.nameOf(iteration);
            notifier.tell(listener -> listener.onCheckpoint(experiment, trial, checkpoint, folder));
        }
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
