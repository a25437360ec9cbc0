package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * Values that are all tried: a searcher crosses them with those of every other grid, so that each combination is a trial.
 *
 * <p>The searcher takes the values from {@link #options}. {@link #sample}, which picks one at random, serves only who
 * draws a value anew while a trial runs, as population based training does; {@link #perturb} moves to a neighbour.
 */
public record Grid(List<Object> options) implements Domain, Ordered {
    /** Copies the options and checks that there are some and that all differ. */
    public Grid {
        options = Options.checked("grid", options);
    }

    /** Picks an option at random; the trials of a grid search do not: their searcher goes through all. */
    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return Options.sample(options, random);
    }

    @Override
    public boolean contains(Object value) {
        return options.contains(value);
    }

    /** Returns the option itself, or the nearest number among the options, the first of two that are as near. */
    @Override
    public Object clamp(Object value) {
        return Options.clamp(this, options, value);
    }

    /** Moves one option to the left or to the right, by a fair coin; at an end a move beyond it changes nothing. */
    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        return Options.perturb(this, options, value, random);
    }

    @Override
    public List<Object> extremes() {
        return List.copyOf(options);
    }

    @Override
    public boolean isNumeric() {
        return Options.isNumeric(options);
    }

    @Override
    public @Nullable Number atMost(Number bound) {
        return Options.atMost(options, bound);
    }

    @Override
    public @Nullable Number atLeast(Number bound) {
        return Options.atLeast(options, bound);
    }

    @Override
    public Object toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domain", "grid");
        json.put("options", options);
        return json;
    }

    @Override
    public String toString() {
        return Options.text("grid", options);
    }
}
