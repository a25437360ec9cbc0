package org.rltune.tune.search;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.Grid;
import org.rltune.tune.space.GridPoints;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * The combinations of the grids of a space that a searcher goes through, where some values may be given: those that the
 * constraints of the space allow, in the order of nested loops, the last grid innermost.
 */
final class GridPlan {
    /** So many combinations are looked at one by one where constraints may forbid some of them. */
    private static final int MOST_CHECKED = 1 << 20;

    private final Map<String, Integer> steps = new LinkedHashMap<>();
    private final GridPoints points;

    /** The indices of the combinations that are allowed; null if all are. */
    private final long @Nullable [] allowed;

    private final String rules;

    /**
     * Counts the combinations.
     *
     * @param given values that stand already; grids among them have no others
     * @throws IllegalArgumentException if there are too many to count or to check, or the constraints forbid all
     */
    GridPlan(SearchSpace space, HyperParams given) {
        SearchSpace fixed = Given.fixed(space, given);
        this.points = fixed.grid();
        fixed.domains().forEach((name, domain) -> {
            if (domain instanceof Grid grid) {
                steps.put(name, grid.options().size());
            }
        });
        this.rules = fixed.constraints().stream().map(Object::toString).collect(Collectors.joining(", "));
        Set<String> bound = bound(fixed);
        this.allowed = bound.isEmpty() ? null : allowed(fixed, bound);
        if (allowed != null && allowed.length == 0) {
            throw new IllegalArgumentException("No combination of the grids " + String.join(", ", steps.keySet())
                    + " obeys " + rules + ". Change their values.");
        }
    }

    /** Returns the names of the grids whose values the constraints may forbid. */
    private static Set<String> bound(SearchSpace space) {
        Set<String> names = new LinkedHashSet<>();
        space.constraints().forEach(rule -> names.addAll(rule.names()));
        names.removeIf(name -> !(space.domains().get(name) instanceof Grid));
        return names;
    }

    private long[] allowed(SearchSpace space, Set<String> bound) {
        if (points.size() > MOST_CHECKED) {
            throw new IllegalArgumentException("The grid has " + Totals.count(points.size())
                    + " combinations, but where constraints (" + rules + ") may forbid some of them it can have "
                    + Totals.count(MOST_CHECKED) + " at most. Give it fewer values, or take " + String.join(", ", bound)
                    + " out of it.");
        }
        Map<HyperParams, Boolean> known = new HashMap<>(); // looked up only: its order does not matter
        long[] indices = new long[(int) points.size()];
        int count = 0;
        for (int index = 0; index < indices.length; index++) {
            HyperParams values = points.at(index).only(bound);
            if (known.computeIfAbsent(values, some -> goTogether(space, some))) {
                indices[count++] = index;
            }
        }
        return Arrays.copyOf(indices, count);
    }

    /** A space whose constraints cannot hold cannot be made. */
    private static boolean goTogether(SearchSpace space, HyperParams values) {
        try {
            Given.fixed(space, values);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns how many combinations there are; 1, without a value, where there is no grid. */
    long size() {
        return allowed == null ? points.size() : allowed.length;
    }

    /** Returns a combination, by name. */
    HyperParams at(long index) {
        return points.at(allowed == null ? index : allowed[(int) index]);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Returns such as {@code 10 hyperparameters with 4 steps each} or {@code lr 3 x lambda 4}. */
    String arithmetic() {
        List<Integer> sizes = List.copyOf(steps.values());
        boolean same = sizes.stream().distinct().count() == 1;
        String product = same && sizes.size() > 1
                ? sizes.size() + " hyperparameters with " + sizes.get(0) + " steps each"
                : steps.entrySet().stream()
                        .map(step -> step.getKey() + " " + step.getValue())
                        .collect(Collectors.joining(" x "));
        long left = points.size() - size();
        return left == 0
                ? product
                : product + " = " + Totals.count(points.size()) + ", of which " + Totals.count(left)
                        + " are left out since they break " + rules;
    }
}
