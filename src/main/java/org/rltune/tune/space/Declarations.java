package org.rltune.tune.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;

/**
 * Takes a config apart into names with one domain or constant each. A map or list that holds a domain somewhere becomes
 * names with paths, see {@link Nested}; what an option of a {@link Conditional} brings becomes names with conditions.
 */
final class Declarations {
    private final Map<String, Object> entries;
    private final Map<String, Condition> conditions;

    Declarations() {
        this(Map.of(), Map.of());
    }

    /** Starts with what was taken apart before. */
    Declarations(Map<String, Object> entries, Map<String, Condition> conditions) {
        this.entries = new LinkedHashMap<>(entries);
        this.conditions = new LinkedHashMap<>(conditions);
    }

    Map<String, Object> entries() {
        return entries;
    }

    Map<String, Condition> conditions() {
        return conditions;
    }

    /** Adds all of a map. */
    void addAll(Map<String, ?> config) {
        Values.ordered(config).forEach((name, value) -> {
            Check.notBlank("the name of a hyperparameter", name);
            add(name, value, null);
        });
    }

    /** Adds what was taken apart before. */
    void addTakenApart(String name, Object entry, @Nullable Condition condition) {
        if (entries.put(name, entry) != null) {
            throw new IllegalArgumentException("The name " + name + " is declared twice in the search space. Names must"
                    + " differ, also those that different options bring; rename one of the two.");
        }
        if (condition != null) {
            conditions.put(name, condition);
        }
    }

    /** Adds a domain, a constant, or a map or list of such. */
    void add(String path, @Nullable Object value, @Nullable Condition condition) {
        if (value instanceof Conditional conditional) {
            addConditional(path, conditional, condition);
        } else if (value instanceof Domain domain) {
            if (condition != null && domain instanceof Grid) {
                throw new IllegalArgumentException(path + " is " + domain + ", but exists only while " + condition
                        + ", and a grid is crossed with everything. Maybe choice(...)?");
            }
            addTakenApart(path, domain, condition);
        } else if (value instanceof Map<?, ?> map && holdsDomain(map)) {
            for (Map.Entry<?, ?> entry : Values.orderedByText(map).entrySet()) {
                if (!(entry.getKey() instanceof String key) || key.isBlank() || Nested.isIndex(key)) {
                    throw new IllegalArgumentException(path + " has the key " + entry.getKey()
                            + ", but a key of a map that holds domains must be a text other than a whole number. Rename"
                            + " it, or use a list.");
                }
                add(path + Nested.SEPARATOR + key, entry.getValue(), condition);
            }
        } else if (value instanceof List<?> list && holdsDomain(list)) {
            for (int i = 0; i < list.size(); i++) {
                add(path + Nested.SEPARATOR + i, list.get(i), condition);
            }
        } else {
            Object constant = Values.normal(path, value);
            // A value that is not always there is chosen, by another value.
            addTakenApart(path, condition == null ? constant : new Choice(List.of(constant)), condition);
        }
    }

    private void addConditional(String path, Conditional conditional, @Nullable Condition condition) {
        addTakenApart(path, conditional.choice(), condition);
        int end = path.lastIndexOf(Nested.SEPARATOR);
        String beside = path.substring(0, end + 1);
        conditional
                .branches()
                .forEach((option, branch) -> branch.forEach((name, value) -> {
                    Check.notBlank("the name of a hyperparameter", name);
                    if (Nested.isIndex(path.substring(end + 1)) && end >= 0) {
                        throw new IllegalArgumentException(path + " is an element of a list, but " + Values.text(option)
                                + " brings " + name + ", which would have to stand beside it. Put it into a map.");
                    }
                    add(beside + name, value, new Condition(path, option));
                }));
    }

    private static boolean holdsDomain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Declarations::holdsDomain);
        }
        return value instanceof Domain
                || (value instanceof List<?> list && list.stream().anyMatch(Declarations::holdsDomain));
    }

    /** Returns a space's entries with one declared anew, in its place, or added as the last. */
    static Declarations changed(
            Map<String, Object> entries, Map<String, Condition> conditions, String name, Object value) {
        Check.notBlank("the name of a hyperparameter", name);
        Declarations changed = new Declarations();
        String around = Nested.around(entries, name);
        boolean added = false;
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            String old = entry.getKey();
            Condition condition = conditions.get(old);
            if (old.equals(around)) {
                changed.expand(old, entry.getValue(), name, value);
                added = true;
            } else if (old.equals(name) || old.startsWith(name + Nested.SEPARATOR)) {
                if (!added) {
                    changed.add(name, value, condition);
                }
                added = true;
            } else if (!(value instanceof Conditional && dependsOn(old, name, conditions))) {
                changed.addTakenApart(old, entry.getValue(), condition);
            }
        }
        if (!added) {
            changed.add(name, value, null);
        }
        return changed;
    }

    /** Adds the parts of a constant of which one is declared anew. */
    private void expand(String name, Object constant, String changed, Object value) {
        boolean found = false;
        for (Map.Entry<String, Object> part : Nested.parts(constant).entrySet()) {
            String path = name + Nested.SEPARATOR + part.getKey();
            if (changed.equals(path)) {
                add(path, value, null);
                found = true;
            } else if (changed.startsWith(path + Nested.SEPARATOR)) {
                expand(path, part.getValue(), changed, value);
                found = true;
            } else {
                addTakenApart(path, part.getValue(), null);
            }
        }
        if (!found) {
            add(changed, value, null);
        }
    }

    private static boolean dependsOn(String name, String other, Map<String, Condition> conditions) {
        for (Condition c = conditions.get(name); c != null; c = conditions.get(c.name())) {
            if (c.name().equals(other)) {
                return true;
            }
        }
        return false;
    }

    /** Refuses names that are both a value and a group, and conditions on what is not chosen before. */
    static void check(Map<String, Object> entries, Map<String, Condition> conditions) {
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        for (String name : names) {
            String below = names.ceiling(name + Nested.SEPARATOR);
            if (below != null && below.startsWith(name + Nested.SEPARATOR)) {
                throw new IllegalArgumentException(
                        "The name " + name + " has a value of its own in the search space, but"
                                + " there are also names below it, such as " + below + ". Remove one of the two.");
            }
        }
        Set<String> before = new TreeSet<>();
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            Condition condition = conditions.get(entry.getKey());
            if (condition != null
                    && (!before.contains(condition.name())
                            || entries.get(condition.name()) instanceof Domain.SampleFrom)) {
                throw new IllegalArgumentException(entry.getKey() + " exists only while " + condition + ", so "
                        + condition.name() + " must be declared before it, and not as sampleFrom. Declare it as"
                        + " conditional(...), choice(...) or a constant.");
            }
            before.add(entry.getKey());
        }
    }

    static <V> Map<String, V> frozen(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
