package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Searcher;

/** What searchers keep, as JSON values and back. */
final class State {
    private State() {}

    /** Returns a value that begin sets. */
    static <T> T begun(@Nullable T value, Searcher searcher) {
        if (value == null) {
            throw new IllegalStateException(searcher.getClass().getSimpleName() + " has not begun. Call begin first.");
        }
        return value;
    }

    static int count(Map<String, Object> state, String name) {
        return Json.asInt(state.get(name), name);
    }

    static Map<String, Object> object(Map<String, Object> state, String name) {
        return Json.asObject(state.get(name), name);
    }

    static List<Object> list(Map<String, Object> state, String name) {
        return Json.asList(state.get(name), name);
    }

    static Object score(OptionalDouble score) {
        return score.isPresent() ? score.getAsDouble() : "absent";
    }

    static OptionalDouble score(@Nullable Object json, String name) {
        return "absent".equals(json) ? OptionalDouble.empty() : OptionalDouble.of(Json.asDouble(json, name));
    }

    static List<Object> scores(List<TimedScore> scores) {
        List<Object> json = new ArrayList<>();
        for (TimedScore scored : scores) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("iteration", scored.trainingIteration());
            entry.put("time", scored.time());
            entry.put("score", scored.score());
            json.add(entry);
        }
        return json;
    }

    static List<TimedScore> scoresOf(List<Object> json) {
        List<TimedScore> scores = new ArrayList<>();
        for (Object item : json) {
            Map<String, Object> entry = Json.asObject(item, "scores");
            scores.add(new TimedScore(
                    count(entry, "iteration"),
                    Json.asDouble(entry.get("time"), "time"),
                    Json.asDouble(entry.get("score"), "score")));
        }
        return List.copyOf(scores);
    }
}
