package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/**
 * Decides which trials go on, wait, stop, or copy another.
 *
 * <p>Calls come from one thread, in an order that is computed from steps and trial numbers, never from arrival. A
 * scheduler draws only from the streams that it was given.
 */
public interface Scheduler {

    /** Returns the metric that was set on the scheduler itself; empty if it takes that of the run. */
    default Optional<String> metric() {
        return Optional.empty();
    }

    /** Returns whether the scheduler compares trials, so that a run without a metric must be refused. */
    default boolean needsMetric() {
        return true;
    }

    /** Returns its settings as JSON values, for {@code run.json}. */
    default Map<String, Object> settings() {
        return Map.of();
    }

    /** Returns the mode that was set on the scheduler itself; empty if it takes that of the run. */
    default Optional<Mode> mode() {
        return Optional.empty();
    }

    /**
     * Returns the space from which trials are sampled: the given one, with what the scheduler needs and it does not
     * declare. Called before {@link #begin}, which gets the result.
     */
    default SearchSpace extend(SearchSpace space) {
        return space;
    }

    /**
     * Returns what the scheduler may change while a trial runs, and within which domains; empty if nothing. A trainable
     * must accept all of it, as it must accept the domains of the space.
     *
     * @param space the extended space
     */
    default Map<String, Domain> mutations(SearchSpace space) {
        return Map.of();
    }

    /** Returns what a user should know before the run starts, such as a population that is too small. */
    default List<String> warnings() {
        return List.of();
    }

    /** Called once, before the first trial. Throws IllegalArgumentException for settings that do not fit together. */
    void begin(Setup setup);

    /** Called when a trial has been made, in the order of trial numbers, before it starts. */
    default void onTrialAdd(TrialView trial) {}

    /** Returns the metric by which the trial's own time is measured: {@code training_iteration} or {@code timesteps_total}. */
    String timeAttr();

    /**
     * Returns up to which own time the trial may run before the scheduler must see it again; infinity if never. The
     * trial pauses after the first iteration that reaches this time.
     */
    double runUntil(TrialView trial);

    /** Whether {@link #onArrival} needs a checkpoint of the trial as it stands (schedulers that copy trials do). */
    boolean needsCheckpoint();

    /**
     * The trial has reached {@link #runUntil}; decides about it, and about others that were told to pause before.
     *
     * <p>A trial that is to go on or to exploit runs at least one iteration before it arrives again. One that is told to
     * pause does not arrive again before another decision about it.
     *
     * @return decisions in the order in which they are carried out; a trial without one stays paused
     */
    List<Decision> onArrival(TrialView trial);

    /** The trial has ended (stopped, finished or failed); may release others that wait for it. */
    List<Decision> onTrialEnd(TrialView trial);

    /**
     * Nothing runs and no further trial will be made, but trials wait: decides about them, such as to fill up a bracket that
     * came out smaller than planned, or to stop those that will never be promoted.
     *
     * @return decisions about waiting trials; if there are none, the run ends with an error that names those left behind
     */
    default List<Decision> onStall() {
        return List.of();
    }

    /**
     * Returns how many trials may be under way at once where the user sets no {@code max_concurrent_trials}: all, unless the
     * method gains from fewer. The number must not depend on the machine, since results depend on it.
     */
    default int defaultConcurrentTrials() {
        return Integer.MAX_VALUE;
    }

    /**
     * Returns whether the scheduler may want to see a trial before its end. One that never does answers infinity whenever
     * {@link #runUntil} is asked; trials are then independent of each other, and a slot is free as soon as its trial has
     * ended.
     */
    default boolean interrupts() {
        return true;
    }

    /** Returns why its decisions could differ between two machines, one sentence each; empty as it should be. */
    default List<String> exceptionsToReproducibility() {
        return List.of();
    }

    /** One line for the console, such as {@code PopulationBasedTraining: 12 exploits}. */
    String summary();

    /** Returns the state as JSON values, from which {@link #restore} goes on with the same decisions. */
    Map<String, Object> save();

    /** Goes on where {@link #save()} stood; called after {@link #begin} and after the trials were added. */
    void restore(Map<String, Object> state);

    /**
     * What a scheduler is told at the beginning.
     *
     * @param metric what is optimised
     * @param mode whether larger or smaller is better
     * @param space the search space, with constants and constraints
     * @param seeds the experiment's random streams
     * @param numSamples how many trials there will be; fewer if the searcher ends before, or the run does
     */
    record Setup(String metric, Mode mode, SearchSpace space, Seeds seeds, int numSamples) {}

    /** What a scheduler sees of a trial. Views of one trial are one object. */
    interface TrialView {
        /** Returns the id, such as {@code t00003}. */
        String id();

        /** Returns the number, from 0. */
        int number();

        /** Returns the hyperparameters in force. */
        org.rltune.tune.space.HyperParams config();

        /** Returns the trial's own count of iterations. */
        int trainingIteration();

        /** Returns the trial's own time in the scheduler's {@link Scheduler#timeAttr}. */
        double time();

        /** Returns the metric in the last result; empty if the last result had none. */
        OptionalDouble score();

        /** Returns every result with a score up to the last arrival, oldest first; the list does not change. */
        List<TimedScore> scores();

        /** Returns the checkpoint taken at arrival, after the result of which {@link #score} speaks. */
        Checkpoint checkpoint();

        /** Returns whether the trial has ended. */
        boolean ended();

        /** Returns how the trial ended, or {@link Outcome#OPEN}. */
        Outcome outcome();
    }

    /**
     * A score and when it was earned.
     *
     * @param trainingIteration the trial's own iteration, from 1
     * @param time the trial's own time in the scheduler's {@link Scheduler#timeAttr}
     * @param score the metric, sign as reported; may be NaN
     */
    record TimedScore(int trainingIteration, double time, double score) {}

    /** How a trial ended. */
    enum Outcome {
        /** It has not ended. */
        OPEN,
        /** A stop rule ended it. */
        COMPLETED,
        /** The scheduler stopped it before that. */
        STOPPED,
        /** It failed, and will not be tried again. */
        FAILED
    }
}
