package org.rltune.tune.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.tune.space.Domain;

/** Settings of {@link PopulationBasedTraining}, with the names that Ray Tune users know. */
public final class PbtBuilder extends PopulationBuilder<PbtBuilder> {
    @Nullable
    Map<String, Domain> mutations;

    double resampleProbability = 0.25;
    double[] factors = {1.2, 0.8};
    double mutationProbability = 1;

    PbtBuilder() {}

    @Override
    PbtBuilder self() {
        return this;
    }

    /**
     * Sets what is mutated: name to {@link Domain}, or to a plain list of options; default: every domain of the search
     * space. The domain given here holds for mutation; a name that the config does not have is sampled from it first.
     */
    public PbtBuilder hyperparamMutations(Map<String, ?> mutations) {
        Map<String, Domain> domains = new LinkedHashMap<>();
        boolean ordered = mutations instanceof LinkedHashMap || mutations instanceof SortedMap;
        (ordered ? mutations : new TreeMap<>(mutations))
                .forEach((name, entry) -> domains.put(name, domain(name, entry)));
        this.mutations = Collections.unmodifiableMap(domains);
        return this;
    }

    private static Domain domain(String name, @Nullable Object entry) {
        if (entry instanceof Domain domain) {
            return domain;
        }
        if (entry instanceof List<?> options) {
            return Domain.choice(options);
        }
        String remedy = entry instanceof Map
                ? "Nested names cannot be mutated: give the value a name at the top level."
                : "Maybe a list of options, or a domain such as uniform(0.1, 0.5)?";
        throw new IllegalArgumentException(
                "hyperparamMutations has " + name + "=" + entry + ", which is neither a domain nor a list. " + remedy);
    }

    /** Sets how often a value is drawn anew rather than moved; in [0, 1]; default 0.25. */
    public PbtBuilder resampleProbability(double probability) {
        this.resampleProbability = Check.inClosed("resampleProbability", probability, 0.0, 1.0);
        return this;
    }

    /** Sets the factors of which one is picked for each move; above 0, not 1; default 1.2 and 0.8. */
    public PbtBuilder perturbationFactors(double... factors) {
        if (factors.length == 0) {
            throw new IllegalArgumentException("perturbationFactors() is empty. Maybe perturbationFactors(1.2, 0.8)?");
        }
        for (double factor : factors) {
            Check.positive("perturbationFactors", factor);
            if (factor == 1) {
                throw new IllegalArgumentException(
                        "perturbationFactors holds 1.0, which changes nothing. Leave it out.");
            }
        }
        this.factors = factors.clone();
        return this;
    }

    /**
     * Sets how often each value is changed at all in an exploit, independently of the others; in [0, 1]; default 1: always,
     * as in Ray Tune. (Isaac Lab and Sample Factory call it the mutation rate.)
     */
    public PbtBuilder mutationProbability(double probability) {
        this.mutationProbability = Check.inClosed("mutationProbability", probability, 0.0, 1.0);
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if time is measured in timesteps and no interval is given
     */
    public PopulationBasedTraining build() {
        PbtBuilder copy = new PbtBuilder();
        copyTo(copy);
        copy.mutations = mutations;
        copy.resampleProbability = resampleProbability;
        copy.factors = factors.clone();
        copy.mutationProbability = mutationProbability;
        return new PopulationBasedTraining(copy);
    }

    /** Returns the settings by the names of Ray Tune, but for the mutations. */
    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("resample_probability", resampleProbability);
        json.put("perturbation_factors", factors.clone());
        json.put("mutation_probability", mutationProbability);
        return json;
    }
}
