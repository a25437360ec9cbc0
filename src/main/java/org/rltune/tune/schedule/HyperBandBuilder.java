package org.rltune.tune.schedule;

import java.util.Map;
import org.rltune.check.Check;

/** Settings of {@link HyperBandScheduler}, with the names and defaults of Ray Tune. */
public final class HyperBandBuilder extends SchedulerBuilder<HyperBandBuilder> {
    private final boolean bohb;
    long gracePeriod;
    long maxT;
    int reductionFactor = 3;
    boolean stopLastTrials = true;
    boolean smallestFirst;

    HyperBandBuilder(boolean bohb) {
        this.bohb = bohb;
    }

    @Override
    HyperBandBuilder self() {
        return this;
    }

    /** Sets the own time before which no bracket compares its trials; at least 1; default 1 iteration. Ray has no such setting. */
    public HyperBandBuilder gracePeriod(long gracePeriod) {
        this.gracePeriod = Check.positive("gracePeriod", gracePeriod);
        return this;
    }

    /** Sets the own time at which a trial has had all that it can get; at least 1; default 81 iterations. */
    public HyperBandBuilder maxT(long maxT) {
        this.maxT = Check.positive("maxT", maxT);
        return this;
    }

    /** Sets that the best 1 of so many go on at each cut, rounded up; at least 2; default 3. */
    public HyperBandBuilder reductionFactor(int factor) {
        this.reductionFactor = Rungs.checkFactor(factor);
        return this;
    }

    /** Sets whether a trial is stopped at {@code maxT}, which is the default; else only stop rules end it. */
    public HyperBandBuilder stopLastTrials(boolean stop) {
        this.stopLastTrials = stop;
        return this;
    }

    /**
     * Sets whether the bracket with the fewest and longest trials is filled first, as Ray Tune does; default false, as in
     * the paper. In Ray's order the first trials are never stopped early, and with few trials none is.
     *
     * @throws IllegalArgumentException if it is set for BOHB, which needs many short trials first
     */
    public HyperBandBuilder smallestFirst(boolean smallestFirst) {
        if (bohb && smallestFirst) {
            throw new IllegalArgumentException("smallestFirst is true, but BOHB learns from short trials first. Use"
                    + " HyperBandScheduler.builder() for that order.");
        }
        this.smallestFirst = smallestFirst;
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if time is measured in timesteps and {@code gracePeriod} or {@code maxT} is not given
     */
    public HyperBandScheduler build() {
        needsValue(gracePeriod > 0, "gracePeriod", "20000");
        needsValue(maxT > 0, "maxT", "1000000");
        HyperBandBuilder copy = new HyperBandBuilder(bohb);
        copyTo(copy);
        copy.gracePeriod = gracePeriod > 0 ? gracePeriod : 1;
        copy.maxT = maxT > 0 ? maxT : 81;
        copy.reductionFactor = reductionFactor;
        copy.stopLastTrials = stopLastTrials;
        copy.smallestFirst = smallestFirst;
        if (copy.maxT < copy.gracePeriod) {
            throw new IllegalArgumentException("gracePeriod is " + copy.gracePeriod + " and maxT is " + copy.maxT
                    + ", but the first cut must not lie beyond the end. Lower gracePeriod or raise maxT.");
        }
        return new HyperBandScheduler(copy);
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("form", bohb ? "bohb" : "hyperband");
        json.put("grace_period", gracePeriod);
        json.put("max_t", maxT);
        json.put("reduction_factor", reductionFactor);
        json.put("stop_last_trials", stopLastTrials);
        json.put("fill", smallestFirst ? "smallest first" : "largest first");
        return json;
    }
}
