package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Scheduler.TrialView;
import org.rltune.tune.space.HyperParams;

/** The trials that a searcher suggested and what became of them, in the order of their numbers. */
final class History {
    private final TreeMap<Integer, Past> trials = new TreeMap<>();

    void suggested(int number, HyperParams config) {
        trials.put(number, new Past(number, config, Outcome.OPEN, List.of()));
    }

    /** Notes the last score of a trial, and how it ended if it has. A trial that was not suggested here is left out. */
    void seen(TrialView trial) {
        Past past = trials.get(trial.number());
        if (past == null) {
            return;
        }
        List<TimedScore> scores = new ArrayList<>(past.scores());
        List<TimedScore> reported = trial.scores();
        if (!reported.isEmpty()) {
            TimedScore last = reported.get(reported.size() - 1);
            if (scores.isEmpty() || past.last().trainingIteration() < last.trainingIteration()) {
                scores.add(last);
            }
        }
        trials.put(past.number(), new Past(past.number(), past.config(), trial.outcome(), scores));
    }

    /** Returns all trials in the order of their numbers. */
    List<Past> all() {
        return List.copyOf(trials.values());
    }

    /** Returns the trials that can be compared, in the order of their numbers. */
    List<Past> judged() {
        return trials.values().stream().filter(Past::isJudged).toList();
    }

    List<Object> toJson() {
        List<Object> json = new ArrayList<>();
        trials.values().forEach(past -> json.add(past.toJson()));
        return json;
    }

    void restore(List<Object> json) {
        trials.clear();
        for (Object item : json) {
            Map<String, Object> entry = Json.asObject(item, "trials");
            Past past = Past.fromJson(entry);
            trials.put(past.number(), past);
        }
    }
}
