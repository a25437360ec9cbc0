package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Says when a trial, or a whole experiment, has had enough. Several rules of a run combine: the first that fires counts.
 *
 * <p>A rule is a description without a state: one object may serve many trials and many runs. What has to be remembered is
 * read from the trial's rows, or kept in the {@linkplain #watch() watch} of one run.
 */
@FunctionalInterface
public interface StopRule {

    /**
     * Returns whether the trial ends after this row. Called for each row, in order, from the thread that runs the trial;
     * the answer may depend on the trial's rows only, and is the same when it is asked for again.
     *
     * @param row the trial's newest row
     */
    boolean shouldStop(Trial trial, Map<String, Object> row);

    /** Returns how far the trial has come by this rule, from 0 to 1; empty if the rule cannot tell. */
    default OptionalDouble progress(Trial trial) {
        return OptionalDouble.empty();
    }

    /** Returns the columns that the rule reads as numbers: one that is missing in a first row counts as misspelt. */
    default Set<String> columns() {
        return Set.of();
    }

    /**
     * Returns the rule for a run that optimises the metric: a rule that follows the mode of the run takes it here.
     *
     * @param metric what the run optimises; empty if nothing
     * @throws IllegalArgumentException if the rule does not fit the run
     */
    default StopRule bind(String metric, Mode mode) {
        return this;
    }

    /** Returns what said yes when {@link #shouldStop} did: of a combination the part that fired. */
    default String firedBy(Trial trial, Map<String, Object> row) {
        return StopTexts.of(this);
    }

    /** Returns what watches a whole run for this rule; empty if the rule ends single trials only. Called once for a run. */
    default Optional<ExperimentWatch> watch() {
        return Optional.empty();
    }

    /**
     * Returns the rule as an experiment file says it, as JSON values; empty if no file can. It is made again from this when a
     * run is resumed; what no file can say must be passed again then.
     */
    default Map<String, Object> toJson() {
        return Map.of();
    }

    /** Returns why the results may differ between two runs of the same experiment; empty if they do not. */
    default List<String> exceptions() {
        return List.of("the stop rule " + StopTexts.of(this)
                + " is user code: the digest repeats only if it depends on the trial's rows alone");
    }

    /**
     * Ends a trial when its row's value is at least the given one, as in Ray Tune, whatever the mode. Counters are the
     * trial's own: {@code training_iteration} 50 is fifty iterations of this trial, also after it copied another one.
     *
     * @param key a column, nested ones with "/"
     * @throws IllegalArgumentException if the value is not finite, or not positive where the key is a counter
     */
    static StopRule atLeast(String key, double value) {
        return new StopByKey(key, true, value);
    }

    /**
     * Ends a trial when its row's value is at most the given one, such as a loss that is small enough.
     *
     * @param key a column, nested ones with "/"
     * @throws IllegalArgumentException if the value is not finite, or the key is a counter, which only grows
     */
    static StopRule atMost(String key, double value) {
        return new StopByKey(key, false, value);
    }

    /**
     * Ends a trial when the metric of the run has reached the value: at least it where larger is better, at most it where
     * smaller is. (Ray Tune's dictionary always means "at least", so that a loss ends every trial at once, ray#14235.)
     *
     * @param metric the metric of the run; for another column say {@link #atLeast} or {@link #atMost}
     */
    static StopRule target(String metric, double value) {
        return new StopAtTarget(metric, value);
    }

    /** Ends a trial after its own iterations; the same as {@code atLeast("training_iteration", iterations)}. */
    static StopRule maximumIterations(int iterations) {
        return atLeast(ResultColumns.TRAINING_ITERATION, iterations);
    }

    /** Ends a trial that has trained for this long; depends on the clock. */
    static StopRule trialTimeBudget(double seconds) {
        return atLeast(ResultColumns.TIME_TOTAL_S, seconds);
    }

    /**
     * Ends the whole experiment that many seconds after its start; trials that run end after their current iteration.
     * Depends on the clock.
     */
    static StopRule timeBudget(double seconds) {
        return new StopTimeBudget(seconds);
    }

    /** Ends a trial whose column has stopped moving, with the defaults of Ray Tune's {@code TrialPlateauStopper}. */
    static StopOnPlateau plateau(String metric) {
        return StopOnPlateau.of(metric);
    }

    /** Ends the experiment when its best results agree, with the defaults of Tune's {@code ExperimentPlateauStopper}. */
    static StopAllOnPlateau experimentPlateau(String metric) {
        return StopAllOnPlateau.of(metric);
    }

    /**
     * Ends the whole experiment when the newest values of a column, summed over all trials, reach a value: a budget such as
     * {@code experimentTotal("timesteps_total", 300_000)}. Each trial that runs then still ends its iteration.
     *
     * @param column a column that counts up, nested ones with "/"
     * @param value above 0
     */
    static StopRule experimentTotal(String column, double value) {
        return new StopAtTotal(column, value);
    }

    /** Ends the whole experiment when the rule fires for any trial. Every trial is looked at after each iteration. */
    static StopRule stopAll(StopRule rule) {
        return new StopAllWhen(rule);
    }

    /**
     * Ends a trial by a function, as Ray Tune's {@code stop=lambda trial_id, result}.
     *
     * @param description what the run's files and the console say of it
     * @param function given the trial's id and its newest row; must depend on these alone
     */
    static StopRule function(String description, BiPredicate<String, Map<String, Object>> function) {
        return named(description, (trial, row) -> function.test(trial.id(), row));
    }

    /** Gives a rule of one's own a description for the run's files and the console. */
    static StopRule named(String description, StopRule rule) {
        return new StopNamed(description, rule);
    }

    /** Fires when any of the rules does. */
    static StopRule anyOf(StopRule... rules) {
        return new StopCombined(List.of(rules), false);
    }

    /** Fires when all of the rules hold after the same row. Rules about the whole experiment cannot take part. */
    static StopRule allOf(StopRule... rules) {
        return new StopCombined(List.of(rules), true);
    }

    /** Returns {@code anyOf(this, other)}. */
    default StopRule or(StopRule other) {
        return anyOf(this, other);
    }

    /** Returns {@code allOf(this, other)}. */
    default StopRule and(StopRule other) {
        return allOf(this, other);
    }
}
