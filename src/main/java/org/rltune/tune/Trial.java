package org.rltune.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * One member of an experiment: its hyperparameters over time, its rows, its checkpoints, where its weights come from.
 *
 * <p>Safe to read from any thread while it runs. Lists that are returned do not change.
 */
public final class Trial {
    private final String id;
    private final int number;
    private final Path folder;
    private final String metric;
    private final CheckpointStore checkpoints;
    private final StateFolders states;
    private final AppendOnlyList<Map<String, Object>> rows = new AppendOnlyList<>();
    private final List<ScheduleEntry> schedule = new ArrayList<>();
    private final List<LineageFrom> lineages = new ArrayList<>();
    private final String firstTag;
    private final ProgressMeter.Share share = new ProgressMeter.Share();
    private String suggestion = "";
    private TrialStatus status = TrialStatus.PENDING;
    private String tag;
    private Counters counters = Counters.START;
    private @Nullable Throwable error;
    private String endReason = "";
    private int failures;

    /** The ids from the root to the weights in this trial, from the given own iteration on. */
    private record LineageFrom(int iteration, List<String> ids) {}

    Trial(int number, Path experimentFolder, HyperParams config, String tag, String metric, CheckpointPolicy policy) {
        this.id = idOf(number);
        this.number = number;
        this.folder = experimentFolder.resolve(id);
        this.metric = metric;
        this.firstTag = tag;
        this.tag = tag;
        this.checkpoints = new CheckpointStore(id, folder, policy);
        this.states = new StateFolders(folder);
        schedule.add(new ScheduleEntry(1, 1, config));
        lineages.add(new LineageFrom(1, List.of(id)));
    }

    /** Returns the id of the trial with a number: {@code t00003}. */
    static String idOf(int number) {
        String digits = Integer.toString(number);
        return "t" + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
    }

