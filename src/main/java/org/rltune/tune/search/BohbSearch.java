package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;
import org.rltune.tune.Scheduler.Outcome;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Suggestion;

/**
 * The searcher of BOHB: models where the better results of one budget lie, and where the worse ones. For HyperBand, whose
 * trials arrive at the same budgets.
 *
 * <p>A budget is the time of a trial at which the scheduler looked at it. The model is that of the largest budget with
 * enough results: the best {@code max(min_points_in_model, top_n_percent of n)} of them, and as many of the rest as {@code
 * max(min_points_in_model, 100 - top_n_percent of n)} gives, each side with more points than axes. Of {@code num_samples}
 * points drawn around the better ones, {@code bandwidth_factor} times as wide, the one with the smallest ratio of the two
 * densities is tried. Rules and defaults are those of HpBandSter (S. Falkner, A. Klein, F. Hutter, "BOHB: Robust and
 * Efficient Hyperparameter Optimization at Scale", 2018).
 *
 * <ul>
 *   <li>A failed trial, and a score that is no finite number, is the worst result.
 *   <li>Trials under way need no care: a third of the trials is random, and the others are drawn wide.
 *   <li>Candidates obey the constraints before they are compared. Conditional hyperparameters are drawn at random.
 * </ul>
 */
public final class BohbSearch extends ModelSearcher {
    private static final double LEAST_DENSITY = 1e-32;

    private final int minPointsInModel;
    private final int topNPercent;
    private final int numSamples;
    private final double randomFraction;
    private final double bandwidthFactor;
    private final double minBandwidth;

    /** Makes one with the defaults. */
    public BohbSearch() {
        this(builder());
    }

    private BohbSearch(Builder builder) {
        super(builder.pointsToEvaluate);
        minPointsInModel = builder.minPointsInModel;
        topNPercent = builder.topNPercent;
        numSamples = builder.numSamples;
        randomFraction = builder.randomFraction;
        bandwidthFactor = builder.bandwidthFactor;
        minBandwidth = builder.minBandwidth;
    }

    @Override
    Axes axes(Setup setup) {
        return Axes.always(setup.space(), "BohbSearch");
    }

    /** Returns settings to change. */
    public static Builder builder() {
        return new Builder();
    }

    /** The results of one budget, split. */
    private record Model(double budget, List<double[]> good, List<double[]> bad) {}

    private record Result(double[] point, double loss) {}

