package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.space.Choice;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * The explore step: makes a trial's new hyperparameters from its donor's.
 *
 * <p>Each mutated value is drawn anew with {@code resampleProbability} or else moved by one of the factors, in the scale
 * of its domain. Then values of {@code sampleFrom} are computed from the new ones, the user's own function runs, and
 * the result is clamped into the domains and made to obey the constraints. Each name draws from a stream of its own.
 */
final class Explorer {
    private final SearchSpace space;
    private final Map<String, Domain> mutations;
    private final double resampleProbability;
    private final double[] factors;
    private final @Nullable UnaryOperator<HyperParams> custom;

    Explorer(
            SearchSpace space,
            Map<String, Domain> mutations,
            double resampleProbability,
            double[] factors,
            @Nullable UnaryOperator<HyperParams> custom) {
        this.space = space;
        this.mutations = mutations;
        this.resampleProbability = resampleProbability;
        this.factors = factors.clone();
        this.custom = custom;
        declared(HyperParams.empty(), true); // refuses mutations that the constraints leave no values for
    }

    /** New hyperparameters, and by name what was done, such as {@code 0.0003 --- (* 1.2) --> 0.00036}. */
    record Explored(HyperParams values, Map<String, String> changes) {}

    Explored explore(HyperParams donor, Seeds seeds, long trial, long generation) {
        Map<String, String> how = new LinkedHashMap<>();
        HyperParams moved = donor;
        for (Map.Entry<String, Domain> mutation : mutations.entrySet()) {
            String name = mutation.getKey();
            Pcg64 random = seeds.stream("pbt.explore/" + name, trial, generation);
            Domain.Move move = move(mutation.getValue(), donor.get(name), donor, random);
            moved = moved.with(name, move.value());
            how.put(name, move.how());
        }
        HyperParams values = repaired(moved, how);
        HyperParams computed = around(values).compute(values, mutations.keySet());
        if (custom != null) {
            HyperParams customised = customised(custom, computed);
            mark(how, computed, customised, "custom explore");
            computed = customised;
        }
        HyperParams result = repaired(computed, how);
        return new Explored(result, changes(donor, result, how));
    }

    private Domain.Move move(Domain domain, Object old, HyperParams donor, Pcg64 random) {
        if (domain instanceof Domain.SampleFrom) {
            return new Domain.Move(old, "resample"); // computed when the others are known
        }
        boolean resample = random.nextDouble() < resampleProbability;
        double factor = factors[(int) random.integers(0, factors.length)];
        // An option that is not in the list has no neighbours.
        if (resample || (domain instanceof Choice && !domain.contains(old))) {
            return new Domain.Move(domain.sample(random, donor), "resample");
        }
        return domain.perturb(old, factor, random);
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
        Map<String, Object> entries = new LinkedHashMap<>(space.constants());
        entries.putAll(values.asMap());
        if (allDomains) {
            entries.putAll(space.domains());
        }
        entries.putAll(mutations);
        SearchSpace declared = SearchSpace.of(entries);
        for (Constraint constraint : space.constraints()) {
            declared = declared.constraint(constraint);
        }
        return declared;
    }

    private static void mark(Map<String, String> how, HyperParams before, HyperParams after, String word) {
        for (String name : after.names()) {
            if (!before.get(name).equals(after.get(name))) {
                how.merge(name, word, (first, second) -> first + ", " + second);
            }
        }
    }

    private static Map<String, String> changes(HyperParams donor, HyperParams explored, Map<String, String> how) {
        Map<String, String> changes = new LinkedHashMap<>();
        how.forEach((name, word) -> changes.put(
                name, Texts.value(donor.get(name)) + " --- (" + word + ") --> " + Texts.value(explored.get(name))));
        return changes;
    }
}
