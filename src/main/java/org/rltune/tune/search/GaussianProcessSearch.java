package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.tune.Suggestion;
import org.rltune.tune.gp.GaussianProcess;
import org.rltune.tune.gp.KernelParameters;
import org.rltune.tune.gp.Nd4jCheck;

/**
 * Bayesian search: a Gaussian process with expected improvement. For few and costly trials, up to a few hundred.
 *
 * <p>After {@code n_startup_trials} random ones, a Gaussian process with a Matern 5/2 kernel, one length scale per
 * hyperparameter, is fitted to all results (their mean set to 0, their deviation to 1), and the point with the largest
 * expected improvement over the best is tried. Method, priors and defaults are those of Optuna 5
 * ({@code optuna.samplers.GPSampler}).
 *
 * <ul>
 *   <li>Trials under way without a result are believed to reach the mean that the model gives them, so that the next trial
 *       keeps away from them.
 *   <li>Trials that a scheduler stopped or holds count with their last score. Those that failed, or whose last score is no
 *       finite number, count as the worst score seen (Optuna leaves both out).
 *   <li>Candidates obey the constraints before they are compared. Conditional hyperparameters are drawn at random.
 * </ul>
 *
 * <p>Needs ND4J on the class path, an optional dependency.
 */
public final class GaussianProcessSearch extends ModelSearcher {
    private static final double LEAST_DEVIATION = 1e-10;

    private final int nStartupTrials;
    private final int nPreliminarySamples;
    private final int nLocalSearch;
    private @Nullable KernelParameters kernel;

    /** Makes one with the defaults. */
    public GaussianProcessSearch() {
        this(builder());
    }

    private GaussianProcessSearch(Builder builder) {
        super(builder.pointsToEvaluate);
        nStartupTrials = builder.nStartupTrials;
        nPreliminarySamples = builder.nPreliminarySamples;
        nLocalSearch = builder.nLocalSearch;
    }

    @Override
    Axes axes(Setup setup) {
        return Axes.always(setup.space(), "GaussianProcessSearch");
    }

    /** Returns settings to change. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void begin(Setup setup) {
        Nd4jCheck.require("GaussianProcessSearch");
        super.begin(setup);
        kernel = null;
    }

    @Override
    public List<String> exceptionsToReproducibility() {
        return List.of(
                "GaussianProcessSearch repeats its bits on one machine only: ND4J's BLAS chooses its kernels by the"
                        + " processor");
    }

    @Override
    Suggestion.Next propose(int trialNumber) {
        List<Past> judged = history().judged();
        if (judged.size() < nStartupTrials) {
            return random(trialNumber, judged.size() + " of " + nStartupTrials + " startup trials have results");
        }
        Scores scores = Scores.of(judged, this);
        boolean[] category = new boolean[axes().size()];
        for (int i = 0; i < category.length; i++) {
            category[i] = axes().get(i).isChoice();
        }
        KernelParameters start = kernel == null ? KernelParameters.unknown(category.length) : kernel;
        GaussianProcess seen = GaussianProcess.fit(scores.points(), category, scores.standardized(), start);
        kernel = seen.parameters();
        double[][] pending = history().all().stream()
                .filter(Past::isPending)
                .map(trial -> axes().point(trial.config()))
                .toArray(double[][]::new);
        GaussianProcess model = seen.believing(pending);
        Pcg64 random = stream(trialNumber);
        boolean constrained = !setup().space().constraints().isEmpty();
        AcquisitionSearch search = new AcquisitionSearch(
                axes().list(),
                model,
                model.best(),
                point -> constrained ? axes().settled(point, seeds(), trialNumber) : point);
        AcquisitionSearch.Found found =
                search.best(candidates(trialNumber, constrained), scores.bestPoint(), nLocalSearch, random);
        return at(
                found.point(),
                trialNumber,
                String.format(
                        Locale.ROOT,
                        "GP: expects %.2g more than the best of %d trials, log EI %.2f, %d under way",
                        scores.deviation() * StrictMath.exp(found.logImprovement()),
                        judged.size(),
                        found.logImprovement(),
                        pending.length));
    }

    private double[][] candidates(int trialNumber, boolean constrained) {
        SobolPoints sobol =
                new SobolPoints(axes().size(), seeds(), "search/GaussianProcessSearch/candidates/" + trialNumber);
        double[][] candidates = new double[nPreliminarySamples][];
        for (int i = 0; i < candidates.length; i++) {
            double[] point = axes().fromCube(sobol.at(i));
            candidates[i] = constrained ? axes().settled(point, seeds(), trialNumber) : point;
        }
        return candidates;
    }

    /**
     * The results that the model is fitted to.
     *
     * @param points one a trial
     * @param standardized the larger the better, mean 0, deviation 1
     * @param deviation of the scores before
     * @param best the index of the best
     */
    private record Scores(double[][] points, double[] standardized, double deviation, int best) {

