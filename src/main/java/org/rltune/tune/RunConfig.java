package org.rltune.tune;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.SearchSpace;

/**
 * The settings of a run, with the names that users of Ray Tune know. Every setter returns this, so that calls can be
 * chained, and refuses a bad value at once with an {@link IllegalArgumentException}; what only shows when all is known is
 * refused by the tuner before anything starts.
 */
public final class RunConfig {
    private @Nullable String name;
    private @Nullable Scheduler scheduler;
    private @Nullable Searcher searchAlg;
    private int numSamples = 1;
    private @Nullable String metric;
    private @Nullable Mode mode;
    private int checkpointFreq;
    private boolean checkpointAtEnd = true;
    private int keepCheckpointsNum = Integer.MAX_VALUE;
    private @Nullable String checkpointScoreAttr;
    private int verbose = 1;
    private final Map<String, StopRule> stopRules = new LinkedHashMap<>();
    private SearchSpace space = SearchSpace.of(Map.of());
    private final List<Constraint> constraints = new ArrayList<>();
    private long seed;
    private int threads = Runtime.getRuntime().availableProcessors();
    private @Nullable Integer maxConcurrentTrials;
    private int cpusPerTrial;
    private int maxFailures;
    private boolean failFast;
    private Path storagePath = Path.of("results");
    private @Nullable PrintStream out;
    private final List<RunListener> listeners = new ArrayList<>();
    private boolean plots = true;
    private boolean csv = true;
    private boolean tensorBoard = true;
    private boolean rerunErrored;
    private StatePolicy states = StatePolicy.DEFAULT;
    private @Nullable ResumedRun resumedRun;

    /** Whether the stop rules are those of the journal, in whose place come those that are set now. */
    private boolean stopsAsRecorded;

    /** Makes one with the defaults that the setters name. */
    public RunConfig() {}

    /** Sets the name of the results folder; default: the trainable's name and the start time. */
    public RunConfig name(String name) {
        this.name = RunNames.check(name);
        return this;
    }

