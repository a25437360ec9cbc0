package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.json.Json;
import org.rltune.tune.Mode;

/** Which trials were seen at one of the times at which successive halving compares, with the scores they had there. */
final class Rung {
    /** A trial at this rung. */
    static final class Entry {
        final String trial;
        final int number;
        final Score score;

        /** Whether the trial has gone on from here or has ended, so that it is not to be promoted. */
        boolean gone;

        Entry(String trial, int number, Score score, boolean gone) {
            this.trial = trial;
            this.number = number;
            this.score = score;
            this.gone = gone;
        }
    }

    final long milestone;
    private final Mode mode;
    private final int factor;
    private final Comparator<Entry> order;
    private final List<Entry> bestFirst = new ArrayList<>();
    private int numbers;

    Rung(long milestone, Mode mode, int factor) {
        this.milestone = milestone;
        this.mode = mode;
        this.factor = factor;
        this.order = Comparator.comparing((Entry entry) -> entry.score, Score.bestFirst(mode))
                .thenComparingInt(entry -> entry.number);
    }

    /** Adds a trial; returns its rank among all that are here now, 1 for the best. Of equals the smaller number is better. */
    int add(Entry entry) {
        int at = -1 - Collections.binarySearch(bestFirst, entry, order);
        if (at < 0) {
            throw new IllegalStateException("trial " + entry.trial + " is at rung " + milestone + " already.");
        }
        bestFirst.add(at, entry);
        if (entry.score.isNumber()) {
            numbers++;
        }
        return at + 1;
    }

    int rank(Entry entry) {
        return 1 + Collections.binarySearch(bestFirst, entry, order);
    }

    int size() {
        return bestFirst.size();
    }

    /** Returns how many of the trials here have a number as their score. */
    int numbers() {
        return numbers;
    }

    List<Entry> bestFirst() {
        return Collections.unmodifiableList(bestFirst);
    }

    /** Returns how many places the next rung has for trials from here: the size divided by the factor, rounded down. */
    int places() {
        return bestFirst.size() / factor;
    }

    /**
     * Returns the score that separates the best {@code 1 / factor} from the others, sign as reported: the {@code 100 (1 -
     * 1 / factor)}-th percentile of the numbers here, with NumPy's linear interpolation; empty if there are none.
     */
    OptionalDouble cutoff() {
        return numbers == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(mode.signed(Percentiles.upper(numbers, this::ascending, factor)));
    }

    private double ascending(int index) {
        return bestFirst.get(numbers - 1 - index).score.signed(mode);
    }

    List<Map<String, Object>> save() {
        return bestFirst.stream()
                .map(entry -> {
                    Map<String, Object> saved = new LinkedHashMap<>();
                    saved.put("trial", entry.trial);
                    saved.put("number", entry.number);
                    saved.put("score", entry.score.toJson());
                    saved.put("gone", entry.gone);
                    return saved;
                })
                .toList();
    }

    void restore(Object state) {
        bestFirst.clear();
        numbers = 0;
        for (Object item : Json.asList(state, "rung")) {
            Map<String, ?> saved = Json.asObject(item, "entry");
            add(new Entry(
                    String.valueOf(saved.get("trial")),
                    Json.asInt(saved.get("number"), "number"),
                    Score.fromJson(saved.get("score")),
                    Boolean.TRUE.equals(saved.get("gone"))));
        }
    }
}
