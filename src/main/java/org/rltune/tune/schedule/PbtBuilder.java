package org.rltune.tune.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.tune.Mode;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;

/**
 * Settings of {@link PopulationBasedTraining}, with the names that Ray Tune users know.
 *
 * <p>Of Ray's settings, {@code synch} is missing because waiting for each other is the only form here, {@code log_config}
 * because every decision is always logged, and {@code require_attrs} because a metric may be absent until an episode has
 * ended.
 */
public final class PbtBuilder {
    private static final List<String> TIME_ATTRS = List.of("training_iteration", "timesteps_total");

    String timeAttr = "training_iteration";

    @Nullable
    String metric;

    @Nullable
    Mode mode;

    double interval;
    double burnIn;

    @Nullable
    Map<String, Domain> mutations;

    double quantileFraction = 0.25;
    double resampleProbability = 0.25;
    double[] factors = {1.2, 0.8};

    @Nullable
    UnaryOperator<HyperParams> custom;

    PbtBuilder() {}

    private PbtBuilder(PbtBuilder other) {
        timeAttr = other.timeAttr;
        metric = other.metric;
        mode = other.mode;
        interval = other.interval;
        burnIn = other.burnIn;
        mutations = other.mutations;
        quantileFraction = other.quantileFraction;
        resampleProbability = other.resampleProbability;
        factors = other.factors.clone();
        custom = other.custom;
    }

    /**
     * Sets by what a trial's own time is measured: {@code training_iteration} (default) or {@code timesteps_total}.
     *
     * @throws IllegalArgumentException for any other, such as {@code time_total_s}, which depends on the clock
     */
    public PbtBuilder timeAttr(String timeAttr) {
        if (!TIME_ATTRS.contains(timeAttr)) {
            boolean clock = timeAttr.startsWith("time_") || timeAttr.equals("timestamp");
            throw new IllegalArgumentException("timeAttr is '" + timeAttr + "', but it must be one of "
                    + String.join(", ", TIME_ATTRS) + "."
                    + (clock
                            ? " A time by the clock would give other decisions in each run. Maybe 'training_iteration'?"
                            : Suggest.nearest(timeAttr, TIME_ATTRS)));
        }
        this.timeAttr = timeAttr;
        return this;
    }

    /** Sets the metric to rank by; default: that of the run. */
    public PbtBuilder metric(String metric) {
        this.metric = Check.notBlank("metric", metric);
        return this;
    }

    /** Sets whether larger or smaller is better; default: that of the run. */
    public PbtBuilder mode(Mode mode) {
        this.mode = mode;
        return this;
    }

    /** Sets the time between two perturbation points; above 0; default 4 iterations, none for timesteps. */
    public PbtBuilder perturbationInterval(double interval) {
        this.interval = Check.positive("perturbationInterval", interval);
        return this;
    }

    /** Sets the time before which nothing is perturbed; at least 0, which is the default. */
    public PbtBuilder burnInPeriod(double burnIn) {
        this.burnIn = Check.finite("burnInPeriod", Check.atLeast("burnInPeriod", burnIn, 0.0));
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

    /** Sets which part of the population is the bottom, and which the top; in [0, 0.5]; default 0.25; 0 copies nobody. */
    public PbtBuilder quantileFraction(double fraction) {
        this.quantileFraction = Check.inClosed("quantileFraction", fraction, 0.0, 0.5);
        return this;
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
     * Sets a function that is given the explored hyperparameters and returns those to use. It must be a function of its
     * argument, keep the names and not return null; the result is clamped into the domains and repaired.
     */
    public PbtBuilder customExploreFn(UnaryOperator<HyperParams> function) {
        this.custom = function;
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if time is measured in timesteps and no interval is given
     */
    public PopulationBasedTraining build() {
        PbtBuilder copy = new PbtBuilder(this);
        if (copy.interval == 0) {
            if (!timeAttr.equals("training_iteration")) {
                throw new IllegalArgumentException("perturbationInterval is not set, and there is no default in "
                        + timeAttr + ". Maybe perturbationInterval(50000)?");
            }
            copy.interval = 4;
        }
        return new PopulationBasedTraining(copy);
    }

    /** Returns the settings by the names of Ray Tune, but for the mutations. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("perturbation_interval", interval);
        json.put("burn_in_period", burnIn);
        json.put("quantile_fraction", quantileFraction);
        json.put("resample_probability", resampleProbability);
        json.put("perturbation_factors", factors.clone());
        json.put("custom_explore_fn", custom != null);
        return json;
    }

    /** Refuses a run without a metric, or with another metric or mode than is set here. */
    void checkFits(String runMetric, Mode runMode) {
        if (runMetric.isBlank()) {
            throw new IllegalArgumentException(
                    "PopulationBasedTraining needs a metric to rank by. Maybe metric(\"episode_reward_mean\")?");
        }
        if (metric != null && !metric.equals(runMetric)) {
            throw new IllegalArgumentException("metric is '" + metric + "' in the scheduler and '" + runMetric
                    + "' in the run. Set it in one place only.");
        }
        if (mode != null && mode != runMode) {
            throw new IllegalArgumentException(
                    "mode is " + mode + " in the scheduler and " + runMode + " in the run. Set it in one place only.");
        }
    }
}