        static Scores of(List<Past> judged, GaussianProcessSearch search) {
            double worst = Double.POSITIVE_INFINITY;
            for (Past trial : judged) {
                worst = Math.min(worst, -trial.loss(search.direction()));
            }
            List<double[]> points = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (Past trial : search.history().all()) {
                if (!trial.isPending()) {
                    points.add(search.axes().point(trial.config()));
                    values.add(trial.isJudged() ? -trial.loss(search.direction()) : worst);
                }
            }
            double mean = values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
            double squares = 0;
            int best = 0;
            for (int i = 0; i < values.size(); i++) {
                squares += (values.get(i) - mean) * (values.get(i) - mean);
                best = values.get(i) > values.get(best) ? i : best;
            }
            double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / values.size()));
            double[] standardized = new double[values.size()];
            for (int i = 0; i < standardized.length; i++) {
                standardized[i] = (values.get(i) - mean) / deviation;
            }
            return new Scores(points.toArray(new double[0][]), standardized, deviation, best);
        }

        double[] bestPoint() {
            return points[best];
        }
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>(super.save());
        KernelParameters last = kernel;
        if (last != null) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("weights", Arrays.stream(last.weights()).boxed().toList());
            json.put("scale", last.scale());
            json.put("noise", last.noise());
            state.put("kernel", json);
        }
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        super.restore(state);
        kernel = null;
        if (state.containsKey("kernel")) {
            Map<String, Object> json = State.object(state, "kernel");
            kernel = new KernelParameters(
                    State.list(json, "weights").stream()
                            .mapToDouble(weight -> Json.asDouble(weight, "weights"))
                            .toArray(),
                    Json.asDouble(json.get("scale"), "scale"),
                    Json.asDouble(json.get("noise"), "noise"));
        }
    }

    @Override
    void addSettings(Map<String, Object> settings) {
        settings.put("n_startup_trials", nStartupTrials);
        settings.put("n_preliminary_samples", nPreliminarySamples);
        settings.put("n_local_search", nLocalSearch);
    }

    @Override
    String modelSummary() {
        int judged = history().judged().size();
        return judged < nStartupTrials
                ? ", random until " + nStartupTrials + " have results"
                : ", " + judged + " in the model";
    }

    /** Settings of {@link GaussianProcessSearch}, with the names and defaults of Optuna's {@code GPSampler}. */
    public static final class Builder {
        private int nStartupTrials = 10;
        private int nPreliminarySamples = 2048;
        private int nLocalSearch = 10;
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
         * Sets at how many quasi-random points the expected improvement is computed first (default 2048).
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder nPreliminarySamples(int samples) {
            nPreliminarySamples = Check.positive("n_preliminary_samples", samples);
            return this;
        }

        /**
         * Sets from how many of these points it is followed uphill (default 10).
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder nLocalSearch(int walks) {
            nLocalSearch = Check.positive("n_local_search", walks);
            return this;
        }

        /** Sets values to try first; what an entry does not name is drawn at random. */
        public Builder pointsToEvaluate(List<? extends Map<String, ?>> points) {
            pointsToEvaluate = ModelSearcher.copied(points);
            return this;
        }

        /** Returns the searcher. */
        public GaussianProcessSearch build() {
            return new GaussianProcessSearch(this);
        }
    }
}
