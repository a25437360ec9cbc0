package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/**
 * What may be chosen: domains and constants by name, and constraints between them. Immutable.
 *
 * <p>Names keep the order in which they are declared in a LinkedHashMap or a SortedMap; those of any other map (such as
 * {@code Map.of}) are sorted. Domains stand at the top level only: a nested map or list is a constant, and a domain
 * inside of one is refused.
 */
public final class SearchSpace {
    private final Map<String, Object> entries;
    private final List<Constraint> constraints;

    private SearchSpace(Map<String, Object> entries, List<Constraint> constraints) {
        this.entries = Collections.unmodifiableMap(entries);
        this.constraints = List.copyOf(constraints);
        Order.check(this, order());
    }

    /**
     * Returns the space that a config declares.
     *
     * @param config name to {@link Domain} or constant
     * @throws IllegalArgumentException if a constant is of a type that a hyperparameter cannot have
     */
    public static SearchSpace of(Map<String, ?> config) {
        Map<String, Object> entries = new LinkedHashMap<>();
        Values.ordered(config).forEach((name, entry) -> entries.put(name, entry(name, entry)));
        return new SearchSpace(entries, List.of());
    }

    private static Object entry(String name, @Nullable Object entry) {
        Check.notBlank("the name of a hyperparameter", name);
        return entry instanceof Domain ? entry : Values.normal(name, entry);
    }

    /** Returns this space with one name declared anew, or added as the last. */
    public SearchSpace with(String name, Object domainOrConstant) {
        Map<String, Object> changed = new LinkedHashMap<>(entries);
        changed.put(name, entry(name, domainOrConstant));
        return new SearchSpace(changed, constraints);
    }

    /**
     * Returns this space with one more constraint; one that it has already is not added again.
     *
     * @throws IllegalArgumentException if no values inside the domains obey all constraints, with the numbers
     */
    public SearchSpace constraint(Constraint constraint) {
        Set<Constraint> all = new LinkedHashSet<>(constraints);
        all.add(constraint);
        return new SearchSpace(entries, List.copyOf(new ArrayList<>(all)));
    }

