package org.rltune.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.ExperimentAnalysis;

/** What {@code run.json} says of a run: its settings, and its search space. */
record RunDescription(Map<String, @Nullable Object> settings) {

    static RunDescription of(ExperimentAnalysis analysis) {
        return new RunDescription(Json.readObject(analysis.folder().resolve("run.json")));
    }

    /** Returns the domains of what is tuned, in the order of declaration; those that only the scheduler changes come last. */
    Map<String, Map<String, @Nullable Object>> domains() {
        Map<String, Map<String, @Nullable Object>> domains = new LinkedHashMap<>();
        part("search_space", "domains").forEach((name, domain) -> domains.put(name, object(domain)));
        part("scheduler", "mutations").forEach((name, domain) -> domains.putIfAbsent(name, object(domain)));
        return domains;
    }

    /** Returns the names of what is tuned. */
    List<String> tuned() {
        return new ArrayList<>(domains().keySet());
    }

    /** Returns the settings of a part of the run, such as of {@code scheduler}; empty if the file has none. */
    Map<String, @Nullable Object> part(String name) {
        return object(settings.get(name));
    }

    private Map<String, @Nullable Object> part(String outer, String inner) {
        return object(part(outer).get(inner));
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? Json.asObject(value, "run.json") : Map.of();
    }
}
