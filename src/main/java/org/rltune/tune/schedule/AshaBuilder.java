package org.rltune.tune.schedule;

import java.util.Map;
import org.rltune.check.Check;

/** Settings of {@link AshaScheduler}, with the names and defaults of Ray Tune. */
public final class AshaBuilder extends SchedulerBuilder<AshaBuilder> {
    final boolean promotion;
    long gracePeriod;
    long maxT;
    int reductionFactor = 4;
    int brackets = 1;
    boolean stopLastTrials = true;

    AshaBuilder(boolean promotion) {
        this.promotion = promotion;
    }

    @Override
    AshaBuilder self() {
        return this;
    }

    /** Sets the own time of the first rung, before which no trial is judged; at least 1; default 1 iteration. */
    public AshaBuilder gracePeriod(long gracePeriod) {
        this.gracePeriod = Check.positive("gracePeriod", gracePeriod);
        return this;
    }

    /** Sets the own time at which a trial has had all that it can get; at least 1; default 100 iterations. */
    public AshaBuilder maxT(long maxT) {
        this.maxT = Check.positive("maxT", maxT);
        return this;
    }

    /** Sets that the best 1 of so many go on at each rung; at least 2; default 4. */
    public AshaBuilder reductionFactor(int factor) {
        this.reductionFactor = Rungs.checkFactor(factor);
        return this;
    }

    /**
     * Sets how many brackets there are; at least 1, which is the default. Bracket s begins at {@code gracePeriod *
     * reductionFactor^s}; each trial is assigned to one at random, to those with more rungs more often.
     */
    public AshaBuilder brackets(int brackets) {
        this.brackets = Check.positive("brackets", brackets);
        return this;
    }

    /** Sets whether a trial is stopped at {@code maxT}, which is the default; else only stop rules end it. */
    public AshaBuilder stopLastTrials(boolean stop) {
        this.stopLastTrials = stop;
        return this;
    }

    /**
     * Makes the scheduler.
     *
     * @throws IllegalArgumentException if a bracket has no rung, or time is measured in timesteps and {@code gracePeriod}
     *     or {@code maxT} is not given
     */
    public AshaScheduler build() {
        needsValue(gracePeriod > 0, "gracePeriod", "20000");
        needsValue(maxT > 0, "maxT", "1000000");
        AshaBuilder copy = new AshaBuilder(promotion);
        copyTo(copy);
        copy.gracePeriod = gracePeriod > 0 ? gracePeriod : 1;
        copy.maxT = maxT > 0 ? maxT : 100;
        copy.reductionFactor = reductionFactor;
        copy.brackets = brackets;
        copy.stopLastTrials = stopLastTrials;
        if (copy.maxT < copy.gracePeriod) {
            throw new IllegalArgumentException("gracePeriod is " + copy.gracePeriod + " and maxT is " + copy.maxT
                    + ", but the first rung must not lie beyond the end. Lower gracePeriod or raise maxT.");
        }
        int rungs = copy.rungs(0);
        if (brackets > rungs) {
            throw new IllegalArgumentException("brackets is " + brackets + ", but between gracePeriod "
                    + copy.gracePeriod + " and maxT " + copy.maxT + " lie only " + Texts.count(rungs, "rung")
                    + " with reductionFactor " + reductionFactor + ", and each bracket needs one. Set brackets(" + rungs
                    + ") or less.");
        }
        return new AshaScheduler(copy);
    }

    int rungs(int bracket) {
        return Rungs.milestones(gracePeriod, maxT, reductionFactor, bracket).size();
    }

    @Override
    Map<String, Object> toJson() {
        Map<String, Object> json = super.toJson();
        json.put("form", promotion ? "promotion" : "stopping");
        json.put("grace_period", gracePeriod);
        json.put("max_t", maxT);
        json.put("reduction_factor", reductionFactor);
        json.put("brackets", brackets);
        json.put("stop_last_trials", stopLastTrials);
        return json;
    }
}
