package org.rltune.tune.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;

/**
 * What may be chosen: domains and constants by name, and constraints between them. Immutable.
 *
 * <p>Names keep the order in which they are declared in a LinkedHashMap or a SortedMap; those of any other map (such as
 * {@code Map.of}) are sorted. Domains may stand anywhere inside of nested maps and lists; they are named by their paths,
 * such as {@code optimizer/lr} and {@code widths/0}. A nested map or list without a domain is one constant.
 *
 * <p>What an option of {@link Domain#conditional} brings stands beside it, under a {@link Condition}: the values of a trial
 * hold the names that are active, and no others.
 */
public final class SearchSpace {
    private final Map<String, Object> entries;
    private final Map<String, Condition> conditions;
    private final List<Constraint> constraints;

    private SearchSpace(Declarations declarations, List<Constraint> constraints) {
        this.entries = Declarations.frozen(declarations.entries());
        this.conditions = Declarations.frozen(declarations.conditions());
        this.constraints = List.copyOf(constraints);
        Declarations.check(entries, conditions);
        Order.check(this, order());
    }

    /**
     * Returns the space that a config declares.
     *
     * @param config name to {@link Domain}, constant, or nested map or list of these
     * @throws IllegalArgumentException if a constant is of a type that a hyperparameter cannot have, or a name is declared
     *     twice
     */
    public static SearchSpace of(Map<String, ?> config) {
        Declarations declarations = new Declarations();
        declarations.addAll(config);
        return new SearchSpace(declarations, List.of());
    }

    /**
     * Returns the space that a config from a JSON or YAML file declares: domains are written {@code {loguniform: [1e-5,
     * 1e-3]}} or as {@link Domain#toJson} writes them, anywhere inside of nested maps and lists.
     *
     * @param config as {@link org.rltune.json.Json} reads it
     * @throws IllegalArgumentException naming the path of what is wrong
     */
    public static SearchSpace ofConfig(Map<String, ?> config) {
        return of(DomainJson.readConfig(config, ""));
    }

    /**
     * Returns the space that {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if it is damaged, or holds a {@code sampleFrom}, whose function is not written
     */
    public static SearchSpace fromJson(@Nullable Object json) {
        return SpaceJson.read(json);
    }

    static SearchSpace of(Declarations declarations, List<Constraint> constraints) {
        return new SearchSpace(declarations, constraints);
    }

    /**
     * Returns this space with one name declared anew, in its place, or added as the last. A name that has a condition keeps
     * it. The part of a constant may be named by its path. If the name is that of a conditional choice and is declared as
     * something else, what its options bring stays, under the same conditions: so one option can be fixed, or all be put
     * into a grid.
     */
    public SearchSpace with(String name, Object domainOrConstant) {
        return withAll(Collections.singletonMap(name, domainOrConstant));
    }

    /** Returns this space with several names declared anew, as by {@link #with}; checked when all are in place. */
    public SearchSpace withAll(Map<String, ?> domainsOrConstants) {
        Map<String, Object> changed = entries;
        Map<String, Condition> conditioned = conditions;
        for (Map.Entry<String, ?> entry : Values.ordered(domainsOrConstants).entrySet()) {
            Declarations next = Declarations.changed(changed, conditioned, entry.getKey(), entry.getValue());
            changed = next.entries();
            conditioned = next.conditions();
        }
        return new SearchSpace(new Declarations(changed, conditioned), constraints);
    }

    /**
     * Returns this space with one more constraint; one that it has already is not added again.
     *
     * @throws IllegalArgumentException if no values inside the domains obey all constraints, with the numbers
     */
    public SearchSpace constraint(Constraint constraint) {
        Set<Constraint> all = new LinkedHashSet<>(constraints);
        all.add(constraint);
        return new SearchSpace(new Declarations(entries, conditions), new ArrayList<>(all));
    }

    /** Returns all names in the order of declaration, also those that are not always active. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** Returns whether a name is declared, or is the path of a part of a constant. */
    public boolean declares(String name) {
        return entries.containsKey(name) || Nested.find(constants(), name) != null;
    }