    @Override
    Suggestion.Next propose(int trialNumber) {
        Pcg64 random = stream(trialNumber);
        if (random.nextDouble() < randomFraction) {
            return random(trialNumber, "one of the random fraction");
        }
        Model model = model();
        if (model == null) {
            return random(trialNumber, "no budget has enough results");
        }
        KernelDensity good = new KernelDensity(axes().list(), model.good(), minBandwidth);
        KernelDensity bad = new KernelDensity(axes().list(), model.bad(), minBandwidth);
        boolean constrained = !setup().space().constraints().isEmpty();
        double[] best = new double[0];
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < numSamples; i++) {
            double[] point = good.around(random, bandwidthFactor);
            if (constrained) {
                point = axes().settled(point, seeds(), trialNumber);
            }
            double ratio = Math.max(LEAST_DENSITY, bad.at(point)) / Math.max(LEAST_DENSITY, good.at(point));
            if (ratio < least) {
                least = ratio;
                best = point;
            }
        }
        return at(
                best,
                trialNumber,
                String.format(
                        Locale.ROOT,
                        "BOHB: best of %d candidates, g/l %.2g, %d good and %d bad results of budget %s",
                        numSamples,
                        least,
                        model.good().size(),
                        model.bad().size(),
                        model.budget()));
    }

    /** Returns the model of the largest budget that has one, or null. */
    private @Nullable Model model() {
        for (Map.Entry<Double, List<Result>> budget : results().descendingMap().entrySet()) {
            List<Result> ranked = new ArrayList<>(budget.getValue());
            ranked.sort(Comparator.comparing(Result::loss));
            int n = ranked.size();
            int axes = axes().size();
            int least = minPointsInModel == 0 ? axes + 1 : minPointsInModel;
            if (n < least) {
                continue;
            }
            int nGood = Math.min(n, Math.max(least, topNPercent * n / 100));
            int nBad = Math.min(n - nGood, Math.max(least, (100 - topNPercent) * n / 100));
            if (nGood > axes && nBad > axes) {
                return new Model(
                        budget.getKey(),
                        ranked.subList(0, nGood).stream().map(Result::point).toList(),
                        ranked.subList(nGood, nGood + nBad).stream()
                                .map(Result::point)
                                .toList());
            }
        }
        return null;
    }

    /** The results by budget. A failed trial that reached no budget stands at the smallest. */
    private TreeMap<Double, List<Result>> results() {
        TreeMap<Double, List<Result>> results = new TreeMap<>();
        List<double[]> failedEarly = new ArrayList<>();
        for (Past trial : history().all()) {
            double[] point = axes().point(trial.config());
            for (TimedScore score : trial.scores()) {
                boolean good = trial.outcome() != Outcome.FAILED && Double.isFinite(score.score());
                double loss = good ? -direction().signed(score.score()) : Double.POSITIVE_INFINITY;
                results.computeIfAbsent(score.time(), time -> new ArrayList<>()).add(new Result(point, loss));
            }
            if (trial.isBad() && trial.scores().isEmpty()) {
                failedEarly.add(point);
            }
        }
        if (!results.isEmpty()) {
            failedEarly.forEach(
                    point -> results.firstEntry().getValue().add(new Result(point, Double.POSITIVE_INFINITY)));
        }
        return results;
    }

    @Override
    void addSettings(Map<String, Object> settings) {
        settings.put("min_points_in_model", minPointsInModel == 0 ? "axes + 1" : minPointsInModel);
        settings.put("top_n_percent", topNPercent);
        settings.put("num_samples", numSamples);
        settings.put("random_fraction", randomFraction);
        settings.put("bandwidth_factor", bandwidthFactor);
        settings.put("min_bandwidth", minBandwidth);
    }

    @Override
    String modelSummary() {
        Model model = model();
        return model == null
                ? ", random until a budget has enough results"
                : ", model of budget " + model.budget() + " with "
                        + (model.good().size() + model.bad().size()) + " results";
    }

    /** Settings of {@link BohbSearch}, with the names and defaults of HpBandSter. */
    public static final class Builder {
        private int minPointsInModel;
        private int topNPercent = 15;
        private int numSamples = 64;
        private double randomFraction = 1.0 / 3;
        private double bandwidthFactor = 3;
        private double minBandwidth = 1e-3;
        private List<Map<String, Object>> pointsToEvaluate = List.of();

        private Builder() {}

        /**
         * Sets how many results a budget needs, and how many points each side of the model has at least (default: one more
         * than there are axes).
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder minPointsInModel(int points) {
            minPointsInModel = Check.positive("min_points_in_model", points);
            return this;
        }

        /**
         * Sets how many of a hundred results count as good (default 15).
         *
         * @throws IllegalArgumentException if it is not from 1 to 99
         */
        public Builder topNPercent(int percent) {
            topNPercent = Check.inClosed("top_n_percent", percent, 1, 99);
            return this;
        }

        /**
         * Sets how many points are drawn and compared for each trial (default 64).
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder numSamples(int samples) {
            numSamples = Check.positive("num_samples", samples);
            return this;
        }

        /**
         * Sets which share of the trials is random in spite of the model (default 1/3).
         *
         * @throws IllegalArgumentException if it is not from 0 to 1
         */
        public Builder randomFraction(double fraction) {
            randomFraction = Check.inClosed("random_fraction", fraction, 0.0, 1.0);
            return this;
        }

        /**
         * Sets how much wider than the model's kernels the points are drawn (default 3).
         *
         * @throws IllegalArgumentException if it is not above 0
         */
        public Builder bandwidthFactor(double factor) {
            bandwidthFactor = Check.positive("bandwidth_factor", factor);
            return this;
        }

        /**
         * Sets the least width of a kernel, as a share of the width of a hyperparameter (default 0.001).
         *
         * @throws IllegalArgumentException if it is not above 0
         */
        public Builder minBandwidth(double bandwidth) {
            minBandwidth = Check.positive("min_bandwidth", bandwidth);
            return this;
        }

        /** Sets values to try first; what an entry does not name is drawn at random. */
        public Builder pointsToEvaluate(List<? extends Map<String, ?>> points) {
            pointsToEvaluate = ModelSearcher.copied(points);
            return this;
        }

        /** Returns the searcher. */
        public BohbSearch build() {
            return new BohbSearch(this);
        }
    }
}
