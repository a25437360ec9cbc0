package org.rltune.tune;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;

/**
 * What earlier sessions of a run recorded in its journal. A resumed run goes through the same main loop from its start, with
 * a new searcher and a new scheduler, and takes its rows from here as long as there are any: so the states of both come out
 * as they were, and nothing of them has to be saved.
 *
 * <p>What the clock or chance decided is not decided again: failures, ends of trials and the early end of the experiment are
 * taken as recorded. What is computed again, suggestions and decisions, is compared with what was recorded.
 */
final class Recording {
    private final List<RecordedTrial> trials = new ArrayList<>();
    private final List<Map<String, Object>> decisions = new ArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final Row.Maker rows = new Row.Maker();
    private int decided;
    private int rowsRead;
    private int stopHandled = -1;
    private String stopReason = "";
    private boolean extended;
    private Map<String, Object> settings = Map.of();
    private Map<String, Object> config = Map.of();
    private String startTime = "";
    private double elapsedSeconds;
    private double sessionStart;
    private double newest;

    Recording() {}

    /** Takes in one record of the journal; throws IllegalArgumentException for one that means nothing. */
    void add(Map<String, Object> record) {
        String kind = String.valueOf(record.get("kind"));
        switch (kind) {
            case JournalRecords.START -> start(record);
            case JournalRecords.RESUME -> resume(record);
            case JournalRecords.TRIAL -> trial(record);
            case JournalRecords.ROW -> row(record);
            case JournalRecords.END ->
                of(record)
                        .add(new RecordedTrial.End(
                                String.valueOf(record.get("reason")),
                                Boolean.TRUE.equals(record.get("finished")),
                                Boolean.TRUE.equals(record.get("later")),
                                record.get("state") instanceof String hex
                                        ? HexFormat.of().parseHex(hex)
                                        : null,
                                true));
            case JournalRecords.FAILURE ->
                of(record)
                        .add(new RecordedTrial.Failure(
                                String.valueOf(record.get("error")), Boolean.TRUE.equals(record.get("final"))));
            case JournalRecords.DECISION -> decision(record);
            case JournalRecords.STOP_ALL -> {
                stopHandled = Json.asInt(record.get("handled"), "handled");
                stopReason = String.valueOf(record.get("reason"));
            }
            case JournalRecords.CUT -> of(record).cut(Json.asInt(record.get("rows"), "rows"));
            case JournalRecords.CUT_DECISIONS -> cutDecisions(Json.asInt(record.get("decisions"), "decisions"));
            case JournalRecords.CHECKPOINT, JournalRecords.STATE, JournalRecords.CLOSE -> {
                // said for readers; the folders speak for themselves
            }
            default ->
                throw new IllegalArgumentException(
                        "A record of the journal has the kind \"" + kind + "\", which this rltune does not know."
                                + " Resume with the rltune that wrote it, or a newer one.");
        }
    }

    private void start(Map<String, Object> record) {
        JournalRecords.checkVersion(record);
        session(record);
        startTime = String.valueOf(record.get("time"));
    }

    private void resume(Map<String, Object> record) {
        session(record);
        if (Boolean.TRUE.equals(record.get("extended"))) {
            extend(Boolean.TRUE.equals(record.get("rerun_errored")));
        }
    }

    private void session(Map<String, Object> record) {
        settings = Json.asObject(record.get("settings"), "settings");
        config = Json.asObject(record.get("config"), "config");
        elapsedSeconds = elapsed();
        sessionStart = Json.asDouble(record.get("clock_s"), "clock_s");
        newest = sessionStart;
    }

    private void trial(Map<String, Object> record) {
        String id = String.valueOf(record.get("trial"));
        if (!id.equals(Trial.idOf(trials.size()))) {
            throw new IllegalArgumentException("The journal names trial " + id + " after " + trials.size()
                    + " others, but they are numbered without gaps. It was changed by hand: take a copy of it.");
        }
        trials.add(new RecordedTrial(Json.asObject(record.get("config"), "config"), left));
    }

    private void row(Map<String, Object> record) {
        Map<String, Object> row = Rows.fromJson(Json.asObject(record.get("row"), "row"));
        of(record).add(new RecordedTrial.Row(rows.of(row), Boolean.TRUE.equals(record.get("last"))));
        rowsRead++;
        newest = Math.max(newest, Rows.number(row, ResultColumns.TIMESTAMP).orElse(newest));
    }

