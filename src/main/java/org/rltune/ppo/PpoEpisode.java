package org.rltune.ppo;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.env.PlainValues;
import org.rltune.rollout.RolloutBatch;
import org.rltune.rollout.RolloutRecord;

/** A running episode as {@link PpoCallbacks} see it: where it stands, its custom metrics, and a place for notes. */
public final class PpoEpisode {
    private final int env;
    private final long number;
    private final @Nullable Object task;
    private final List<String> names;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, Object> notes = new LinkedHashMap<>();
    private int length;
    private double episodeReturn;

    private @Nullable RolloutBatch batch;
    private @Nullable RolloutRecord record;
    private int row;
    private boolean stepped;

    /**
     * An episode before its first step.
     *
     * @param task what its environment was set to when it began, or null
     * @param names of the metrics that it may carry
     */
    PpoEpisode(int env, long number, @Nullable Object task, List<String> names) {
        this.env = env;
        this.number = number;
        this.task = task;
        this.names = names;
    }

    /** Stands at the beginning of a row, before its step. */
    void beginAt(RolloutBatch samples, RolloutRecord columns, int atRow) {
        batch = samples;
        record = columns;
        row = atRow;
        stepped = false;
    }

    /** Stands behind the step of a row. */
    void step(RolloutBatch samples, RolloutRecord columns, int atRow) {
        batch = samples;
        record = columns;
        row = atRow;
        stepped = true;
        length++;
        episodeReturn += columns.reward[atRow];
    }

    /** Number of the environment over all workers, from 0. */
    public int env() {
        return env;
    }

    /** Number of the episode among those of its environment, from 0. */
    public long number() {
        return number;
    }

    /** Steps taken so far. */
    public int length() {
        return length;
    }

    /** Sum of the rewards so far, as the environment gave them. */
    public double episodeReturn() {
        return episodeReturn;
    }

    /** The task that it began with, see {@code Env.setTask}; empty where the environment has none. */
    public Optional<Object> task() {
        return Optional.ofNullable(task);
    }

    /** The latest observation in flat form, without filter: a copy. */
    public float[] observation() {
        RolloutRecord columns = columns();
        int size = columns.observationSize();
        float[] from = stepped ? columns.nextObservation : columns.observation;
        return Arrays.copyOfRange(from, row * size, (row + 1) * size);
    }

    /** The latest action as the environment got it, in the form of {@link org.rltune.env.FlatActions}: a copy. */
    public float[] action() {
        requireStep("action");
        int size = columns().actionSize();
        return Arrays.copyOfRange(columns().action, row * size, (row + 1) * size);
    }

    /** The latest action as it was drawn from the policy, before scaling and clipping: a copy. */
    public float[] rawAction() {
        requireStep("rawAction");
        RolloutBatch samples = batch;
        if (samples == null) {
            throw new IllegalStateException("no batch");
        }
        int size = samples.actionSize();
        return Arrays.copyOfRange(samples.action, row * size, (row + 1) * size);
    }

    /** The latest reward, as the environment gave it; 0 before the first step. */
    public double reward() {
        return stepped ? columns().reward[row] : 0;
    }

    /** What the environment told with its latest step, or with the reset before the first one. */
    public Map<String, Object> info() {
        return stepped ? columns().info[row] : columns().before[row];
    }

    /** Whether the task ended by its own rules. */
    public boolean terminated() {
        return stepped && batch != null && batch.terminated[row];
    }

    /** Whether a limit cut the episode. */
    public boolean truncated() {
        return stepped && columns().truncated[row];
    }

    private RolloutRecord columns() {
        if (record == null) {
            throw new IllegalStateException("The episode has not been seen yet. Ask within a callback");
        }
        return record;
    }

    private void requireStep(String what) {
        if (!stepped) {
            throw new IllegalStateException(
                    what + "() of an episode that has taken no step. Ask in onEpisodeStep or onEpisodeEnd.");
        }
    }

    /**
     * Sets a custom metric of this episode; it counts when the episode ends.
     *
     * @throws IllegalArgumentException if {@link PpoCallbacks#episodeMetrics} does not name it, or it is not finite
     */
    public void putMetric(String name, double value) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("The metric '" + name + "' is not declared. episodeMetrics() names "
                    + names + "." + Suggest.nearest(name, names) + " Add it there.");
        }
        metrics.put(name, ResultMetrics.finite(name, value));
    }

    /** The custom metrics that were set so far. */
    public Map<String, Double> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /**
     * Keeps a note with the episode, also over a resume.
     *
     * @param value a finite number, text, flag, list or map; whole numbers come back as Long, others as Double
     */
    public void put(String key, Object value) {
        notes.put(key, PlainValues.checked("The note '" + key + "'", value));
    }

    /** The note under a key, or null. */
    public @Nullable Object get(String key) {
        return notes.get(key);
    }

    /** The note under a key as a number, or another one where there is none. */
    public double number(String key, double otherwise) {
        Object value = notes.get(key);
        if (value != null && !(value instanceof Number)) {
            throw new IllegalArgumentException("The note '" + key + "' is " + value + ", not a number. Use get(key).");
        }
        return value == null ? otherwise : ((Number) value).doubleValue();
    }

    /** Everything that cannot be told from the rows to come. */
    Map<String, Object> save() {
        Map<String, Object> saved = new LinkedHashMap<>();
        saved.put("episode", number);
        saved.put("length", length);
        saved.put("return", episodeReturn);
        if (task != null) {
            saved.put("task", task);
        }
        saved.put("metrics", new LinkedHashMap<>(metrics));
        saved.put("notes", new LinkedHashMap<>(notes));
        return saved;
    }

    /** Takes over what was saved. */
    void restore(int itsLength, double itsReturn, Map<String, Double> itsMetrics, Map<String, Object> itsNotes) {
        length = itsLength;
        episodeReturn = itsReturn;
        metrics.putAll(itsMetrics);
        notes.putAll(itsNotes);
    }
}
