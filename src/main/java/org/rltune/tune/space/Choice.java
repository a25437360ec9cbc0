package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/** One of several options in a declared order, each as likely; perturbation moves to a neighbour. */
public record Choice(List<?> options) implements Domain, Ordered {
    /** Copies the options and checks that there are some and that all differ. */
    public Choice {
        options = Options.checked("choice", options);
    }

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
        json.put("domain", "choice");
        json.put("options", options);
        return json;
    }

    @Override
    public String toString() {
        return Options.text("choice", options);
    }
}
