package org.rltune.tune;

import java.util.List;
import java.util.Set;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.SearchSpace;

/** A kind of trainable, known by name to {@code Tune.run}. */
public interface TrainableSpec {

    /** Returns the name, such as {@code PPO}. */
    String name();

    /** Makes one; may throw IllegalArgumentException for values that the trainable does not accept. */
    Trainable create(TrialContext context);

    /**
     * Returns the space with the defaults in it that its constraints are about, so that a constraint between a tuned value
     * and a default holds too.
     */
    default SearchSpace complete(SearchSpace space) {
        return space;
    }

    /** Returns the names whose values cannot change between two iterations, so that a scheduler must not mutate them. */
    default Set<String> fixed() {
        return Set.of();
    }

    /** Returns the constraints between hyperparameters that hold for every trainable of this kind. */
    default List<Constraint> constraints() {
        return List.of();
    }

    /**
     * Checks a search space before anything starts: unknown names, domains that reach outside what is accepted.
     *
     * @throws IllegalArgumentException with name, value, rule and remedy
     */
    default void check(SearchSpace space) {}

    /** Returns whether every trial says by {@link Iteration#last} when it is finished, so that a run needs no stop rule. */
    default boolean endsItself() {
        return false;
    }

    /** Returns lines to print at start, such as the arithmetic of batch sizes; empty if there is nothing to say. */
    default List<String> preflight(SearchSpace space) {
        return List.of();
    }

    /**
     * Returns why results could differ between two runs with these settings, for {@code run.json}; empty as it should be.
     */
    default List<String> exceptionsToReproducibility(SearchSpace space) {
        return List.of();
    }

    /**
     * Returns metrics that may be absent from the first rows, such as the mean return before an episode has ended. Any
     * other metric that is asked for (to optimise, to stop, to rank checkpoints) must stand in a trial's first row;
     * otherwise it counts as misspelt. Nested names are joined with "/".
     */
    default Set<String> lateMetrics() {
        return Set.of();
    }

    /** As {@link #lateMetrics()}, where they depend on the settings. */
    default Set<String> lateMetrics(SearchSpace space) {
        return lateMetrics();
    }
}
