package org.rltune.tune.search;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.Searcher;

/** What searchers share that wrap another. */
final class Wrapping {
    private Wrapping() {}

    static Map<String, Object> settings(Searcher inner) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", inner.getClass().getSimpleName());
        settings.putAll(inner.settings());
        return settings;
    }
}
