package org.rltune.tune;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rltune.random.Seeds;
import org.rltune.tune.space.SearchSpace;

/**
 * Chooses the hyperparameters of the trials, one trial after the other.
 *
 * <p>Calls come from one thread, in an order that is computed from steps and trial numbers, never from arrival. A searcher
 * draws only from the streams that it was given, so the same calls get the same answers.
 */
public interface Searcher {

    /** Returns the metric that was set on the searcher itself; empty if it takes that of the run. */
    default Optional<String> metric() {
        return Optional.empty();
    }

    /** Returns the mode that was set on the searcher itself; empty if it takes that of the run. */
    default Optional<Mode> mode() {
        return Optional.empty();
    }

    /**
     * Returns whether later suggestions depend on results. Where they do not, trials are independent of each other, and a
     * slot is free as soon as its trial has ended.
     */
    default boolean learns() {
        return true;
    }

    /** Returns whether the searcher compares trials, so that a run without a metric must be refused. */
    default boolean needsMetric() {
        return learns();
    }

    /** Returns its settings as JSON values, for {@code run.json}. */
    default Map<String, Object> settings() {
        return Map.of();
    }

    /**
     * Returns the space from which it chooses: the given one, with what the searcher adds to it. Called before
     * {@link #totalTrials} and {@link #begin}, which get the result.
     */
    default SearchSpace extend(SearchSpace space) {
        return space;
    }

    /**
     * Called before the run starts.
     *
     * @throws IllegalArgumentException if the method means nothing under this scheduler
     */
    default void checkScheduler(Scheduler scheduler) {}

    /** Returns why its suggestions could differ between two machines, one sentence each; empty as it should be. */
    default List<String> exceptionsToReproducibility() {
        return List.of();
    }

    /**
     * Returns how many trials there will be at most: {@code numSamples}, or for a grid its size times {@code numSamples}.
     *
     * @throws IllegalArgumentException if that is more than {@link Integer#MAX_VALUE}, with the arithmetic
     */
    default int totalTrials(SearchSpace space, int numSamples) {
        return numSamples;
    }

    /**
     * Returns how many trials may be under way at once where the user sets no {@code max_concurrent_trials}. A searcher that
     * learns gains from a small number; the number must not depend on the machine, since results depend on it.
     */
    default int defaultConcurrentTrials() {
        return Integer.MAX_VALUE;
    }

    /** Returns what a user should know before the run starts, such as the size of a grid; called after {@link #begin}. */
    default List<String> preflight() {
        return List.of();
    }

    /**
     * Called once, before the first suggestion.
     *
     * @throws IllegalArgumentException for settings that do not fit together, or domains that the method cannot search
     */
    void begin(Setup setup);

    /** Returns the hyperparameters of the trial with this number; numbers count up from 0 without gaps. */
    Suggestion suggest(int trialNumber);

    /**
     * A trial arrived with results that the searcher has not seen: it goes on, waits or has ended. Schedulers that never
     * interrupt trials let the searcher see each trial at its end only.
     */
    default void onResult(Scheduler.TrialView trial) {}

    /**
     * A trial has ended; {@link Scheduler.TrialView#outcome} says how. Called once, after its last {@link #onResult}; a trial
     * that failed in its first iteration had none.
     */
    default void onTrialEnd(Scheduler.TrialView trial) {}

    /** One line for the console, such as {@code TPE: 12 trials in the model}. */
    String summary();

    /** Returns the state as JSON values, from which {@link #restore} goes on with the same suggestions. */
    Map<String, Object> save();

    /** Goes on where {@link #save()} stood; called after {@link #begin}. */
    void restore(Map<String, Object> state);

    /**
     * What a searcher is told at the beginning.
     *
     * @param metric what is optimised; empty if nothing is
     * @param mode whether larger or smaller is better
     * @param space the search space, with constants and constraints
     * @param seeds the root of the experiment's random streams: {@code space.sample(seeds, trialNumber)} gives what random
     *     search gives with the same seed
     * @param totalTrials how many trials there will be at most
     */
    record Setup(String metric, Mode mode, SearchSpace space, Seeds seeds, int totalTrials) {}
}
