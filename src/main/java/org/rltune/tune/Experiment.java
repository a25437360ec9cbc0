package org.rltune.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.rltune.tune.space.SearchSpace;

/** An experiment that runs or has run: what listeners see of it. Safe to read from any thread. */
public final class Experiment {
    private static final double NANOS = 1e9;

    private final RunSettings settings;
    private final List<Trial> trials;
    private final List<String> preflight;
    private final List<String> warnings;
    private final long start = System.nanoTime();
    private volatile OptionalLong end = OptionalLong.empty();

    Experiment(RunSettings settings, List<Trial> trials) {
        this.settings = settings;
        this.trials = List.copyOf(trials);
        this.preflight = List.copyOf(settings.spec().preflight(settings.space()));
        this.warnings = List.copyOf(settings.scheduler().warnings());
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

    /** Returns all trials in the order of their numbers. */
    public List<Trial> trials() {
        return trials;
    }

    /** Returns the rules that end a trial; the first that fires counts. */
    public List<StopRule> stopRules() {
        return settings.stopRules();
    }

    /** Returns who decides; listeners may call {@link Scheduler#summary()} only. */
    public Scheduler scheduler() {
        return settings.scheduler();
    }

    /** Returns how many threads do the work. */
    public int threads() {
        return settings.threads();
    }

    /** Returns what the trainable says before it starts, such as the arithmetic of its batches. */
    public List<String> preflight() {
        return preflight;
    }

    /** Returns what the scheduler warns of. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the seconds since it started, or that it took if it has ended. */
    public double elapsedSeconds() {
        return (end.orElseGet(System::nanoTime) - start) / NANOS;
    }

    /**
     * Returns how far it has come by the stop rules, from 0 to 1: the mean over all trials, where one that has ended counts
     * as 1; empty if no rule can tell.
     */
    public OptionalDouble progress() {
        double sum = 0;
        for (Trial trial : trials) {
            OptionalDouble progress = progress(trial);
            if (progress.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += progress.getAsDouble();
        }
        return OptionalDouble.of(sum / trials.size());
    }

    private OptionalDouble progress(Trial trial) {
        if (trial.status().ended()) {
            return OptionalDouble.of(1);
        }
        return settings.stopRules().stream()
                .map(rule -> rule.progress(trial))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .max();
    }

    /** Returns an estimate of the seconds that it will still take; empty as long as there is nothing to go by. */
    public OptionalDouble remainingSeconds() {
        OptionalDouble progress = progress();
        if (progress.isEmpty() || progress.getAsDouble() <= 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(elapsedSeconds() * (1 - progress.getAsDouble()) / progress.getAsDouble());
    }

    RunSettings settings() {
        return settings;
    }

    void end() {
        end = OptionalLong.of(System.nanoTime());
    }
}