    private void decision(Map<String, Object> record) {
        Map<String, Object> decision = Json.asObject(record.get("decision"), "decision");
        decisions.add(decision);
        left.incrementAndGet();
        RecordedTrial trial = of(decision);
        int iteration = Json.asInt(decision.get("trial_iteration"), "trial_iteration");
        String order = DecisionJson.order(decision);
        if (!order.equals(trial.orderAt(iteration)) || hasAnotherDonor(decision)) {
            // Rows after it were recorded before: they belong to what the run was before it was extended.
            trial.cut(iteration);
        }
        trial.order(iteration, order);
    }

    /** Returns whether a decision copies a state that is not the one that it was before the run was extended. */
    private boolean hasAnotherDonor(Map<String, Object> decision) {
        return decision.get("donor") instanceof String donor
                && Json.asInt(decision.get("donor_iteration"), "donor_iteration")
                        > trials.get(number(donor)).cutAfter();
    }

    private RecordedTrial of(Map<String, Object> record) {
        return trials.get(number(String.valueOf(record.get("trial"))));
    }

    private int number(String id) {
        int number = Trial.numberOf(id).orElse(-1);
        if (number < 0 || number >= trials.size()) {
            throw new IllegalArgumentException("The journal speaks of trial " + id
                    + " before it was made. It was changed by hand: take a copy of it.");
        }
        return number;
    }

    /** The settings have changed so that what ended may go on. */
    void extend(boolean rerunErrored) {
        extended = true;
        stopHandled = -1;
        trials.forEach(RecordedTrial::unbindEnd);
        if (rerunErrored) {
            trials.forEach(RecordedTrial::forgetFailure);
        }
    }

    /** Returns what the run's settings were at last, as {@code run.json} says them. */
    Map<String, Object> settings() {
        return settings;
    }

    /** Returns what the user had set at last, by the keys of an experiment file. */
    Map<String, Object> config() {
        return config;
    }

    String startTime() {
        return startTime;
    }

    /** Returns for how many seconds the earlier sessions ran, by what they wrote. */
    double elapsed() {
        return elapsedSeconds + Math.max(0, newest - sessionStart);
    }

    /** Returns how many rows were read. */
    int rowsRead() {
        return rowsRead;
    }

    int trials() {
        return trials.size();
    }

    RecordedTrial trial(int number) {
        return number < trials.size() ? trials.get(number) : RecordedTrial.none();
    }

    /** Returns whether what is computed may differ from what was recorded, since settings have changed. */
    boolean extended() {
        return extended;
    }

    /** Returns whether there is something left that has not been played again. Safe to call from any thread. */
    boolean replaying() {
        return left.get() > 0;
    }

    /** Returns the decision that comes next, or null if it was not recorded. Called by the main loop only. */
    @Nullable
    Map<String, Object> nextDecision() {
        return decided < decisions.size() ? decisions.get(decided) : null;
    }

    /** The next decision has been taken again. */
    void decided() {
        decided++;
        left.decrementAndGet();
    }

    /** Forgets the decisions from a number on. */
    void cutDecisions(int from) {
        while (decisions.size() > from) {
            decisions.remove(decisions.size() - 1);
            left.decrementAndGet();
        }
    }

    /** Returns why the experiment was ended before its time when so many arrivals had been handled; null if it was not. */
    @Nullable
    String stopAt(int handled) {
        return stopHandled >= 0 && handled >= stopHandled ? stopReason : null;
    }

    /** Returns what is to be compared of two records: numbers, texts and all, whatever the order of keys. */
    static Map<String, Object> comparable(Map<String, Object> json) {
        return Json.asObject(Json.parse(Json.write(json), "record"), "record");
    }

    /** Returns the names whose values differ, for an error. */
    static Map<String, String> differences(Map<String, Object> recorded, Map<String, Object> now) {
        Map<String, String> differences = new LinkedHashMap<>();
        recorded.forEach((name, value) -> {
            if (!value.equals(now.get(name))) {
                differences.put(name, name + " was " + Json.write(value) + " and is now " + Json.write(now.get(name)));
            }
        });
        now.forEach((name, value) -> {
            if (!recorded.containsKey(name)) {
                differences.put(name, name + " was not there and is now " + Json.write(value));
            }
        });
        return differences;
    }
}
