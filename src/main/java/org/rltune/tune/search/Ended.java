package org.rltune.tune.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.json.Json;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Searcher;
import org.rltune.tune.space.HyperParams;

/** A trial that has ended, as it stood then: what a searcher that wraps another keeps until it tells the other. */
record Ended(
        String id,
        int number,
        HyperParams config,
        int trainingIteration,
        double time,
        OptionalDouble score,
        List<TimedScore> scores,
        Outcome outcome)
        implements Scheduler.TrialView {

    static Ended of(Scheduler.TrialView trial) {
        return new Ended(
                trial.id(),
                trial.number(),
                trial.config(),
                trial.trainingIteration(),
                trial.time(),
                trial.score(),
                List.copyOf(trial.scores()),
                trial.outcome());
    }

    /** Tells a searcher of the result, if there is one, and of the end. */
    void tell(Searcher searcher) {
        if (trainingIteration > 0) {
            searcher.onResult(this);
        }
        searcher.onTrialEnd(this);
    }

    @Override
    public Checkpoint checkpoint() {
        throw new IllegalStateException("Searchers see no checkpoints; " + id + " has ended.");
    }

    @Override
    public boolean ended() {
        return true;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("number", number);
        json.put("config", config.asMap());
        json.put("iteration", trainingIteration);
        json.put("time", time);
        json.put("score", State.score(score));
        json.put("scores", State.scores(scores));
        json.put("outcome", outcome.name());
        return json;
    }

    static Ended fromJson(Map<String, Object> json) {
        return new Ended(
                String.valueOf(json.get("id")),
                State.count(json, "number"),
                HyperParams.of(State.object(json, "config")),
                State.count(json, "iteration"),
                Json.asDouble(json.get("time"), "time"),
                State.score(json.get("score"), "score"),
                State.scoresOf(State.list(json, "scores")),
                Outcome.valueOf(String.valueOf(json.get("outcome"))));
    }
}
