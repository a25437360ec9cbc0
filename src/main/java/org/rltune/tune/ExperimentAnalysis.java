package org.rltune.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.tune.BestTrial.Scored;
import org.rltune.tune.space.HyperParams;

/** What came out of an experiment: every row of every trial, every decision, and which trial was best. */
public final class ExperimentAnalysis {
    private final RunFacts facts;
    private final List<Trial> trials;
    private final List<DecisionRecord> decisions;

    ExperimentAnalysis(RunFacts facts, List<Trial> trials, List<DecisionRecord> decisions) {
        this.facts = facts;
        this.trials = List.copyOf(trials);
        this.decisions = List.copyOf(decisions);
    }

    /**
     * Reads an experiment from its folder, finished or still running. A last line that is not complete is set aside with a
     * warning.
     *
     * @throws IllegalArgumentException if the folder holds no experiment or a file is damaged, naming it
     */
    public static ExperimentAnalysis load(Path folder) {
        return new ExperimentLoader(folder).load();
    }

    /** Returns its name, also that of its folder. */
    public String name() {
        return facts.name();
    }

    /** Returns where its files lie. */
    public Path folder() {
        return facts.folder();
    }

    /** Returns the name of what was trained. */
    public String trainable() {
        return facts.trainable();
    }

    /** Returns what was optimised; empty if no metric was given. */
    public String metric() {
        return facts.metric();
    }

    /** Returns whether larger or smaller is better. */
    public Mode mode() {
        return facts.mode();
    }

    /** Returns the seed of everything random. */
    public long seed() {
        return facts.seed();
    }

    /** Returns {@code RUNNING}, {@code TERMINATED} or {@code ERROR}. */
    public TrialStatus status() {
        return facts.status();
    }

    /** Returns the digest, see {@link Digest}; empty as long as the experiment runs. */
    public String digest() {
        return facts.digest();
    }

    /** Returns the seconds from start to end, or so far. */
    public double elapsedSeconds() {
        return facts.elapsedSeconds();
    }

    /** Returns all trials in the order of their numbers. */
    public List<Trial> trials() {
        return trials;
    }

    /**
     * Returns the trial with an id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Trial trial(String id) {
        List<String> ids = trials.stream().map(Trial::id).toList();
        int index = ids.indexOf(id);
        if (index < 0) {
            throw new IllegalArgumentException("There is no trial '" + id + "'. There are " + ids.get(0) + " to "
                    + ids.get(ids.size() - 1) + "." + Suggest.nearest(id, ids));
        }
        return trials.get(index);
    }

    /** Returns the best trial by its last score. */
    public Trial bestTrial() {
        return best(Scope.LAST).trial();
    }

    /**
     * Returns the best trial; one without a score never wins, and of equals the one with the lowest number does.
     *
     * @param metric a column, nested ones with "/"
     * @throws IllegalArgumentException if no trial ever reported the metric, naming those that exist
     */
    public Trial bestTrial(String metric, Mode mode, Scope scope) {
        return BestTrial.of(trials, metric, mode, scope).trial();
    }

    /** Returns all hyperparameters that were in force when the best trial earned its last score. */
    public HyperParams bestConfig() {
        return bestConfig(metricOrThrow(), mode(), Scope.LAST);
    }

    /**
     * Returns all hyperparameters that were in force at the row for which the best trial was chosen; for a mean those of its
     * last scored row.
     */
    public HyperParams bestConfig(String metric, Mode mode, Scope scope) {
        Scored best = BestTrial.of(trials, metric, mode, scope);
        return best.trial().configAt(best.iteration());
    }

    /** Returns the score of the best trial, by its last score. */
    public double bestScore() {
        return best(Scope.LAST).score();
    }

    /** Returns which hyperparameters the best trial used from when on. */
    public List<ScheduleEntry> bestSchedule() {
        return bestTrial().schedule();
    }

    /**
     * Returns the folder of the best trial's best checkpoint: by the checkpoint score attribute, or by the metric if none was
     * set; of equals the newest.
     *
     * @throws IllegalStateException if the trial saved none
     */
    public Path bestCheckpoint() {
        return bestCheckpoint(bestTrial(), facts.ranking());
    }

    /**
     * Returns the folder of a trial's best checkpoint by a metric; of equals the newest. A checkpoint without the metric
     * comes last.
     *
     * @param metric a column, nested ones with "/"
     * @throws IllegalStateException if the trial saved none
     */
    public Path bestCheckpoint(Trial trial, String metric, Mode mode) {
        Check.notBlank("metric", metric);
        return bestCheckpoint(trial, new CheckpointPolicy(0, false, Integer.MAX_VALUE, metric, mode));
    }

