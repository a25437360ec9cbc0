package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;
import org.rltune.tune.Suggestion;

/**
 * Tree-structured Parzen estimator: models where good trials lie and where the others lie, and tries where the first is
 * likely and the second is not.
 *
 * <p>After {@code n_startup_trials} random ones, the best {@code min(ceil(n / 10), 25)} of n trials are good; l(x) is a
 * {@link ParzenEstimator} of theirs and g(x) one of all others. Of {@code n_ei_candidates} points drawn from l, the one
 * with the largest {@code log l(x) - log g(x)} is tried. Rules and defaults are those of Optuna 5
 * ({@code optuna.samplers.TPESampler}); source: J. Bergstra and others, "Algorithms for Hyper-Parameter Optimization"
 * (2011).
 *
 * <ul>
 *   <li>Trials that a stop rule ended come first, the lowest loss first; then those that a scheduler stopped or holds, the
 *       one that got furthest first, the lowest loss first among equals.
 *   <li>Trials under way without a result count as not good ({@code constant_liar}), so that others keep away from them.
 *   <li>Trials that failed, or whose last score is no finite number, count as not good too (Optuna leaves them out), so
 *       that the search keeps away from where trials crash.
 *   <li>Candidates obey the constraints before they are compared.
 *   <li>Hyperparameters under the same condition are modelled together, from the trials that have them (Optuna's {@code
 *       group}).
 * </ul>
 */
public final class TpeSearch extends ModelSearcher {
    private final int nStartupTrials;
    private final int nEiCandidates;
    private final boolean multivariate;
    private final boolean constantLiar;

    /** Makes one with the defaults. */
    public TpeSearch() {
        this(builder());
    }

    private TpeSearch(Builder builder) {
        super(builder.pointsToEvaluate);
        nStartupTrials = builder.nStartupTrials;
        nEiCandidates = builder.nEiCandidates;
        multivariate = builder.multivariate;
        constantLiar = builder.constantLiar;
    }

    /** Returns settings to change. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    Suggestion.Next propose(int trialNumber) {
        Split split = split();
        int judged = split.judged();
        if (judged < nStartupTrials) {
            return random(trialNumber, judged + " of " + nStartupTrials + " startup trials have results");
        }
        Pcg64 random = stream(trialNumber);
        double[] point = new double[axes().size()];
        Arrays.fill(point, Double.NaN);
        double ratio = 0;
        for (int[] group : groups()) {
            // What a condition looks at stands in a group before, so it is known here.
            if (axes().isActive(group[0], axes().config(point, seeds(), trialNumber))) {
                ratio += choose(group, point, split, random, trialNumber);
            }
        }
        return at(
                point,
                trialNumber,
                String.format(
                        Locale.ROOT,
                        "TPE: best of %d candidates, log l/g %.2f, %d of %d trials good",
                        nEiCandidates,
                        ratio,
                        split.good().size(),
                        judged));
    }

    /** The axes that are modelled together: those that exist together, or each alone. */
    private List<int[]> groups() {
        return multivariate
                ? axes().groups()
                : IntStream.range(0, axes().size()).mapToObj(i -> new int[] {i}).toList();
    }

    /** Sets the coordinates of a group to the best candidate and returns its {@code log l - log g}. */
    private double choose(int[] group, double[] point, Split split, Pcg64 random, int trialNumber) {
        List<Axis> axes = new ArrayList<>();
        for (int i : group) {
            axes.add(axes().get(i));
        }
        ParzenEstimator good = new ParzenEstimator(axes, points(split.good(), group));
        ParzenEstimator other = new ParzenEstimator(axes, points(split.others(), group));
        boolean settles = multivariate && !setup().space().constraints().isEmpty();
        double[] best = new double[0];
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < nEiCandidates; c++) {
            double[] candidate = good.sample(random);
            if (settles) {
                double[] whole = point.clone();
                for (int i = 0; i < group.length; i++) {
                    whole[group[i]] = candidate[i];
                }
                candidate = part(axes().settled(whole, seeds(), trialNumber), group);
            }
            double ratio = good.logDensity(candidate) - other.logDensity(candidate);
            if (c == 0 || ratio > most) {
                most = ratio;
                best = candidate;
            }
        }
        for (int i = 0; i < group.length; i++) {
            point[group[i]] = best[i];
        }
        return most;
    }

    private static double[] part(double[] whole, int[] group) {
        double[] part = new double[group.length];
        for (int i = 0; i < group.length; i++) {
            part[i] = whole[group[i]];
        }
        return part;
    }

    /** The coordinates of a group in those trials that have them. */
    private List<double[]> points(List<Past> trials, int[] group) {
        return trials.stream()
                .map(trial -> part(axes().point(trial.config()), group))
                .filter(part -> Arrays.stream(part).noneMatch(Double::isNaN))
                .toList();
    }

    /** The trials that are good and the others, each in the order of their numbers, and how many could be compared. */
    private record Split(List<Past> good, List<Past> others, int judged) {}

    private Split split() {
        List<Past> ranked = new ArrayList<>(history().judged());
        ranked.sort(Past.ranking(direction()));
        List<Past> good = new ArrayList<>(ranked.subList(0, TpeRules.gamma(ranked.size())));
        good.sort(Comparator.comparing(Past::number));
        List<Past> others = new ArrayList<>();
        for (Past trial : history().all()) {
            if (!good.contains(trial) && (constantLiar || !trial.isPending())) {
                others.add(trial);
            }
        }
        return new Split(good, others, ranked.size());
    }

    @Override
    void addSettings(Map<String, Object> settings) {
        settings.put("n_startup_trials", nStartupTrials);
        settings.put("n_ei_candidates", nEiCandidates);
        settings.put("multivariate", multivariate);
        settings.put("constant_liar", constantLiar);
    }

    @Override
    String modelSummary() {
        int judged = history().judged().size();
        return judged < nStartupTrials
                ? ", random until " + nStartupTrials + " have results"
                : ", " + judged + " in the model, " + TpeRules.gamma(judged) + " of them good";
    }

    /** Settings of {@link TpeSearch}, with the names and defaults of Optuna's {@code TPESampler}. */
    public static final class Builder {
        private int nStartupTrials = 10;
        private int nEiCandidates = 24;
        private boolean multivariate = true;
        private boolean constantLiar = true;
        private List<Map<String, Object>> pointsToEvaluate = List.of();

        private Builder() {}

        /**
         * Sets how many trials must have a result before the model is used (default 10); until then trials are random.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder nStartupTrials(int trials) {
            nStartupTrials = Check.positive("n_startup_trials", trials);
            return this;
        }

        /**
         * Sets how many points are drawn and compared for each trial (default 24).
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder nEiCandidates(int candidates) {
            nEiCandidates = Check.positive("n_ei_candidates", candidates);
            return this;
        }

        /**
         * Sets whether hyperparameters that exist together are modelled together (default true), so that the model sees
         * which values go together; else each alone, and constraints are repaired only after the choice.
         */
        public Builder multivariate(boolean multivariate) {
            this.multivariate = multivariate;
            return this;
        }

        /** Sets whether trials under way without a result count as not good (default true), or not at all. */
        public Builder constantLiar(boolean constantLiar) {
            this.constantLiar = constantLiar;
            return this;
        }

        /** Sets values to try first; what an entry does not name is drawn at random. */
        public Builder pointsToEvaluate(List<? extends Map<String, ?>> points) {
            pointsToEvaluate = ModelSearcher.copied(points);
            return this;
        }

        /** Returns the searcher. */
        public TpeSearch build() {
            return new TpeSearch(this);
        }
    }
}
