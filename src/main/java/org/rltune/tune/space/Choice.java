package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.random.Pcg64;

/** One of several options in a declared order, each as likely; perturbation moves to a neighbour. */
public record Choice(List<?> options) implements Domain, Ordered {
    /** Copies the options and checks that there are some and that all differ. */
    public Choice {
        List<Object> copy = new ArrayList<>();
        for (Object option : options) {
            Object value = Values.normal("choice(...)[" + copy.size() + "]", option);
            if (copy.contains(value)) {
                throw new IllegalArgumentException("choice(" + words(copy) + ", ...): the options must differ, but "
                        + Values.text(value) + " stands there twice. Remove one.");
            }
            copy.add(value);
        }
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("choice(): there must be at least one option. Give some.");
        }
        options = List.copyOf(copy);
    }

    @Override
    public Object sample(Pcg64 random, HyperParams chosenSoFar) {
        return options.get((int) random.integers(0, options.size()));
    }

    @Override
    public boolean contains(Object value) {
        return options.contains(value);
    }

    /** Returns the option itself, or the nearest number among the options, the first of two that are as near. */
    @Override
    public Object clamp(Object value) {
        Object normal = Values.normal("the value", value);
        if (options.contains(normal)) {
            return normal;
        }
        Object nearest = null;
        if (normal instanceof Number wanted) {
            double distance = Double.POSITIVE_INFINITY;
            for (Object option : options) {
                if (option instanceof Number number) {
                    double gap = Math.abs(number.doubleValue() - wanted.doubleValue());
                    if (nearest == null || gap < distance) {
                        nearest = option;
                        distance = gap;
                    }
                }
            }
        }
        if (nearest == null) {
            throw new IllegalArgumentException(
                    Values.text(normal) + " is not an option of " + this + ". Choose one of them."
                            + Suggest.nearest(
                                    String.valueOf(normal),
                                    options.stream().map(String::valueOf).toList()));
        }
        return nearest;
    }

    /** Moves one option to the left or to the right, by a fair coin; at an end a move beyond it changes nothing. */
    @Override
    public Move perturb(Object value, double factor, Pcg64 random) {
        int index = options.indexOf(clamp(value));
        boolean right = random.integers(0, 2) == 1;
        int wanted = right ? index + 1 : index - 1;
        int next = Math.max(0, Math.min(options.size() - 1, wanted));
        String how = right ? "shift right" : "shift left";
        return new Move(options.get(next), next == wanted ? how : how + ", stays at its end");
    }

    @Override
    public List<Object> extremes() {
        return List.copyOf(options);
    }

    /** Returns whether all options are numbers, so that a constraint can order them. */
    boolean isNumeric() {
        return options.stream().allMatch(Number.class::isInstance);
    }

    @Override
    public @Nullable Number atMost(Number bound) {
        Number best = null;
        for (Object option : options) {
            Number number = (Number) option;
            boolean inside = Values.compare(number, bound) <= 0;
            best = inside && (best == null || Values.compare(number, best) > 0) ? number : best;
        }
        return best;
    }

    @Override
    public @Nullable Number atLeast(Number bound) {
        Number best = null;
        for (Object option : options) {
            Number number = (Number) option;
            boolean inside = Values.compare(number, bound) >= 0;
            best = inside && (best == null || Values.compare(number, best) < 0) ? number : best;
        }
        return best;
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
        return "choice(" + words(options) + ")";
    }

    private static String words(List<?> options) {
        List<String> words = new ArrayList<>();
        options.forEach(option -> words.add(Values.text(option)));
        return String.join(", ", words);
    }
}
