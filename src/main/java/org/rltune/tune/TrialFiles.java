package org.rltune.tune;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.space.HyperParams;

/** What the tuner itself writes into a trial's folder: {@code trial.json} and, for one that fails, {@code error.txt}. */
final class TrialFiles {
    static final String FILE = "trial.json";
    static final String ERROR_FILE = "error.txt";

    private TrialFiles() {}

    /**
     * Makes the folder and writes {@code trial.json}. There is no older one to protect, so it is written in its place at once:
     * making files is what costs most where there are many trials. A reader takes an empty one for none.
     *
     * @param resumed whether an earlier session of the run may have done so already
     */
    static void start(Trial trial, boolean resumed) {
        Path file = trial.folder().resolve(FILE);
        try {
            if (resumed && Files.isDirectory(trial.folder())) {
                write(trial);
                return;
            }
            Files.createDirectory(trial.folder());
            Files.writeString(file, text(trial), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw AtomicFiles.failure("write", file, e);
        }
    }

    /** Returns whether a trial's file is there and complete enough to be read. */
    static boolean isThere(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) > 0;
        } catch (IOException e) {
            throw AtomicFiles.failure("read", file, e);
        }
    }

    /** Writes status, tag, schedule and lineage as they stand. */
    static void write(Trial trial) {
        AtomicFiles.replace(trial.folder().resolve(FILE), text(trial), false);
    }

    private static String text(Trial trial) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("trial_id", trial.id());
        json.put("number", trial.number());
        json.put("status", trial.status().name());
        json.put("experiment_tag", trial.tag());
        json.put("suggestion", trial.suggestion());
        json.put("lineage", trial.lineage());
        if (!trial.endReason().isEmpty()) {
            json.put("end_reason", trial.endReason());
        }
        if (trial.failures() > 0) {
            json.put("failures", trial.failures());
        }
        Throwable error = trial.error();
        if (error != null) {
            json.put("error", error.toString());
        }
        List<Object> schedule = new ArrayList<>();
        for (ScheduleEntry entry : trial.schedule()) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("iteration", entry.iteration());
            item.put("lineage_iteration", entry.lineageIteration());
            item.put("config", entry.config().asMap());
            schedule.add(item);
        }
        json.put("schedule", schedule);
        return Json.writePretty(json) + "\n";
    }

    /** Adds why a trial failed, with the stack trace, to what is known of its earlier attempts. */
    static void appendError(Trial trial, Throwable error, FailurePolicy policy) {
        StringWriter text = new StringWriter();
        text.write(trial.id() + " failed in its iteration " + (trial.trainingIteration() + 1) + " ("
                + policy.attempt(trial.failures()) + ").\n");
        text.write("Hyperparameters in force: " + trial.config() + "\n\n");
        error.printStackTrace(new PrintWriter(text, true));
        text.write("\n");
        Path file = trial.folder().resolve(ERROR_FILE);
        try {
            Files.writeString(file, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw AtomicFiles.failure("write to", file, e);
        }
    }

    /** Puts back what {@link #write} wrote. */
    static void readInto(Trial trial, Path file) {
        Map<String, Object> json = Json.readObject(file);
        int failures = json.containsKey("failures") ? Json.asInt(json.get("failures"), file + ": failures") : 0;
        for (int i = 0; i < failures; i++) {
            trial.countFailure();
        }
        trial.suggested(json.get("suggestion") instanceof String reason ? reason : "");
        trial.load(
                TrialStatus.valueOf(String.valueOf(json.get("status"))),
                String.valueOf(json.get("experiment_tag")),
                schedule(json, file),
                DecisionJson.strings(json.get("lineage"), file + ": lineage"),
                json.get("error") instanceof String error ? error : null);
        if (json.get("end_reason") instanceof String reason) {
            trial.endBecause(reason);
        }
    }

    static List<ScheduleEntry> schedule(Map<String, Object> json, Path file) {
        List<ScheduleEntry> entries = new ArrayList<>();
        for (Object item : Json.asList(json.get("schedule"), file + ": schedule")) {
            Map<String, Object> entry = Json.asObject(item, file + ": schedule");
            entries.add(new ScheduleEntry(
                    Json.asInt(entry.get("iteration"), file + ": iteration"),
                    Json.asInt(entry.get("lineage_iteration"), file + ": lineage_iteration"),
                    HyperParams.of(Json.asObject(entry.get("config"), file + ": config"))));
        }
        return entries;
    }
}
