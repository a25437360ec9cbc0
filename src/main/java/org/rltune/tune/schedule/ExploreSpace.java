package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.tune.space.Condition;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Where exploration may lead, whatever proposes the values: values of {@code sampleFrom} are computed from the new ones,
 * the user's own function runs, and the result is clamped into the domains and made to obey the constraints. Where a new
 * value decides which others exist, those that it brings are drawn, and those that it ends are left out.
 */
final class ExploreSpace {
    private final SearchSpace space;
    private final Map<String, Domain> mutations;
    private final @Nullable UnaryOperator<HyperParams> custom;

    ExploreSpace(SearchSpace space, Map<String, Domain> mutations, @Nullable UnaryOperator<HyperParams> custom) {
        this.space = space;
        this.mutations = mutations;
        this.custom = custom;
        declared(HyperParams.empty(), true); // refuses mutations that the constraints leave no values for
    }

    /** New hyperparameters, and by name what was done, such as {@code 0.0003 --- (* 1.2) --> 0.00036}. */
    record Explored(HyperParams values, Map<String, String> changes) {}

    Map<String, Domain> mutations() {
        return mutations;
    }

    /** Returns whether a name exists only beside certain values of another. */
    boolean isConditional(String name) {
        return space.conditions().containsKey(name);
    }

    /**
     * Makes proposed values ready for use.
     *
     * @param proposed the donor's values with those that were changed
     * @param how by name what was done
     * @param random gives the stream from which to draw what the proposed values bring into being
     */
    Explored finish(HyperParams donor, HyperParams proposed, Map<String, String> how, Function<String, Pcg64> random) {
        HyperParams values = repaired(active(proposed, how, random), how);
        HyperParams computed = around(values).compute(values, mutations.keySet());
        if (custom != null) {
            HyperParams customised = customised(custom, computed);
            mark(how, computed, customised, "custom explore");
            computed = active(customised, how, random);
        }
        HyperParams result = repaired(computed, how);
        return new Explored(result, changes(donor, result, how));
    }

    /** Leaves out what another value no longer allows, and draws what it brings. */
    private HyperParams active(HyperParams values, Map<String, String> how, Function<String, Pcg64> random) {
        HyperParams active = declared(values, true).activate(values, random);
        for (String name : space.conditions().keySet()) {
            if (values.contains(name) != active.contains(name)) {
                Condition condition = space.conditions().get(name);
                how.put(name, (active.contains(name) ? "new with " : "gone without ") + condition);
            }
        }
        return active;
    }

    private HyperParams customised(UnaryOperator<HyperParams> function, HyperParams explored) {
        HyperParams result = function.apply(explored);
        if (result == null) {
            throw new IllegalArgumentException("customExploreFn returned null for " + explored
                    + ", but it must return hyperparameters. Return what it was given, changed or not.");
        }
        TreeSet<String> names = new TreeSet<>(result.names());
        if (!names.equals(new TreeSet<>(explored.names()))) {
            throw new IllegalArgumentException("customExploreFn was given " + explored + " and returned " + result
                    + ", but it must keep the names. Change values only, by with(name, value).");
        }
        HyperParams inside = explored.withAll(result);
        for (Map.Entry<String, Domain> entry : space.domains().entrySet()) {
            if (!mutations.containsKey(entry.getKey()) && inside.contains(entry.getKey())) {
                inside = inside.with(entry.getKey(), entry.getValue().clamp(inside.get(entry.getKey())));
            }
        }
        return inside;
    }

    private HyperParams repaired(HyperParams values, Map<String, String> how) {
        SearchSpace around = around(values);
        HyperParams repaired = around.repair(around.clamp(values));
        mark(how, values, repaired, "repaired");
        return repaired;
    }

    /** Returns the space in which only what is mutated may move; or all, where the rest leaves no room to repair. */
    private SearchSpace around(HyperParams values) {
        try {
            return declared(values, false);
        } catch (IllegalArgumentException noRoom) {
            return declared(values, true);
        }
    }

    private SearchSpace declared(HyperParams values, boolean allDomains) {
        Map<String, Object> changed = new LinkedHashMap<>(values.asMap());
        if (allDomains) {
            changed.keySet().removeAll(space.domains().keySet());
        }
        changed.putAll(mutations);
        return space.withAll(changed);
    }

    private static void mark(Map<String, String> how, HyperParams before, HyperParams after, String word) {
        for (String name : after.names()) {
            if (before.contains(name) && !before.get(name).equals(after.get(name))) {
                how.merge(name, word, (first, second) -> first + ", " + second);
            }
        }
    }

    private static Map<String, String> changes(HyperParams donor, HyperParams explored, Map<String, String> how) {
        Map<String, String> changes = new LinkedHashMap<>();
        how.forEach((name, word) ->
                changes.put(name, text(donor, name) + " --- (" + word + ") --> " + text(explored, name)));
        return changes;
    }

    private static String text(HyperParams values, String name) {
        return values.contains(name) ? Texts.value(values.get(name)) : "-";
    }
}
