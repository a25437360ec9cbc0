package org.rltune.tune;

import java.util.List;
import java.util.stream.Collectors;

/** Trials of a run have failed; the others ran to their end, and the analysis of all is here. */
public final class TrialsFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ExperimentAnalysis analysis;
    private final transient List<Trial> failed;

    TrialsFailedException(ExperimentAnalysis analysis, List<Trial> failed) {
        super(message(analysis, failed), failed.get(0).error());
        this.analysis = analysis;
        this.failed = List.copyOf(failed);
    }

    private static String message(ExperimentAnalysis analysis, List<Trial> failed) {
        String causes = failed.stream()
                .map(trial -> "\n  " + trial.id() + " at iteration " + (trial.trainingIteration() + 1) + ": "
                        + trial.error() + " (" + trial.folder().resolve(TrialFiles.ERROR_FILE) + ")")
                .collect(Collectors.joining());
        return failed.size() + " of " + analysis.trials().size() + " trials of " + analysis.name() + " failed:" + causes
                + "\nThe results of the others are in " + analysis.folder() + " and in analysis() of this exception.";
    }

    /** Returns the analysis of the whole run. */
    public ExperimentAnalysis analysis() {
        return analysis;
    }

    /** Returns the trials that failed, in the order of their numbers. */
    public List<Trial> failed() {
        return failed;
    }
}
