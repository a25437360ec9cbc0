package org.rltune.tune.log;

import org.rltune.json.Json;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionJson;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.RunListener;

/**
 * Writes {@code decisions.jsonl}, one JSON object a line for every decision with its reason ({@link DecisionJson}), and Tune's policy files
 * ({@link PolicyFiles}).
 */
public final class DecisionLogger implements RunListener {
    /** The file of all decisions, in the experiment's folder. */
    public static final String FILE = "decisions.jsonl";

    private final OpenFiles files = new OpenFiles();

    /** Makes one. */
    public DecisionLogger() {}

    @Override
    public boolean hearsReplay() {
        return true;
    }

    @Override
    public void onExperimentStart(Experiment experiment) {
        if (experiment.resumed()) { // all decisions come again
            LogFiles.delete(experiment.folder().resolve(FILE));
            PolicyFiles.delete(experiment.folder());
        }
    }

    @Override
    public void onDecision(Experiment experiment, DecisionRecord record) {
        files.append(experiment.folder().resolve(FILE), Json.writeLine(DecisionJson.toJson(record)));
        if (record.decision() instanceof Decision.Exploit exploit) {
            PolicyFiles.append(experiment.folder(), record, exploit);
        }
    }

    @Override
    public void onExperimentEnd(Experiment experiment, ExperimentAnalysis analysis) {
        files.close();
    }
}
