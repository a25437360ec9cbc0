package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.TrialView;

/** What successive halving remembers of a trial. */
final class AshaTrial {
    final TrialView view;
    final int bracket;

    /** The index of the highest rung at which it was seen, or -1. */
    int rung = -1;

    /** At how many rungs in a row it had no score. */
    int absent;

    boolean waits;

    /** Its place at the rung, or null before the first. */
    Rung.@Nullable Entry entry;

    AshaTrial(TrialView view, int bracket) {
        this.view = view;
        this.bracket = bracket;
    }

    Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("bracket", bracket);
        state.put("rung", rung);
        state.put("absent", absent);
        state.put("waits", waits);
        return state;
    }

    void restore(Map<String, ?> state, AshaBracket rungs) {
        rung = Json.asInt(state.get("rung"), "rung");
        absent = Json.asInt(state.get("absent"), "absent");
        waits = Boolean.TRUE.equals(state.get("waits"));
        entry = rung < 0
                ? null
                : rungs.rungs().get(rung).bestFirst().stream()
                        .filter(candidate -> candidate.trial.equals(view.id()))
                        .findFirst()
                        .orElseThrow();
    }
}
