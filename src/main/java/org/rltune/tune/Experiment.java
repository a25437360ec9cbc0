package org.rltune.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.rltune.tune.space.SearchSpace;

/** An experiment that runs or has run: what listeners see of it. Safe to read from any thread. */
public final class Experiment {
    private static final double NANOS = 1e9;

    private final RunSettings settings;
    private final AppendOnlyList<Trial> trials = new AppendOnlyList<>();
    private final ProgressMeter meter;
    private final List<String> preflight;
    private final List<String> warnings;
    private final StopAll stopAll;
    private final long start = System.nanoTime();
    private volatile List<String> summaries = List.of();
    private volatile OptionalLong end = OptionalLong.empty();

    private final double secondsBefore;
    private volatile Runnable interruption = () -> {};

    /**
     * @param secondsBefore for how long earlier sessions of the run ran
     * @param notes what is said first
     */
    Experiment(RunSettings settings, double secondsBefore, List<String> notes) {
        this.settings = settings;
        this.secondsBefore = secondsBefore;
        this.meter = new ProgressMeter(settings.stopRules(), settings.totalTrials());
        List<String> lines = new ArrayList<>(notes);
        lines.addAll(settings.searcher().preflight());
        lines.addAll(settings.spec().preflight(settings.space()));
        lines.addAll(settings.resources()
                .preflight(settings.threads(), settings.maxConcurrentTrials(), settings.totalTrials()));
        this.preflight = List.copyOf(lines);
        List<String> all = new ArrayList<>(settings.warnings());
        all.addAll(settings.scheduler().warnings());
        this.warnings = List.copyOf(all);
        this.stopAll = new StopAll(settings.stopRules(), secondsBefore);
    }

    /** Returns its name, also that of its folder. */
    public String name() {
        return settings.name();
    }

    /** Returns where its files lie. */
    public Path folder() {
        return settings.folder();
    }

    /** Returns the name of what is trained. */
    public String trainable() {
        return settings.spec().name();
    }

    /** Returns what is optimised; empty if no metric was given, which only schedulers that compare nothing accept. */
    public String metric() {
        return settings.metric();
    }

    /** Returns whether larger or smaller is better. */
    public Mode mode() {
        return settings.mode();
    }

    /** Returns the seed of everything random. */
    public long seed() {
        return settings.seed();
    }

    /** Returns what trials are sampled from. */
    public SearchSpace space() {
        return settings.space();
    }

    /** Returns the trials that have been made so far, in the order of their numbers; the list does not change. */
    public List<Trial> trials() {
        return trials.snapshot();
    }

    /** Returns how many trials there will be: at most, until the searcher has said that there are no more. */
    public int totalTrials() {
        return meter.totalTrials();
    }

    /** Returns whether each trial that has been made has reported at least one row. */
    public boolean everyTrialReported() {
        return meter.everyTrialReported();
    }

    /** Returns the rules that end a trial; the first that fires counts. */
    public List<StopRule> stopRules() {
        return settings.stopRules();
    }

    /** Returns a line each in which the scheduler and the searcher say how far they are; empty before the first arrival. */
    public List<String> summaries() {
        return summaries;
    }

    /** Returns how many threads do the work. */
    public int threads() {
        return settings.threads();
    }

    /** Returns what is said before it starts, such as the size of a grid or the arithmetic of batches. */
    public List<String> preflight() {
        return preflight;
    }

    /** Returns what the settings and the scheduler warn of. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the seconds since it started, or that it took if it has ended; those of all sessions of a resumed run. */
    public double elapsedSeconds() {
        return secondsBefore + (end.orElseGet(System::nanoTime) - start) / NANOS;
    }

    /**
     * Returns how far it has come by the stop rules, from 0 to 1: the mean over all trials, where one that has ended counts
     * as 1 and one that has not been made as 0, or what a rule about the whole experiment says if that is more; empty if no
     * rule can tell.
     */
    public OptionalDouble progress() {
        OptionalDouble trials = meter.progress();
        OptionalDouble all = stopAll.progress();
        return trials.isEmpty() || all.isEmpty()
                ? (trials.isEmpty() ? all : trials)
                : OptionalDouble.of(Math.max(trials.getAsDouble(), all.getAsDouble()));
    }

    /** Returns an estimate of the seconds that it will still take; empty as long as there is nothing to go by. */
    public OptionalDouble remainingSeconds() {
        OptionalDouble progress = progress();
        if (progress.isEmpty() || progress.getAsDouble() <= 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(elapsedSeconds() * (1 - progress.getAsDouble()) / progress.getAsDouble());
    }

    /** Returns whether it was started by an earlier session, so that files of it may be there. */
    public boolean resumed() {
        return settings.resumed();
    }

    /**
     * Ends the run from outside, such as at Ctrl-C: trials stop after their current iteration, their states are saved, and
     * the run ends with a {@link RunInterruptedException}. Safe to call from any thread, and more than once.
     */
    public void interrupt() {
        interruption.run();
    }

    void onInterrupt(Runnable action) {
        this.interruption = action;
    }

    StopAll stopAll() {
        return stopAll;
    }

    RunSettings settings() {
        return settings;
    }

    void add(Trial trial) {
        trials.add(trial);
        meter.made(trial);
    }

    ProgressMeter meter() {
        return meter;
    }

    /** Called by the main loop only, since schedulers and searchers know one thread. */
    void summarize() {
        summaries = List.of(settings.scheduler().summary(), settings.searcher().summary());
    }

    void end() {
        end = OptionalLong.of(System.nanoTime());
    }
}
