package org.rltune.tune.log;

import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RowLine;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;

/**
 * Writes {@code params.json}, the complete hyperparameters with which a trial starts, and {@code result.json}, one JSON
 * object a line for every row, as Ray Tune does; unlike there every line is valid JSON, since NaN and the infinities are
 * written as strings.
 */
public final class JsonLinesLogger implements RunListener {
    /** The file of a trial's hyperparameters, in the trial's folder. */
    public static final String PARAMS_FILE = "params.json";
    /** The file of a trial's rows, in the trial's folder. */
    public static final String RESULT_FILE = "result.json";

    private final OpenFiles files = new OpenFiles();

    /** Makes one. */
    public JsonLinesLogger() {}

    @Override
    public boolean hearsReplay() {
        return true;
    }

    @Override
    public void onTrialStart(Experiment experiment, Trial trial) {
        if (experiment.resumed()) { // all rows come again
            LogFiles.delete(trial.folder().resolve(PARAMS_FILE));
            LogFiles.delete(trial.folder().resolve(RESULT_FILE));
        }
        // In its place at once: the trial is new, so there is no older content to protect.
        LogFiles.append(
                trial.folder().resolve(PARAMS_FILE),
                Json.writePretty(trial.config().asMap()) + "\n");
    }

    @Override
    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
        files.append(trial.folder().resolve(RESULT_FILE), RowLine.of(row));
    }

    @Override
    public void onTrialEnd(Experiment experiment, Trial trial) {
        files.close(trial.folder().resolve(RESULT_FILE));
    }

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        files.close();
    }
}
