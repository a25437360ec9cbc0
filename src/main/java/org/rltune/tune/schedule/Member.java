package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** Its own time when it last copied another: scores up to then were earned by weights that are gone. */
    double since;
    /** The metric at the last arrival; unknown after an exploit, until the trial's own next result. */
    OptionalDouble score = OptionalDouble.empty();
    /** At how many perturbation points in a row the metric was absent. */
    int absent;

    Member(Scheduler.TrialView view) {
        this.view = view;
    }

    /** @param window over how many of its last results the score is averaged */
    void arrive(int window) {
        arrived = true;
        fresh = true;
        time = view.time();
        OptionalDouble reported = view.score();
        // NaN is no score: it would compare as larger than all others.
        boolean scored = reported.isPresent() && !Double.isNaN(reported.getAsDouble());
        score = !scored ? OptionalDouble.empty() : window == 1 ? reported : mean(lastScores(window, time));
    }

    /** Sets the score to what it was at an own time, for a comparison with a trial of that age. */
    void scoreAt(double at, int window) {
        score = mean(lastScores(window, at));
    }

    /** Returns the last numbers that the weights now in the trial have earned by an own time, oldest first. */
    List<Double> lastScores(int count, double at) {
        List<Double> last = new ArrayList<>();
        List<Scheduler.TimedScore> all = view.scores();
        for (int i = all.size() - 1; i >= 0 && last.size() < count && all.get(i).time() > since; i--) {
            if (all.get(i).time() <= at && !Double.isNaN(all.get(i).score())) {
                last.add(0, all.get(i).score());
            }
        }
        return last;
    }

    private static OptionalDouble mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).reduce(Double::sum).stream()
                .map(sum -> sum / values.size())
                .findFirst();
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
        since = time;
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
        state.put("since", since);
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
        since = Json.asDouble(state.get("since"), "since");
        score = state.containsKey("score")
                ? OptionalDouble.of(Json.asDouble(state.get("score"), "score"))
                : OptionalDouble.empty();
        absent = Json.asInt(state.get("absent"), "absent");
    }
}