    /** Returns the domains by name, in the order of declaration, also those of names that are not always active. */
    public Map<String, Domain> domains() {
        Map<String, Domain> domains = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (entry instanceof Domain domain) {
                domains.put(name, domain);
            }
        });
        return Collections.unmodifiableMap(domains);
    }

    /** Returns the constants by name, in the order of declaration; one that an option brings counts as a choice of one. */
    public Map<String, Object> constants() {
        Map<String, Object> constants = new LinkedHashMap<>(entries);
        constants.values().removeIf(Domain.class::isInstance);
        return Collections.unmodifiableMap(constants);
    }

    /**
     * Returns under which conditions names are active, for those that are not always. The hyperparameter that a condition
     * names is declared before, and may have a condition itself, which must hold too.
     */
    public Map<String, Condition> conditions() {
        return conditions;
    }

    /** Returns whether a name exists beside these values: whether its condition holds, and that of the name it rests on. */
    public boolean isActive(String name, HyperParams values) {
        Condition condition = conditions.get(name);
        return condition == null
                || (values.contains(condition.name())
                        && values.get(condition.name()).equals(condition.value())
                        && isActive(condition.name(), values));
    }

    /** Returns the constraints in the order in which they were added. */
    public List<Constraint> constraints() {
        return constraints;
    }

    /**
     * Returns values under the names of this space: {@code {optimizer: {lr: 0.1}}} becomes {@code optimizer/lr}, where that
     * is declared. What the space does not know stays under its own name.
     */
    public HyperParams named(Map<String, ?> nested) {
        Map<String, Object> named = new LinkedHashMap<>();
        HyperParams.of(nested).asMap().forEach((name, value) -> name(name, value, named));
        return HyperParams.of(named);
    }

    private void name(String path, Object value, Map<String, Object> named) {
        String below = path + Nested.SEPARATOR;
        if (!entries.containsKey(path) && entries.keySet().stream().anyMatch(name -> name.startsWith(below))) {
            Map<String, Object> parts = Nested.parts(value);
            parts.forEach((key, part) -> name(below + key, part, named));
            if (!parts.isEmpty()) {
                return;
            }
        }
        named.put(path, value);
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
     * constraints. A value that is chosen for a name that is not active is left out.
     *
     * @param chosen values by name, or nested as the config is; one of a constant or of {@code sampleFrom} takes the place
     *     of what the space says
     * @throws IllegalArgumentException if a name is not of this space, or a value has no nearest one in its domain
     */
    public HyperParams complete(Map<String, ?> chosen, Seeds seeds, int trialNumber) {
        HyperParams given = named(chosen);
        for (String name : given.names()) {
            if (!entries.containsKey(name)) {
                throw new IllegalArgumentException(
                        "There is no hyperparameter '" + name + "' in the search space. Known: "
                                + String.join(", ", entries.keySet()) + "."
                                + Suggest.nearest(name, entries.keySet()));
            }
        }
        List<String> computed = new ArrayList<>();
        HyperParams filled = filled(given, name -> seeds.stream("sample/" + name, trialNumber), computed);
        return inOrder(repair(compute(repair(filled), computed)));
    }

    /**
     * Returns values that hold exactly the active names: what is not active is left out, what is missing is drawn or
     * computed. For who changes the value on which others depend while a trial runs.
     *
     * @param random gives the stream from which a missing name is drawn
     */
    public HyperParams activate(HyperParams values, Function<String, Pcg64> random) {
        if (conditions.isEmpty()) {
            return values;
        }
        List<String> computed = new ArrayList<>();
        HyperParams filled = filled(values, random, computed);
        return inOrder(compute(filled, computed));
    }

    /** Clamps and draws in the order of declaration, so that what decides is known first; collects what is to compute. */
    private HyperParams filled(HyperParams given, Function<String, Pcg64> random, List<String> computed) {
        HyperParams chosen = HyperParams.of(constants()).withAll(given);
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            String name = entry.getKey();
            if (!isActive(name, chosen)) {
                chosen = chosen.without(name);
            } else if (given.contains(name)) {
                chosen = chosen.with(name, entry.getValue().clamp(given.get(name)));
            } else if (entry.getValue() instanceof Domain.SampleFrom) {
                computed.add(name);
            } else {
                chosen = chosen.with(name, entry.getValue().sample(random.apply(name), chosen));
            }
        }
        return chosen;
    }

    /**
     * Computes the {@code sampleFrom} values among the given names anew from the other values, in whichever order they
     * need each other; other names, and those that are not active, are left as they are.
     *
     * @throws IllegalArgumentException if they wait for each other in a circle, or a function fails
     */
    public HyperParams compute(HyperParams values, Collection<String> names) {
        return Computed.of(this, values, names);
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
     * Returns values that all lie in their domains, each the nearest to the one given; names that are not active are left
     * out.
     *
     * @throws IllegalArgumentException if a value has no nearest one, such as a text that is not among the options
     */
    public HyperParams clamp(HyperParams values) {
        HyperParams result = values;
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            String name = entry.getKey();
            if (!isActive(name, result)) {
                result = result.without(name);
            } else if (result.contains(name)) {
                result = result.with(name, entry.getValue().clamp(result.get(name)));
            }
        }
        return result;
    }

    /**
     * Returns what is wrong with values for this space: missing, outside a domain, there without being active, or against
     * a constraint; null if nothing.
     */
    public @Nullable String violation(HyperParams values) {
        for (Map.Entry<String, Domain> entry : domains().entrySet()) {
            String name = entry.getKey();
            if (!isActive(name, values)) {
                if (values.contains(name)) {
                    return name + " is set, but exists only while " + conditions.get(name);
                }
            } else if (!values.contains(name)) {
                return name + " is missing";
            } else if (!entry.getValue().contains(values.get(name))) {
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

    /** Returns the values in the order of declaration; those of other names come last. */
    private HyperParams inOrder(HyperParams values) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        entries.keySet().stream()
                .filter(values.asMap()::containsKey)
                .forEach(name -> ordered.put(name, values.get(name)));
        values.asMap().forEach(ordered::putIfAbsent);
        return HyperParams.of(ordered);
    }

    private List<AtMost> order() {
        return constraints.stream().map(AtMost.class::cast).toList();
    }

    /**
     * Returns the declaration as JSON values: {@code domains}, {@code constants}, {@code constraints}, and {@code
     * conditions} if there are any. {@link #fromJson} reads it back.
     */
    public Object toJson() {
        return SpaceJson.write(this);
    }

    /** Returns the declaration in words. */
    @Override
    public String toString() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + (entry.getValue() instanceof Domain ? entry.getValue() : Values.text(entry.getValue()))
                        + (conditions.containsKey(entry.getKey()) ? " if " + conditions.get(entry.getKey()) : ""))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
