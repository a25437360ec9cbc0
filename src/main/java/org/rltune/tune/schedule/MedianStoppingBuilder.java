package org.rltune.tune.schedule;

import java.util.Map;
import org.rltune.check.Check;

/**
 * Settings of {@link MedianStoppingRule}, with the names of Ray Tune. Ray measures time by the clock by default; here it is
 * {@code training_iteration} or {@code timesteps_total}, so that a run can be repeated. Ray's {@code min_time_slice} is
 * missing: trials share the slots in an order of their own here, whatever the scheduler is.
 */
public final class MedianStoppingBuilder extends SchedulerBuilder<MedianStoppingBuilder> {
    double gracePeriod;
    int minSamplesRequired = 3;
    double intervalSteps;
    boolean hardStop = true;

    MedianStoppingBuilder() {}

    @Override
    MedianStoppingBuilder self() {
        return this;
    }

    /** Sets the own time before which no trial is judged and no result counts; above 0; default 4 iterations. */
    public MedianStoppingBuilder gracePeriod(double gracePeriod) {
        this.gracePeriod = Check.positive("gracePeriod", gracePeriod);
        return this;
    }

    /** Sets with how many other trials one must be compared at least; at least 1; default 3. */
    public MedianStoppingBuilder minSamplesRequired(int samples) {
        this.minSamplesRequired = Check.positive("minSamplesRequired", samples);
        return this;
    }

    /** Sets the own time between two judgements (as Optuna's {@code interval_steps}); at least 0; default 0: at each result. */
    public MedianStoppingBuilder intervalSteps(double interval) {
        this.intervalSteps = Check.finite("intervalSteps", Check.atLeast("intervalSteps", interval, 0.0));
        return this;
    }

    /**
     * Sets whether a trial that is worse than the median is stopped, which is the default; else it waits until nothing else
     * is to run, and then runs to its end without being judged again.
     */
    public MedianStoppingBuilder hardStop(boolean hardStop) {
        this.hardStop = hardStop;
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if time is measured in timesteps and {@code gracePeriod} is not given
     */
    public MedianStoppingRule build() {
        needsValue(gracePeriod > 0, "gracePeriod", "20000");
        MedianStoppingBuilder copy = new MedianStoppingBuilder();
        copyTo(copy);
        copy.gracePeriod = gracePeriod > 0 ? gracePeriod : 4;
        copy.minSamplesRequired = minSamplesRequired;
        copy.intervalSteps = intervalSteps;
        copy.hardStop = hardStop;
        return new MedianStoppingRule(copy);
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("grace_period", gracePeriod);
        json.put("min_samples_required", minSamplesRequired);
        json.put("interval_steps", intervalSteps);
        json.put("hard_stop", hardStop);
        return json;
    }
}
