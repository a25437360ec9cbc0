package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.json.Json;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Scheduler;

/** What population based training remembers of a trial between two perturbation points. */
final class Member {
    final Scheduler.TrialView view;
    /** Whether it stands at the barrier. */
    boolean arrived;
    /** Whether it brought a result since the last perturbation point. */
    boolean fresh;

    boolean ended;
    double time;
    /** The metric at the last arrival; unknown after an exploit, until the trial's own next result. */
    OptionalDouble score = OptionalDouble.empty();
    /** At how many perturbation points in a row the metric was absent. */
    int absent;

    Member(Scheduler.TrialView view) {
        this.view = view;
    }

    void arrive() {
        arrived = true;
        fresh = true;
        time = view.time();
        OptionalDouble reported = view.score();
        // NaN is no score: it would compare as larger than all others.
        score = reported.isPresent() && Double.isNaN(reported.getAsDouble()) ? OptionalDouble.empty() : reported;
    }

    /** Counts perturbation points without the metric; one at which the trial only waited does not count. */
    void countAbsence() {
        if (score.isPresent()) {
            absent = 0;
        } else if (fresh) {
            absent++;
        }
        fresh = false;
    }

    /** Forgets the score, which the weights that have just been given up had earned. */
    void startOver() {
        score = OptionalDouble.empty();
        absent = 0;
    }

    /** Returns the checkpoint of the weights that earned the score: the trial has not moved since it arrived. */
    Checkpoint checkpoint() {
        return view.checkpoint();
    }

    Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("arrived", arrived);
        state.put("fresh", fresh);
        state.put("ended", ended);
        state.put("time", time);
        if (score.isPresent()) {
            state.put("score", score.getAsDouble());
        }
        state.put("absent", absent);
        return state;
    }

    void restore(Map<String, ?> state) {
        arrived = Boolean.TRUE.equals(state.get("arrived"));
        fresh = Boolean.TRUE.equals(state.get("fresh"));
        ended = Boolean.TRUE.equals(state.get("ended"));
        time = Json.asDouble(state.get("time"), "time");
        score = state.containsKey("score")
                ? OptionalDouble.of(Json.asDouble(state.get("score"), "score"))
                : OptionalDouble.empty();
        absent = Json.asInt(state.get("absent"), "absent");
    }
}