    /** Sets who decides about trials; default: every trial runs until a stop rule fires. */
    public RunConfig scheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
        return this;
    }

    /**
     * Sets who chooses the hyperparameters of the trials; default: every combination of the space's grids, and the rest at
     * random.
     */
    public RunConfig searchAlg(Searcher searcher) {
        this.searchAlg = searcher;
        return this;
    }

    /** Sets how many trials there are, at least 1; default 1. Where the space has grids: how often each is gone through. */
    public RunConfig numSamples(int numSamples) {
        this.numSamples = Check.positive("num_samples", numSamples);
        return this;
    }

    /** Sets what is optimised: a column of the rows, nested ones with "/"; no default. */
    public RunConfig metric(String metric) {
        this.metric = Check.notBlank("metric", metric);
        return this;
    }

    /** Sets whether larger or smaller is better; default {@link Mode#MAX}. */
    public RunConfig mode(Mode mode) {
        this.mode = mode;
        return this;
    }

    /** Sets after how many own iterations each trial is saved to disk; default 0: only as the next setting says. */
    public RunConfig checkpointFreq(int iterations) {
        this.checkpointFreq = Check.atLeast("checkpoint_freq", iterations, 0);
        return this;
    }

    /** Sets whether each trial is saved to disk when it ends; default true. */
    public RunConfig checkpointAtEnd(boolean atEnd) {
        this.checkpointAtEnd = atEnd;
        return this;
    }

    /**
     * Sets how many checkpoints each trial keeps, at least 1; default: all. The newest one, and those on which another
     * live trial rests, are kept besides.
     */
    public RunConfig keepCheckpointsNum(int number) {
        this.keepCheckpointsNum = Check.positive("keep_checkpoints_num", number);
        return this;
    }

    /**
     * Sets by which column checkpoints are ranked, nested ones with "/"; the prefix {@code min-} ranks small values first.
     * Default: by age when they are deleted, by the metric when the best one is asked for.
     */
    public RunConfig checkpointScoreAttr(String column) {
        this.checkpointScoreAttr = Check.notBlank("checkpoint_score_attr", column);
        Check.notBlank("checkpoint_score_attr after min-", RunSettings.withoutPrefix(column));
        return this;
    }

    /** Sets how much is printed: 0 nothing, 1 the status table (default), 2 each result too. */
    public RunConfig verbose(int level) {
        this.verbose = Check.inClosed("verbose", level, 0, 2);
        return this;
    }

    /**
     * Adds a rule that ends a trial when its row's value is at least the given one; counters are the trial's own. At
     * least one stop rule is needed; the first that fires counts.
     */
    public RunConfig stop(String key, double value) {
        return addStop(key, StopRule.atLeast(key, value));
    }

    /**
     * Ends the experiment that many seconds after its start; above 0; default: no limit. Trials that run end after their
     * current iteration; the results depend on the clock then.
     */
    public RunConfig timeBudgetS(double seconds) {
        return addStop("time_budget_s", StopRule.timeBudget(seconds));
    }

    /** Adds a rule of any kind. */
    public RunConfig stop(StopRule rule) {
        return addStop("rule " + stopRules.size(), StopTexts.printable(rule));
    }

    private RunConfig addStop(String key, StopRule rule) {
        if (stopsAsRecorded) {
            stopRules.clear();
            stopsAsRecorded = false;
        }
        StopRule before = stopRules.putIfAbsent(key, rule);
        if (before != null) {
            throw new IllegalArgumentException("stop(\"" + key + "\") is set twice, to " + before + " and to " + rule
                    + ". Remove one of the two.");
        }
        return this;
    }

    /** Sets hyperparameters: {@link org.rltune.tune.space.Domain domains} to sample from, and constants. */
    public RunConfig config(Map<String, ?> config) {
        return config(SearchSpace.of(config));
    }

    /** Sets the search space. */
    public RunConfig config(SearchSpace space) {
        this.space = space;
        return this;
    }

    /** Adds a rule between hyperparameters that holds for every trial at every time. */
    public RunConfig constraint(Constraint constraint) {
        this.constraints.add(constraint);
        return this;
    }

    /** Sets the seed of everything random, at least 0; default 0. */
    public RunConfig seed(long seed) {
        this.seed = Check.atLeast("seed", seed, 0L);
        return this;
    }

    /** Sets how many threads do the work; default: one for each processor. The results do not depend on it. */
    public RunConfig threads(int threads) {
        this.threads = Check.positive("threads", threads);
        return this;
    }

    /**
     * Sets how many trials may train at once, at least 1; as many as there are threads really do. Default: all, or fewer if
     * the searcher or the scheduler gains from that. Part of the experiment: with searchers that learn and schedulers that
     * compare trials the results depend on it.
     */
    public RunConfig maxConcurrentTrials(int number) {
        this.maxConcurrentTrials = Check.positive("max_concurrent_trials", number);
        return this;
    }

    /**
     * Sets how many threads each trial gets while it trains, at least 1: of 8 threads, two trials with 4 each train at the same
     * moment. Default: trials share all threads as they come. The results do not depend on it.
     */
    public RunConfig resourcesPerTrial(int cpus) {
        this.cpusPerTrial = Check.positive("resources_per_trial", cpus);
        return this;
    }

    /**
     * Sets how often a trial that fails is tried again, from its newest checkpoint or else from the start; -1 for ever. Default
     * 0: it has failed. Its earlier results stand, and what came after the checkpoint is trained again without being reported.
     */
    public RunConfig maxFailures(int number) {
        this.maxFailures = Check.atLeast("max_failures", number, -1);
        return this;
    }

    /** Sets whether the first trial that fails ends the run; default false: the others go on. */
    public RunConfig failFast(boolean failFast) {
        this.failFast = failFast;
        return this;
    }

    /** Sets the folder in which the results folder is made; default {@code results}. */
    public RunConfig storagePath(Path folder) {
        this.storagePath = folder;
        return this;
    }

    /** Sets where the status table goes; default: standard output. */
    public RunConfig out(PrintStream out) {
        this.out = out;
        return this;
    }

    /** Adds someone to tell what happens. */
    public RunConfig listener(RunListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** Sets whether pictures are drawn at the end; default true. */
    public RunConfig plots(boolean plots) {
        this.plots = plots;
        return this;
    }

    /** Sets whether each trial's rows are also written to {@code progress.csv}; default true. */
    public RunConfig csv(boolean csv) {
        this.csv = csv;
        return this;
    }

    /** Sets whether each trial also writes event files for TensorBoard; default true. */
    public RunConfig tensorBoard(boolean tensorBoard) {
        this.tensorBoard = tensorBoard;
        return this;
    }

    /**
     * Sets, for a run that is resumed, whether trials that failed for good are tried again, with as many attempts as new ones;
     * default false.
     */
    public RunConfig rerunErrored(boolean rerun) {
        this.rerunErrored = rerun;
        return this;
    }

    /**
     * Makes this the settings of a run that goes on: what was set before counts as what was recorded. A stop rule that is set
     * from now on takes the place of all that were recorded.
     */
    public RunConfig resume(ResumedRun run) {
        this.resumedRun = run;
        this.stopsAsRecorded = true;
        return this;
    }

    /** Returns the level of printing. */
    public int verbose() {
        return verbose;
    }

    /** Returns where the status table goes, or null if it was not set. */
    public @Nullable PrintStream out() {
        return out;
    }

    /** Returns whether pictures are drawn. */
    public boolean plots() {
        return plots;
    }

    /** Returns whether {@code progress.csv} is written. */
    public boolean csv() {
        return csv;
    }

    /** Returns whether event files for TensorBoard are written. */
    public boolean tensorBoard() {
        return tensorBoard;
    }

    /** Returns the scheduler, or null if none was set. */
    public @Nullable Scheduler scheduler() {
        return scheduler;
    }

    /** Sets when states are written; for tests. */
    RunConfig states(StatePolicy policy) {
        this.states = policy;
        return this;
    }

    StatePolicy states() {
        return states;
    }

    @Nullable
    ResumedRun resumedRun() {
        return resumedRun;
    }

    boolean rerunErrored() {
        return rerunErrored;
    }

    boolean stopsAsRecorded() {
        return stopsAsRecorded;
    }

    @Nullable
    Searcher searchAlg() {
        return searchAlg;
    }

    @Nullable
    String name() {
        return name;
    }

    int numSamples() {
        return numSamples;
    }

    @Nullable
    String metric() {
        return metric;
    }

    @Nullable
    Mode mode() {
        return mode;
    }

    CheckpointPolicy checkpoints() {
        String column = checkpointScoreAttr == null ? "" : checkpointScoreAttr;
        boolean min = column.startsWith(RunSettings.MIN_PREFIX);
        return new CheckpointPolicy(
                checkpointFreq,
                checkpointAtEnd,
                keepCheckpointsNum,
                RunSettings.withoutPrefix(column),
                min ? Mode.MIN : Mode.MAX);
    }

    List<StopRule> stopRules() {
        return List.copyOf(stopRules.values());
    }

    SearchSpace space() {
        SearchSpace constrained = space;
        for (Constraint constraint : constraints) {
            constrained = constrained.constraint(constraint);
        }
        return constrained;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    @Nullable
    Integer maxConcurrentTrials() {
        return maxConcurrentTrials;
    }

    Resources resources() {
        return new Resources(cpusPerTrial);
    }

    FailurePolicy failures() {
        return new FailurePolicy(maxFailures, failFast);
    }

    Path storagePath() {
        return storagePath;
    }

    List<RunListener> listeners() {
        return List.copyOf(listeners);
    }
}
