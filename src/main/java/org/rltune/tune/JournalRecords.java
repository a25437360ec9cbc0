package org.rltune.tune;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.tune.space.HyperParams;

/** The records of a journal: what {@code docs/resume.md} says of their keys stands here once. */
final class JournalRecords {
    static final String FORMAT = "rltune-journal";
    static final int VERSION = 1;
    static final String START = "start";
    static final String RESUME = "resume";
    static final String TRIAL = "trial";
    static final String ROW = "row";
    static final String END = "end";
    static final String FAILURE = "failure";
    static final String DECISION = "decision";
    static final String CHECKPOINT = "checkpoint";
    static final String STATE = "state";
    static final String STOP_ALL = "stop_all";
    static final String CUT = "cut";
    static final String CUT_DECISIONS = "cut_decisions";
    static final String CLOSE = "close";
    private static final double MILLIS = 1e3;

    private JournalRecords() {}

    private static Map<String, Object> of(String kind) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        return record;
    }

    private static Map<String, Object> of(String kind, Trial trial) {
        Map<String, Object> record = of(kind);
        record.put("trial", trial.id());
        return record;
    }

    /** Refuses a journal that this version cannot read. */
    static void checkVersion(Map<String, Object> start) {
        Object format = start.get("format");
        long version = Json.asLong(start.get("version"), Journal.NAME + ": version");
        if (!FORMAT.equals(format) || version != VERSION) {
            throw new IllegalArgumentException(Journal.NAME + " has the format " + format + " version " + version
                    + ", but this rltune reads " + FORMAT + " version " + VERSION
                    + ". Resume with the rltune that wrote it, or a newer one.");
        }
    }

    private static void session(Map<String, Object> record, Map<String, Object> settings, Map<String, Object> config) {
        Instant now = Instant.now();
        record.put("time", now.toString());
        record.put("clock_s", now.toEpochMilli() / MILLIS);
        record.put("rltune_version", Version.RLTUNE);
        record.put("settings", settings);
        record.put("config", config);
    }

    static Map<String, Object> start(Map<String, Object> settings, Map<String, Object> config) {
        Map<String, Object> record = of(START);
        record.put("format", FORMAT);
        record.put("version", VERSION);
        session(record, settings, config);
        return record;
    }

    static Map<String, Object> resume(
            Map<String, Object> settings, Map<String, Object> config, boolean extended, boolean rerunErrored) {
        Map<String, Object> record = of(RESUME);
        session(record, settings, config);
        record.put("extended", extended);
        record.put("rerun_errored", rerunErrored);
        return record;
    }

    static Map<String, Object> trial(Trial trial, HyperParams config) {
        Map<String, Object> record = of(TRIAL, trial);
        record.put("config", config.asMap());
        record.put("suggestion", trial.suggestion());
        return record;
    }

    static Map<String, Object> end(Trial trial, boolean finished, boolean later, byte @Nullable [] state) {
        Map<String, Object> record = of(END, trial);
        record.put("iteration", trial.trainingIteration());
        record.put("reason", trial.endReason());
        record.put("finished", finished);
        record.put("later", later);
        if (state != null) {
            record.put("state", HexFormat.of().formatHex(state));
        }
        return record;
    }

    static Map<String, Object> failure(Trial trial, Throwable error, boolean last) {
        Map<String, Object> record = of(FAILURE, trial);
        record.put("iteration", trial.trainingIteration());
        record.put("failures", trial.failures());
        record.put("final", last);
        record.put("error", error.toString());
        return record;
    }

    static Map<String, Object> decision(Map<String, Object> decision) {
        Map<String, Object> record = of(DECISION);
        record.put("decision", decision);
        return record;
    }

    /** A checkpoint, or a state from which the trial can go on, is on disk. */
    static Map<String, Object> saved(String kind, Trial trial, int iteration, String folder) {
        Map<String, Object> record = of(kind, trial);
        record.put("iteration", iteration);
        record.put("folder", folder);
        return record;
    }

    static Map<String, Object> stopAll(int handled, String reason) {
        Map<String, Object> record = of(STOP_ALL);
        record.put("handled", handled);
        record.put("reason", reason);
        return record;
    }

    static Map<String, Object> cut(Trial trial, int rows) {
        Map<String, Object> record = of(CUT, trial);
        record.put("rows", rows);
        return record;
    }

    static Map<String, Object> cutDecisions(int decisions) {
        Map<String, Object> record = of(CUT_DECISIONS);
        record.put("decisions", decisions);
        return record;
    }

    static Map<String, Object> close(TrialStatus status, boolean complete, @Nullable Throwable problem) {
        Map<String, Object> record = of(CLOSE);
        record.put("time", Instant.now().toString());
        record.put("status", status.name());
        record.put("complete", complete);
        if (problem != null) {
            record.put("error", problem.toString());
        }
        return record;
    }
}
