package org.rltune.tune.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;

/** Writes {@code progress.csv} in each trial's folder: one line a row, columns in the order in which they first came. */
public final class CsvLogger implements RunListener {
    /** The file of a trial's rows, in the trial's folder. */
    public static final String FILE = "progress.csv";

    private final Map<String, WideningCsv> files = new LinkedHashMap<>();

    private final OpenFiles open = new OpenFiles();

    /** Makes one. */
    public CsvLogger() {}

    @Override
    public boolean hearsReplay() {
        return true;
    }

    @Override
    public void onTrialStart(Experiment experiment, Trial trial) {
        if (experiment.resumed()) { // all rows come again
            LogFiles.delete(trial.folder().resolve(FILE));
        }
    }

    @Override
    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
        files.computeIfAbsent(trial.id(), id -> new WideningCsv(trial.folder().resolve(FILE), open))
                .append(row);
    }

    @Override
    public void onTrialEnd(Experiment experiment, Trial trial) {
        files.remove(trial.id());
        open.close(trial.folder().resolve(FILE));
    }

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        open.close();
    }
}