    /** Returns the number of the trial with an id; empty if no trial can have that id. */
    static OptionalInt numberOf(String id) {
        if (!id.matches("t\\d{5,9}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(id.substring(1));
        return idOf(number).equals(id) ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** Returns the id, such as {@code t00003}; also the name of its folder. */
    public String id() {
        return id;
    }

    /** Returns the number, from 0. */
    public int number() {
        return number;
    }

    /** Returns where its files lie. */
    public Path folder() {
        return folder;
    }

    /** Returns what it is doing. */
    public synchronized TrialStatus status() {
        return status;
    }

    /** Returns the hyperparameters in force, constants included. */
    public synchronized HyperParams config() {
        return schedule.get(schedule.size() - 1).config();
    }

    /** Returns the hyperparameters with which it began, constants included. */
    public synchronized HyperParams initialConfig() {
        return schedule.get(0).config();
    }

    /** Returns the hyperparameters that were in force in one of its own iterations, from 1. */
    public synchronized HyperParams configAt(int iteration) {
        for (int i = schedule.size() - 1; i > 0; i--) {
            if (schedule.get(i).iteration() <= iteration) {
                return schedule.get(i).config();
            }
        }
        return schedule.get(0).config();
    }

    /** Returns why the searcher chose the hyperparameters with which it began, such as {@code random}; empty if unknown. */
    public synchronized String suggestion() {
        return suggestion;
    }

    /** Returns Ray Tune's experiment tag, {@code 3_lr=0.0010}, followed by {@code @perturbed[lr=0.0012]} after exploits. */
    public synchronized String tag() {
        return tag;
    }

    /** Returns all rows that it reported, in order. */
    public List<Map<String, Object>> rows() {
        return rows.snapshot();
    }

    /** Returns the row of an own iteration, from 1; empty if there is none. */
    Map<String, Object> rowAt(int iteration) {
        List<Map<String, Object>> all = rows.snapshot();
        return iteration >= 1 && iteration <= all.size() ? all.get(iteration - 1) : Map.of();
    }

    /** Returns the newest row, or null before the first. */
    public @Nullable Map<String, Object> lastRow() {
        List<Map<String, Object>> all = rows.snapshot();
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    /** Returns the metric in the newest row, sign as reported; empty if that row has none. */
    public OptionalDouble score() {
        Map<String, Object> row = lastRow();
        return row == null ? OptionalDouble.empty() : score(row);
    }

    /** Returns the metric in one of the rows, sign as reported; empty if that row has none. */
    OptionalDouble score(Map<String, Object> row) {
        return metric.isEmpty() ? OptionalDouble.empty() : Rows.number(row, metric);
    }

    /** Returns how many iterations the trial has run itself; copying another trial does not change it. */
    public synchronized int trainingIteration() {
        return (int) counters.own().iterations();
    }

    /** Returns trial ids from the root to the weights now in this trial, oldest first; the last one is this trial's. */
    public synchronized List<String> lineage() {
        return lineages.get(lineages.size() - 1).ids();
    }

    /** Returns the lineage of the weights as they stood after one of the trial's own iterations. */
    synchronized List<String> lineageAt(int iteration) {
        for (int i = lineages.size() - 1; i > 0; i--) {
            if (lineages.get(i).iteration() <= iteration) {
                return lineages.get(i).ids();
            }
        }
        return lineages.get(0).ids();
    }

    /** Returns its checkpoints on disk, oldest first. */
    public List<SavedCheckpoint> savedCheckpoints() {
        return checkpoints.saved();
    }

    /** Returns which hyperparameters were in force from when on, oldest first; never empty. */
    public synchronized List<ScheduleEntry> schedule() {
        return List.copyOf(schedule);
    }

    /**
     * Returns why it has ended: the stop rule that fired, the scheduler's reason, or that it failed or was finished; empty
     * as long as it has not.
     */
    public synchronized String endReason() {
        return endReason;
    }

    /** Returns how often it has failed, the failures from which it recovered included. */
    public synchronized int failures() {
        return failures;
    }

    /** Returns why it failed for good, or null. */
    public synchronized @Nullable Throwable error() {
        return error;
    }

    @Override
    public String toString() {
        return id;
    }

    synchronized Counters counters() {
        return counters;
    }

    ProgressMeter.Share share() {
        return share;
    }

    CheckpointStore checkpoints() {
        return checkpoints;
    }

    StateFolders states() {
        return states;
    }

    synchronized void suggested(String reason) {
        this.suggestion = reason;
    }

    synchronized void setStatus(TrialStatus status) {
        this.status = status;
    }

    synchronized void endBecause(String reason) {
        this.endReason = reason;
    }

    synchronized void countFailure() {
        failures++;
    }

    synchronized void fail(Throwable cause) {
        this.error = cause;
        this.endReason = "failed: " + cause;
        this.status = TrialStatus.ERROR;
    }

    synchronized void add(Map<String, Object> row, Counters after) {
        counters = after;
        rows.add(row);
    }

    /** The weights of a donor's checkpoint come in; own counters go on. */
    synchronized void adopt(Counters.Counts donorLineage, List<String> donorIds, HyperParams config, String changes) {
        counters = counters.adopting(donorLineage);
        int next = trainingIteration() + 1;
        tag = firstTag + "@perturbed[" + changes + "]";
        List<String> ids = new ArrayList<>(donorIds);
        ids.add(id);
        replaceFrom(new ScheduleEntry(next, (int) counters.lineage().iterations() + 1, config));
        lineages.removeIf(from -> from.iteration() == next && lineages.size() > 1);
        lineages.add(new LineageFrom(next, List.copyOf(ids)));
    }

    /** Own weights and counters go on with other hyperparameters. */
    synchronized void reconfigure(HyperParams config, String changes) {
        tag = firstTag + "@perturbed[" + changes + "]";
        int next = trainingIteration() + 1;
        replaceFrom(new ScheduleEntry(next, (int) counters.lineage().iterations() + 1, config));
    }

    private void replaceFrom(ScheduleEntry entry) {
        ScheduleEntry last = schedule.get(schedule.size() - 1);
        if (schedule.size() > 1 && last.iteration() == entry.iteration()) {
            schedule.remove(schedule.size() - 1);
        }
        schedule.add(entry);
    }

    /** Puts back what was read from files. */
    synchronized void load(
            TrialStatus status, String tag, List<ScheduleEntry> entries, List<String> lineage, @Nullable String error) {
        this.status = status;
        this.tag = tag;
        schedule.clear();
        schedule.addAll(entries);
        lineages.clear();
        lineages.add(new LineageFrom(1, lineage));
        this.error = error == null ? null : new RecordedFailure(error);
    }
}
