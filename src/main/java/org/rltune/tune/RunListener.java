package org.rltune.tune;

import java.util.Map;

/**
 * Is told what happens in an experiment; loggers and reporters implement it.
 *
 * <p>All calls come one at a time. Results of one trial come in order; those of different trials may interleave
 * differently from run to run, since they are told as they arrive. Decisions come in their computed order.
 */
public interface RunListener {
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

    /** A trial has ended. */
    default void onTrialEnd(Experiment experiment, Trial trial) {}

    /** The experiment has ended; its analysis is complete. */
    default void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {}
}
