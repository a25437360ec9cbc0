package org.rltune.tune.space;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes values obey all rules of the form {@code a <= b} together.
 *
 * <p>First the least value that each name can have is carried along the rules until nothing changes: if {@code a} is at
 * least 128, so is {@code b}. Where that passes the largest value of a domain, no values obey the rules. Otherwise each
 * value is raised to its least one if it lies below, and then each {@code a} that is larger than its {@code b} is
 * lowered, which always has room, since the least value of {@code a} is not above that of {@code b}.
 */
final class Order {
    private final SearchSpace space;
    private final HyperParams values;
    private final Map<String, Ordered> sets = new LinkedHashMap<>();
    private final Map<String, Number> least = new LinkedHashMap<>();
    private final List<AtMost> rules;

    private Order(HyperParams values, SearchSpace space, List<AtMost> all, Predicate<String> isKnown) {
        this.space = space;
        this.values = values;
        this.rules = all.stream()
                .filter(rule -> isKnown.test(rule.smaller()) && isKnown.test(rule.larger()))
                .toList();
        for (AtMost rule : rules) {
            for (String name : List.of(rule.smaller(), rule.larger())) {
                Ordered set = set(rule, name);
                sets.put(name, set);
                Number first = set.atLeast(Double.NEGATIVE_INFINITY);
                least.put(name, first == null ? Double.NEGATIVE_INFINITY : first);
            }
        }
        raiseLeast();
    }

    /** Refuses rules that no values of the space obey: what is always active, and that with each option by itself. */
    static void check(SearchSpace space, List<AtMost> rules) {
        check(space, rules, Set.of());
        for (Condition condition : new LinkedHashSet<>(space.conditions().values())) {
            Set<Condition> assumed = new LinkedHashSet<>();
            for (Condition c = condition; c != null; c = space.conditions().get(c.name())) {
                assumed.add(c);
            }
            check(space, rules, assumed);
        }
    }

    private static void check(SearchSpace space, List<AtMost> rules, Set<Condition> assumed) {
        Set<String> names = new LinkedHashSet<>(space.names());
        names.removeIf(name -> space.conditions().containsKey(name)
                && !assumed.contains(space.conditions().get(name)));
        new Order(HyperParams.empty(), space, rules, names::contains);
    }

    static HyperParams repair(HyperParams values, SearchSpace space, List<AtMost> rules) {
        return rules.stream().allMatch(rule -> rule.holds(values))
                ? values
                : new Order(values, space, rules, name -> isKnown(name, values, space)).repaired();
    }

    private static boolean isKnown(String name, HyperParams values, SearchSpace space) {
        return values.contains(name) || (space.names().contains(name) && space.isActive(name, values));
    }

    private HyperParams repaired() {
        HyperParams result = values;
        List<AtMost> open = rules.stream()
                .filter(rule -> values.contains(rule.smaller()) && values.contains(rule.larger()))
                .toList();
        for (AtMost rule : open) {
            for (String name : List.of(rule.smaller(), rule.larger())) {
                Number bound = least.getOrDefault(name, Double.NEGATIVE_INFINITY);
                if (Values.compare(number(rule, name, result), bound) < 0) {
                    result = result.with(name, bound);
                }
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (AtMost rule : open) {
                if (!rule.holds(result)) {
                    Number lowered = setOf(rule.smaller()).atMost(number(rule, rule.larger(), result));
                    if (lowered == null) {
                        throw impossible(rule, number(rule, rule.smaller(), result));
                    }
                    result = result.with(rule.smaller(), lowered);
                    changed = true;
                }
            }
        }
        return result;
    }

    private void raiseLeast() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (AtMost rule : rules) {
                Number from = least.getOrDefault(rule.smaller(), Double.NEGATIVE_INFINITY);
                Number to = least.getOrDefault(rule.larger(), Double.NEGATIVE_INFINITY);
                if (Values.compare(from, to) > 0) {
                    Number raised = setOf(rule.larger()).atLeast(from);
                    if (raised == null) {
                        throw impossible(rule, from);
                    }
                    least.put(rule.larger(), raised);
                    changed = true;
                }
            }
        }
    }

    private IllegalArgumentException impossible(AtMost rule, Number from) {
        Number most = setOf(rule.larger()).atMost(Double.POSITIVE_INFINITY);
        return new IllegalArgumentException(rule + " cannot hold: " + rule.smaller() + " (" + words(rule.smaller())
                + ") is at least " + Interval.number(from) + ", but " + rule.larger() + " (" + words(rule.larger())
                + ") is at most " + Interval.number(most) + ". Lower the first or raise the second.");
    }

    private String words(String name) {
        Domain domain = space.domains().get(name);
        return domain != null ? domain.toString() : "constant";
    }

    private Ordered setOf(String name) {
        Ordered set = sets.get(name);
        if (set == null) {
            throw new IllegalStateException("no set of values for " + name);
        }
        return set;
    }

    private Ordered set(AtMost rule, String name) {
        Domain domain = space.domains().get(name);
        if (domain instanceof Domain.SampleFrom) {
            return new Unbounded(values.contains(name) && values.get(name) instanceof Long);
        }
        if (domain instanceof Ordered ordered) {
            if (!ordered.isNumeric()) {
                throw new IllegalArgumentException(
                        rule + ": " + name + " is " + domain + ", but a rule of order needs numbers. Drop the rule.");
            }
            return ordered;
        }
        // What is not declared as a domain stays as it is.
        return new Fixed(number(rule, name, values.contains(name) ? values : HyperParams.of(space.constants())));
    }

    static Number number(AtMost rule, String name, HyperParams values) {
        if (values.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException(rule + ": " + name + " is " + Values.text(values.get(name))
                + ", but a rule of order needs numbers. Give a number or drop the rule.");
    }

    private record Fixed(Number value) implements Ordered {
        @Override
        public @Nullable Number atMost(Number bound) {
            return Values.compare(value, bound) <= 0 ? value : null;
        }

        @Override
        public @Nullable Number atLeast(Number bound) {
            return Values.compare(value, bound) >= 0 ? value : null;
        }
    }

    /** Any number, of which only whole ones are wanted if the value is whole. */
    private record Unbounded(boolean whole) implements Ordered {
        @Override
        public Number atMost(Number bound) {
            return whole && Double.isFinite(bound.doubleValue()) && bound instanceof Double
                    ? (Number) (long) Math.floor(bound.doubleValue())
                    : bound;
        }

        @Override
        public Number atLeast(Number bound) {
            return whole && Double.isFinite(bound.doubleValue()) && bound instanceof Double
                    ? (Number) (long) Math.ceil(bound.doubleValue())
                    : bound;
        }
    }
}
