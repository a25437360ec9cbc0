package org.rltune.tune;

import java.util.Map;

/**
 * Is told what happens in an experiment; loggers and reporters implement it.
 *
 * <p>All calls come one at a time. Results of one trial come in order; those of different trials may interleave
 * differently from run to run, since they are told as they arrive. Decisions come in their computed order.
 */
public interface RunListener {
    /**
     * Returns whether it wants to hear again, when a run is resumed, of the trials, rows, decisions and ends that earlier
     * sessions of the run have reported: those do that write their files anew. Others are told of what is new only; what
     * was before is in {@link Experiment#trials()}.
     */
    default boolean hearsReplay() {
        return false;
    }

    /** The experiment starts; its folder exists. */
    default void onExperimentStart(Experiment experiment) {}

    /** A trial has been made; its folder exists. */
    default void onTrialStart(Experiment experiment, Trial trial) {}

    /** A trial reported a row: metrics, counters, times and the hyperparameters in force. */
    default void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {}

    /** A checkpoint was written to disk, at {@code trial.folder()/folderName}. */
    default void onCheckpoint(Experiment experiment, Trial trial, Checkpoint checkpoint, String folderName) {}

    /** A decision was carried out. */
    default void onDecision(Experiment experiment, DecisionRecord decision) {}

    /** A trial has failed and will be tried again; {@link Trial#failures} says how often it has failed. */
    default void onTrialRecover(Experiment experiment, Trial trial, Throwable error) {}

    /** Something happened that the user should know: a damaged file was set aside, iterations are trained again. */
    default void onWarning(Experiment experiment, String warning) {}

    /** A trial has ended. */
    default void onTrialEnd(Experiment experiment, Trial trial) {}

    /** The experiment has ended; its analysis is complete. */
    default void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {}
}
