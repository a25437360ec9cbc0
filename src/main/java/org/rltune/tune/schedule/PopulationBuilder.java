package org.rltune.tune.schedule;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.tune.space.HyperParams;

/**
 * What the builders of population based methods share, with the names of Ray Tune.
 *
 * <p>Of Ray's settings, {@code log_config} is missing because every decision is always logged, and {@code require_attrs}
 * because a metric may be absent until an episode has ended.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PopulationBuilder<B extends PopulationBuilder<B>> extends SchedulerBuilder<B>
        permits PbtBuilder, Pb2Builder {
    double interval;
    double burnIn;
    double quantileFraction = 0.25;
    boolean synch = true;
    ExploitRule exploit = ExploitRule.truncation();
    int scoreWindow = 1;

    @Nullable
    UnaryOperator<HyperParams> custom;

    PopulationBuilder() {}

    /** Sets the time between two perturbation points; above 0; default 4 iterations, none for timesteps. */
    public final B perturbationInterval(double interval) {
        this.interval = Check.positive("perturbationInterval", interval);
        return self();
    }

    /** Sets the time before which nothing is perturbed; at least 0, which is the default. */
    public final B burnInPeriod(double burnIn) {
        this.burnIn = Check.finite("burnInPeriod", Check.atLeast("burnInPeriod", burnIn, 0.0));
        return self();
    }

    /** Sets which part of the population is the bottom, and which the top; in [0, 0.5]; default 0.25; 0 copies nobody. */
    public final B quantileFraction(double fraction) {
        this.quantileFraction = Check.inClosed("quantileFraction", fraction, 0.0, 0.5);
        return self();
    }

    /**
     * Sets whether all trials wait for each other at each perturbation point; default true (in Ray: false). Otherwise each
     * trial is decided about as soon as it arrives, by what the others had scored by the same own time.
     */
    public final B synch(boolean synch) {
        this.synch = synch;
        return self();
    }

    /** Sets who copies whom; default {@link ExploitRule#truncation()}. */
    public final B exploit(ExploitRule rule) {
        this.exploit = rule;
        return self();
    }

    /**
     * Sets over how many of a trial's last results its score is averaged, those of weights that it has given up left out;
     * at least 1, which is the default.
     */
    public final B scoreWindow(int results) {
        this.scoreWindow = Check.positive("scoreWindow", results);
        return self();
    }

    /**
     * Sets a function that is given the explored hyperparameters and returns those to use. It must be a function of its
     * argument, keep the names and not return null; the result is clamped into the domains and repaired.
     */
    public final B customExploreFn(UnaryOperator<HyperParams> function) {
        this.custom = function;
        return self();
    }

    void copyTo(PopulationBuilder<?> other) {
        super.copyTo(other);
        needsValue(interval > 0, "perturbationInterval", "50000");
        other.interval = interval > 0 ? interval : 4;
        other.burnIn = burnIn;
        other.quantileFraction = quantileFraction;
        other.synch = synch;
        other.exploit = exploit;
        other.scoreWindow = scoreWindow;
        other.custom = custom;
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("perturbation_interval", interval);
        json.put("burn_in_period", burnIn);
        json.put("quantile_fraction", quantileFraction);
        json.put("synch", synch);
        json.put("exploit", exploit.toJson());
        json.put("score_window", scoreWindow);
        json.put("custom_explore_fn", custom != null);
        return json;
    }
}