    private static Path bestCheckpoint(Trial trial, CheckpointPolicy ranking) {
        return trial.savedCheckpoints().stream()
                .map(saved -> new SavedCheckpoint(
                        saved.trialId(),
                        saved.trainingIteration(),
                        ranking.score(trial.rowAt(saved.trainingIteration())),
                        saved.folder()))
                .min(ranking::compare)
                .orElseThrow(() -> noCheckpoint(trial))
                .folder();
    }

    /**
     * Returns the folder of a trial's newest checkpoint.
     *
     * @throws IllegalStateException if the trial saved none
     */
    public Path lastCheckpoint(Trial trial) {
        List<SavedCheckpoint> saved = trial.savedCheckpoints();
        if (saved.isEmpty()) {
            throw noCheckpoint(trial);
        }
        return saved.get(saved.size() - 1).folder();
    }

    private static IllegalStateException noCheckpoint(Trial trial) {
        return new IllegalStateException("The trial " + trial.id() + " saved no checkpoint. Run with"
                + " checkpointAtEnd(true) or checkpointFreq(1).");
    }

    /**
     * Returns the score that speaks for a trial; empty if it never reported the metric. NaN counts as not reported.
     *
     * @param metric a column, nested ones with "/"
     */
    public OptionalDouble score(Trial trial, String metric, Mode mode, Scope scope) {
        Scored scored = BestTrial.score(trial, metric, mode, scope);
        return scored == null ? OptionalDouble.empty() : OptionalDouble.of(scored.score());
    }

    /** Returns a table with one row for each trial: how it ended, and its last row. */
    public Table dataframe() {
        return AnalysisTables.lastRows(this);
    }

    /**
     * Returns a table with one row for each trial: how it ended, and the row in which the metric was best, as Ray Tune's
     * {@code dataframe(metric, mode)}. A trial that never reported it has empty cells.
     *
     * @param metric a column, nested ones with "/"
     * @throws IllegalArgumentException if no trial ever reported the metric, naming those that exist
     */
    public Table dataframe(String metric, Mode mode) {
        BestTrial.of(trials, metric, mode, Scope.BEST);
        return AnalysisTables.bestRows(this, metric, mode);
    }

    /** Returns a table with every row of one trial. */
    public Table dataframe(Trial trial) {
        return AnalysisTables.allRows(trial);
    }

    /**
     * Returns a table with one row for each experiment: what it reached, by its own metric and the last score of its best
     * trial, and what it cost.
     *
     * <p>{@code wall_s} is from start to end; {@code train_s} is the sum of the time that the trials spent training, which is
     * core-seconds where a trial uses one core.
     */
    public static Table compare(List<ExperimentAnalysis> experiments) {
        return AnalysisTables.compare(experiments);
    }

    /** Returns every row of a trial, in order. */
    public List<Map<String, Object>> rows(Trial trial) {
        return trial.rows();
    }

    /** Returns every row of the trial with an id, in order. */
    public List<Map<String, Object>> rows(String trialId) {
        return trial(trialId).rows();
    }

    /** Returns every row of every trial, by trial number, then by iteration. */
    public List<Map<String, Object>> allRows() {
        List<Map<String, Object>> all = new ArrayList<>();
        trials.stream().sorted(Comparator.comparingInt(Trial::number)).forEach(trial -> all.addAll(trial.rows()));
        return List.copyOf(all);
    }

    /** Returns every decision of the scheduler, in order; of a run read from files without the donors' weights. */
    public List<DecisionRecord> decisions() {
        return decisions;
    }

    private Scored best(Scope scope) {
        return BestTrial.of(trials, metricOrThrow(), mode(), scope);
    }

    private String metricOrThrow() {
        if (metric().isEmpty()) {
            throw new IllegalStateException("The run has no metric, so no trial is best. Set metric(...), or ask for"
                    + " bestTrial(metric, mode, scope).");
        }
        return metric();
    }

    /** What does not change with trials and decisions. */
    record RunFacts(
            String name,
            Path folder,
            String trainable,
            String metric,
            Mode mode,
            long seed,
            CheckpointPolicy ranking,
            TrialStatus status,
            String digest,
            double elapsedSeconds) {}
}
