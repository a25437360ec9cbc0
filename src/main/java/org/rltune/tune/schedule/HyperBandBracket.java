package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Scheduler.TrialView;

/** The trials that are compared with each other, and when they are next. */
final class HyperBandBracket {
    /** A trial of the bracket. */
    static final class Place {
        final TrialView view;
        final HyperBandBracket bracket;

        /** Whether it stands at the next time, or beyond, and waits for the others. */
        boolean waits;

        boolean ended;
        double time;
        Score score = Score.ABSENT;

        Place(TrialView view, HyperBandBracket bracket) {
            this.view = view;
            this.bracket = bracket;
        }

        Map<String, Object> save() {
            Map<String, Object> state = new LinkedHashMap<>();
            state.put("waits", waits);
            state.put("ended", ended);
            state.put("time", time);
            state.put("score", score.toJson());
            return state;
        }

        void restore(Map<String, ?> state) {
            waits = Boolean.TRUE.equals(state.get("waits"));
            ended = Boolean.TRUE.equals(state.get("ended"));
            time = Json.asDouble(state.get("time"), "time");
            score = Score.fromJson(state.get("score"));
        }
    }

    final int s;
    final List<Long> times;
    final List<Place> places = new ArrayList<>();

    /** How many trials it gets. */
    long size;

    /** Which of the times is next. */
    int next;

    String lastCut = "";

    HyperBandBracket(int s, List<Long> times, long size) {
        this.s = s;
        this.times = times;
        this.size = size;
    }

    boolean isFull() {
        return places.size() >= size;
    }

    long nextTime() {
        return times.get(next);
    }

    boolean isLast() {
        return next == times.size() - 1;
    }

    List<Place> live() {
        return places.stream().filter(place -> !place.ended).toList();
    }

    /** Returns whether every living trial is here and waits. */
    boolean allWait() {
        List<Place> live = live();
        return !live.isEmpty() && live.stream().allMatch(place -> place.waits);
    }

    /** Goes to the next time that not all of the kept ones have passed already; the end is never passed over. */
    void advance(List<Place> kept) {
        do {
            next++;
        } while (!isLast() && kept.stream().allMatch(place -> place.time >= nextTime()));
    }

    Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("size", size);
        state.put("next", next);
        state.put("last_cut", lastCut);
        return state;
    }

    void restore(Map<String, ?> state) {
        size = Json.asLong(state.get("size"), "size");
        next = Json.asInt(state.get("next"), "next");
        lastCut = String.valueOf(state.get("last_cut"));
    }

    @Override
    public String toString() {
        String left = "bracket " + s + ": " + live().size() + " of " + Texts.count(places.size(), "trial") + " left";
        String cut = live().isEmpty() ? "" : (isLast() ? ", end at " : ", next cut at ") + nextTime();
        return left + cut + (lastCut.isEmpty() ? "" : ", " + lastCut);
    }
}
