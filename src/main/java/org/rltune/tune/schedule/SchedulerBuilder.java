package org.rltune.tune.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.check.Suggest;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;

/**
 * What the builders of all schedulers share: by what time is measured, and what is compared.
 *
 * @param <B> the builder itself
 */
public abstract sealed class SchedulerBuilder<B extends SchedulerBuilder<B>>
        permits AshaBuilder, HyperBandBuilder, MedianStoppingBuilder, PopulationBuilder {
    static final String ITERATIONS = "training_iteration";
    private static final List<String> TIME_ATTRS = List.of(ITERATIONS, "timesteps_total");

    String timeAttr = ITERATIONS;

    @Nullable
    String metric;

    @Nullable
    Mode mode;

    SchedulerBuilder() {}

    abstract B self();

    /**
     * Sets by what a trial's own time is measured: {@code training_iteration} (default) or {@code timesteps_total}.
     *
     * @throws IllegalArgumentException for any other, such as {@code time_total_s}, which depends on the clock
     */
    public final B timeAttr(String timeAttr) {
        if (!TIME_ATTRS.contains(timeAttr)) {
            boolean clock = timeAttr.startsWith("time_") || timeAttr.equals("timestamp");
            throw new IllegalArgumentException("timeAttr is '" + timeAttr + "', but it must be one of "
                    + String.join(", ", TIME_ATTRS) + "."
                    + (clock
                            ? " A time by the clock would give other decisions in each run. Maybe 'training_iteration'?"
                            : Suggest.nearest(timeAttr, TIME_ATTRS)));
        }
        this.timeAttr = timeAttr;
        return self();
    }

    /** Sets the metric to rank by; default: that of the run. */
    public final B metric(String metric) {
        this.metric = Check.notBlank("metric", metric);
        return self();
    }

    /** Sets whether larger or smaller is better; default: that of the run. */
    public final B mode(Mode mode) {
        this.mode = mode;
        return self();
    }

    void copyTo(SchedulerBuilder<?> other) {
        other.timeAttr = timeAttr;
        other.metric = metric;
        other.mode = mode;
    }

    /** Refuses a time attribute for which a setting has no default. */
    void needsValue(boolean given, String setting, String example) {
        if (!given && !timeAttr.equals(ITERATIONS)) {
            throw new IllegalArgumentException(setting + " is not set, and there is no default in " + timeAttr
                    + ". Maybe " + setting + "(" + example + ")?");
        }
    }

    /** Refuses a run without a metric, or with another metric or mode than is set here. */
    void checkFits(String scheduler, Scheduler.Setup setup) {
        String runMetric = setup.metric();
        if (runMetric.isBlank()) {
            throw new IllegalArgumentException(
                    scheduler + " needs a metric to rank by. Maybe metric(\"episode_reward_mean\")?");
        }
        if (metric != null && !metric.equals(runMetric)) {
            throw new IllegalArgumentException("metric is '" + metric + "' in the scheduler and '" + runMetric
                    + "' in the run. Set it in one place only.");
        }
        if (mode != null && mode != setup.mode()) {
            throw new IllegalArgumentException("mode is " + mode + " in the scheduler and " + setup.mode()
                    + " in the run. Set it in one place only.");
        }
    }

    /** Returns the settings by the names of Ray Tune, without the shared ones. */
    Map<String, Object> toJson() {
        return new LinkedHashMap<>();
    }
}
