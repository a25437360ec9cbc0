package org.rltune.tune.search;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.rltune.check.Suggest;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Values that are given for some hyperparameters of a trial, while the others are drawn at random. */
final class Given {
    private Given() {}

    /**
     * Returns the values in the types of their domains.
     *
     * @param what names the values in errors, such as {@code points_to_evaluate[2]}
     * @param values by name, or nested as the config is
     * @throws IllegalArgumentException if a name is unknown, constant or not active beside the others, a value lies outside
     *     its domain, or the values break a constraint
     */
    static HyperParams checked(String what, Map<String, ?> values, SearchSpace space) {
        Map<String, Object> checked = new LinkedHashMap<>();
        space.named(values).asMap().forEach((name, value) -> checked.put(name, value(what, name, value, space)));
        HyperParams given = HyperParams.of(checked);
        HyperParams known = HyperParams.of(space.constants()).withAll(given);
        for (String name : given.names()) {
            if (!space.isActive(name, known)) {
                throw new IllegalArgumentException(what + " sets " + name + ", which exists only while "
                        + space.conditions().get(name) + ". Set that too, or leave " + name + " out.");
            }
        }
        try {
            fixed(space, given);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " is " + given + ", which does not go together: " + e.getMessage(), e);
        }
        return given;
    }

    private static Object value(String what, String name, Object value, SearchSpace space) {
        Domain domain = space.domains().get(name);
        if (domain == null) {
            String why = space.constants().containsKey(name)
                    ? "which is the constant " + space.constants().get(name)
                    : "which the search space does not declare";
            throw new IllegalArgumentException(what + " sets " + name + ", " + why + ". Known: "
                    + String.join(", ", space.domains().keySet()) + "."
                    + Suggest.nearest(name, space.domains().keySet()));
        }
        if (domain.contains(value)) {
            return value;
        }
        if (value instanceof Long whole && domain.contains(whole.doubleValue())) {
            return whole.doubleValue();
        }
        throw new IllegalArgumentException(
                what + " sets " + name + " to " + value + ", outside " + domain + ". Choose a value inside.");
    }

    /**
     * Returns the space with the given values as constants, so that constraints move the others only.
     *
     * @throws IllegalArgumentException if the constraints cannot hold then
     */
    static SearchSpace fixed(SearchSpace space, HyperParams given) {
        SearchSpace fixed = space;
        for (Map.Entry<String, Object> entry : given.asMap().entrySet()) {
            if (!space.conditions().containsKey(entry.getKey())) { // else it may not be there at all
                fixed = fixed.with(entry.getKey(), entry.getValue());
            }
        }
        return fixed;
    }

    /**
     * Returns complete hyperparameters: the given values, and others drawn for a number as random search draws them. The
     * given values stay as they are; constraints move the others. A value for a name that is not active is left out.
     */
    static HyperParams complete(SearchSpace space, HyperParams given, Seeds seeds, int number) {
        Set<String> bound = new LinkedHashSet<>();
        space.constraints().forEach(rule -> bound.addAll(rule.names()));
        bound.removeAll(space.conditions().keySet());
        HyperParams kept = given.only(bound);
        Map<String, Object> others = new LinkedHashMap<>(given.asMap());
        others.keySet().removeAll(kept.names());
        return fixed(space, kept).complete(others, seeds, number);
    }
}