    /** Returns all names in the order of declaration. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Returns the domains by name, in the order of declaration. */
    public Map<String, Domain> domains() {
        Map<String, Domain> domains = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (entry instanceof Domain domain) {
                domains.put(name, domain);
            }
        });
        return Collections.unmodifiableMap(domains);
    }

    /** Returns the constants by name, in the order of declaration. */
    public Map<String, Object> constants() {
        Map<String, Object> constants = new LinkedHashMap<>(entries);
        constants.values().removeIf(Domain.class::isInstance);
        return Collections.unmodifiableMap(constants);
    }

    /** Returns the constraints in the order in which they were added. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /**
     * Draws values for a trial: each name from a stream of its own, so that one more name changes no other value. The
     * values of {@code sampleFrom} are computed when the others obey the constraints, which are repaired once more then.
     *
     * @throws IllegalArgumentException if {@code sampleFrom} functions wait for each other in a circle
     */
    public HyperParams sample(Seeds seeds, int trialNumber) {
        return complete(Map.of(), seeds, trialNumber);
    }

    /**
     * Returns values for a trial of which some are chosen already, such as by a searcher: those are clamped into their
     * domains and kept, the others are drawn and computed as {@link #sample} would, and all are made to obey the
     * constraints.
     *
     * @param chosen values by name; one of a constant or of {@code sampleFrom} takes the place of what the space says
     * @throws IllegalArgumentException if a name is not of this space, or a value has no nearest one in its domain
     */
    public HyperParams complete(Map<String, ?> chosen, Seeds seeds, int trialNumber) {
        HyperParams given = clamp(HyperParams.of(chosen));
        for (String name : given.names()) {
            if (!entries.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no hyperparameter '" + name + "' in the search space. Known: "
                                + String.join(", ", entries.keySet()) + "."
                                + Suggest.nearest(name, entries.keySet()));
            }
        }
        return complete(given, seeds, trialNumber);
    }

    private HyperParams complete(HyperParams given, Seeds seeds, int trialNumber) {
        HyperParams chosen = HyperParams.of(constants()).withAll(given);
        List<String> computed = new ArrayList<>();
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            if (given.contains(entry.getKey())) {
                continue;
            }
            if (entry.getValue() instanceof Domain.SampleFrom) {
                computed.add(entry.getKey());
            } else {
                Pcg64 random = seeds.stream("sample/" + entry.getKey(), trialNumber);
                chosen = chosen.with(entry.getKey(), entry.getValue().sample(random, chosen));
            }
        }
        return inOrder(repair(compute(repair(chosen), computed)));
    }

    /**
     * Computes the {@code sampleFrom} values among the given names anew from the other values, in whichever order they
     * need each other; other names are left as they are.
     *
     * @throws IllegalArgumentException if they wait for each other in a circle, or a function fails
     */
    public HyperParams compute(HyperParams values, Collection<String> names) {
        Map<String, Domain.SampleFrom> open = new LinkedHashMap<>();
        domains().forEach((name, domain) -> {
            if (domain instanceof Domain.SampleFrom from && names.contains(name)) {
                open.put(name, from);
            }
        });
        HyperParams result = values;
        while (!open.isEmpty()) {
            Map<String, String> waitsFor = new LinkedHashMap<>();
            boolean progress = false;
            for (Map.Entry<String, Domain.SampleFrom> entry : new LinkedHashMap<>(open).entrySet()) {
                String name = entry.getKey();
                try {
                    HyperParams visible = result.withPending(Set.copyOf(open.keySet()));
                    result = result.with(name, computed(name, entry.getValue(), visible));
                    open.remove(name);
                    progress = true;
                } catch (HyperParams.NotChosenYet wait) {
                    waitsFor.put(name, wait.name);
                }
            }
            if (!progress) {
                throw circle(waitsFor);
            }
        }
        return result;
    }

    private static Object computed(String name, Domain.SampleFrom from, HyperParams visible) {
        try {
            return Values.normal(name, from.function().apply(visible));
        } catch (HyperParams.NotChosenYet wait) {
            throw wait;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "sampleFrom of " + name + " failed for " + visible + ": " + e.getMessage()
                            + " Correct the function.",
                    e);
        }
    }

    private static IllegalArgumentException circle(Map<String, String> waitsFor) {
        String words = waitsFor.entrySet().stream()
                .map(wait -> wait.getKey() + " needs " + wait.getValue())
                .collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "sampleFrom values wait for each other in a circle: " + words + ". Let one of them read other values.");
    }

    /**
     * Returns values that obey the constraints, changed as little as possible and inside their domains; a name that is
     * no domain keeps its value.
     *
     * @throws IllegalArgumentException if there are no such values
     */
    public HyperParams repair(HyperParams values) {
        return Order.repair(values, this, order());
    }

    /**
     * Returns values that all lie in their domains, each the nearest to the one given.
     *
     * @throws IllegalArgumentException if a value has no nearest one, such as a text that is not among the options
     */
    public HyperParams clamp(HyperParams values) {
        HyperParams result = values;
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            if (values.contains(entry.getKey())) {
                result = result.with(entry.getKey(), entry.getValue().clamp(values.get(entry.getKey())));
            }
        }
        return result;
    }

    /** Returns what is wrong with values for this space: outside a domain, or against a constraint; null if nothing. */
    public @Nullable String violation(HyperParams values) {
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            String name = entry.getKey();
            if (!values.contains(name)) {
                return name + " is missing";
            }
            if (!entry.getValue().contains(values.get(name))) {
                return name + " is " + Values.text(values.get(name)) + ", outside " + entry.getValue();
            }
        }
        for (Constraint constraint : constraints) {
            if (!constraint.holds(values)) {
                return constraint + " does not hold for " + values;
            }
        }
        return null;
    }

    /**
     * Returns all combinations of the values of the grids, without making them.
     *
     * @throws IllegalArgumentException if there are more than a long can count, with the arithmetic
     */
    public GridPoints grid() {
        Map<String, Grid> grids = new LinkedHashMap<>();
        domains().forEach((name, domain) -> {
            if (domain instanceof Grid grid) {
                grids.put(name, grid);
            }
        });
        return new GridPoints(grids);
    }

    /** Returns how many combinations of grid values there are, as {@link #grid} counts them; 1 without a grid. */
    public long gridSize() {
        return grid().size();
    }

    private HyperParams inOrder(HyperParams values) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        entries.keySet().forEach(name -> ordered.put(name, values.get(name)));
        return HyperParams.of(ordered);
    }

    private List<AtMost> order() {
        return constraints.stream().map(AtMost.class::cast).toList();
    }

    /** Returns the declaration as JSON values: {@code domains}, {@code constants}, {@code constraints}. */
    public Object toJson() {
        Map<String, Object> domains = new LinkedHashMap<>();
        domains().forEach((name, domain) -> domains.put(name, domain.toJson()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("domains", domains);
        json.put("constants", constants());
        json.put("constraints", constraints.stream().map(Constraint::toString).toList());
        return json;
    }

    /** Returns the declaration in words. */
    @Override
    public String toString() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + (entry.getValue() instanceof Domain ? entry.getValue() : Values.text(entry.getValue())))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
