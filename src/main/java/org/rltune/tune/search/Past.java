package org.rltune.tune.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.space.HyperParams;

/**
 * What a searcher knows of a trial that it suggested.
 *
 * @param number the number of the trial
 * @param config what was suggested, constraints repaired
 * @param outcome how it ended, or {@link Outcome#OPEN}
 * @param scores the last score at each of its arrivals, oldest first
 */
record Past(int number, HyperParams config, Outcome outcome, List<TimedScore> scores) {
    Past {
        scores = List.copyOf(scores);
    }

    /**
     * Returns whether the trial can be compared with others: it has not failed, and its last score is a finite number. A
     * trial that waits or runs counts with what it has reached.
     */
    boolean isJudged() {
        return outcome != Outcome.FAILED && !scores.isEmpty() && Double.isFinite(last().score());
    }

    /** Returns whether the trial is under way and has shown nothing yet. */
    boolean isPending() {
        return outcome == Outcome.OPEN && scores.isEmpty();
    }

    /** Returns whether the trial has nothing good to show: it failed, or its last score is no finite number. */
    boolean isBad() {
        return !isJudged() && !isPending();
    }

    /** Returns the last score; there must be one. */
    TimedScore last() {
        return scores.get(scores.size() - 1);
    }

    /** Returns the last score of a judged trial, its sign set so that lower is better. */
    double loss(Mode mode) {
        return -mode.signed(last().score());
    }

    /**
     * Orders trials as Optuna ranks them, the best first: those that a stop rule ended, the lowest loss first; then those
     * that a scheduler stopped or holds, the one that got furthest first, of these the lowest loss; then those with nothing
     * to show.
     */
    static Comparator<Past> ranking(Mode mode) {
        return Comparator.comparing((Past trial) -> !trial.isJudged())
                .thenComparing(trial -> trial.outcome() != Outcome.COMPLETED)
                .thenComparing(trial -> !trial.isJudged() || trial.outcome() == Outcome.COMPLETED
                        ? 0.0
                        : -trial.last().time())
                .thenComparing(trial -> trial.isJudged() ? trial.loss(mode) : 0.0);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", number);
        json.put("config", config.asMap());
        json.put("outcome", outcome.name());
        json.put("scores", State.scores(scores));
        return json;
    }

    static Past fromJson(Map<String, Object> json) {
        return new Past(
                State.count(json, "number"),
                HyperParams.of(State.object(json, "config")),
                Outcome.valueOf(String.valueOf(json.get("outcome"))),
                State.scoresOf(Json.asList(json.get("scores"), "scores")));
    }
}
