package org.rltune.tune.search;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Suggestion;

/**
 * Tries the points of Sobol's sequence, which fill the space more evenly than random ones.
 *
 * <p>It learns nothing from results. Use it instead of random search where trials are few and all run at once, or for a
 * picture of the whole space. Every axis counts: 2^k trials cut each into 2^k equal parts and try each part once.
 */
public final class QuasiRandomSearch extends ModelSearcher {
    private final boolean scramble;
    private @Nullable SobolPoints points;

    /** Makes one with the defaults: scrambled. */
    public QuasiRandomSearch() {
        this(builder());
    }

    private QuasiRandomSearch(Builder builder) {
        super(builder.pointsToEvaluate);
        scramble = builder.scramble;
    }

    /** Returns settings to change. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public void begin(Setup setup) {
        super.begin(setup);
        int dimension = axes().size();
        if (dimension > SobolPoints.MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "The space has " + dimension + " axes, but Sobol's sequence is known for "
                            + SobolPoints.MAX_DIMENSION + " at most. Use RandomSearch.");
        }
        points =
                scramble ? new SobolPoints(dimension, seeds(), "search/QuasiRandomSearch") : new SobolPoints(dimension);
    }

    @Override
    Suggestion.Next propose(int trialNumber) {
        int index = trialNumber - given();
        double[] point = axes().fromCube(State.begun(points, this).at(index));
        return at(point, trialNumber, (scramble ? "scrambled Sobol point " : "Sobol point ") + index);
    }

    @Override
    void addSettings(Map<String, Object> settings) {
        settings.put("qmc_type", "sobol");
        settings.put("scramble", scramble);
    }

    @Override
    String modelSummary() {
        return "";
    }

    /** Settings of {@link QuasiRandomSearch}, with the names of Optuna's {@code QMCSampler}. */
    public static final class Builder {
        private boolean scramble = true;
        private List<Map<String, Object>> pointsToEvaluate = List.of();

        private Builder() {}

        /**
         * Sets whether the sequence is scrambled by the seed of the run (default true). Without it every seed gives the same
         * points, and the first of them is the lower end of every axis.
         */
        public Builder scramble(boolean scramble) {
            this.scramble = scramble;
            return this;
        }

        /** Sets values to try first; what an entry does not name is drawn at random. */
        public Builder pointsToEvaluate(List<? extends Map<String, ?>> points) {
            pointsToEvaluate = ModelSearcher.copied(points);
            return this;
        }

        /** Returns the searcher. */
        public QuasiRandomSearch build() {
            return new QuasiRandomSearch(this);
        }
    }
}
