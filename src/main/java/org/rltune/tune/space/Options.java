package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.random.Pcg64;

/** What the domains share that list their values one by one. */
final class Options {
    private Options() {}

    /** Returns the options in their one type, or refuses none or two that are equal. */
    static List<Object> checked(String name, List<?> options) {
        List<Object> copy = new ArrayList<>();
        for (Object option : options) {
            Object value = Values.normal(name + "(...)[" + copy.size() + "]", option);
            if (copy.contains(value)) {
                throw new IllegalArgumentException(name + "(" + words(copy) + ", ...): the options must differ, but "
                        + Values.text(value) + " stands there twice. Remove one.");
            }
            copy.add(value);
        }
        if (copy.isEmpty()) {
            throw new IllegalArgumentException(name + "(): there must be at least one option. Give some.");
        }
        return List.copyOf(copy);
    }

    static Object sample(List<?> options, Pcg64 random) {
        return options.get((int) random.integers(0, options.size()));
    }

    /** Returns the option itself, or the nearest number among the options, the first of two that are as near. */
    static Object clamp(Domain domain, List<?> options, Object value) {
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
                    Values.text(normal) + " is not an option of " + domain + ". Choose one of them."
                            + Suggest.nearest(
                                    String.valueOf(normal),
                                    options.stream().map(String::valueOf).toList()));
        }
        return nearest;
    }

    /** Moves one option to the left or to the right, by a fair coin; at an end a move beyond it changes nothing. */
    static Domain.Move perturb(Domain domain, List<?> options, Object value, Pcg64 random) {
        int index = options.indexOf(clamp(domain, options, value));
        boolean right = random.integers(0, 2) == 1;
        int wanted = right ? index + 1 : index - 1;
        int next = Math.max(0, Math.min(options.size() - 1, wanted));
        String how = right ? "shift right" : "shift left";
        return new Domain.Move(options.get(next), next == wanted ? how : how + ", stays at its end");
    }

    /** Returns whether all options are numbers, so that a constraint can order them. */
    static boolean isNumeric(List<?> options) {
        return options.stream().allMatch(Number.class::isInstance);
    }

    static @Nullable Number atMost(List<?> options, Number bound) {
        Number best = null;
        for (Object option : options) {
            Number number = (Number) option;
            boolean inside = Values.compare(number, bound) <= 0;
            best = inside && (best == null || Values.compare(number, best) > 0) ? number : best;
        }
        return best;
    }

    static @Nullable Number atLeast(List<?> options, Number bound) {
        Number best = null;
        for (Object option : options) {
            Number number = (Number) option;
            boolean inside = Values.compare(number, bound) >= 0;
            best = inside && (best == null || Values.compare(number, best) < 0) ? number : best;
        }
        return best;
    }

    static String text(String name, List<?> options) {
        return name + "(" + words(options) + ")";
    }

    static String words(List<?> options) {
        List<String> words = new ArrayList<>();
        options.forEach(option -> words.add(Values.text(option)));
        return String.join(", ", words);
    }
}
