package org.rltune.tune.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Searcher;
import org.rltune.tune.search.BasicVariantGenerator;
import org.rltune.tune.search.BohbSearch;
import org.rltune.tune.search.CmaEsSearch;
import org.rltune.tune.search.ConcurrencyLimiter;
import org.rltune.tune.search.GaussianProcessSearch;
import org.rltune.tune.search.GridSearch;
import org.rltune.tune.search.QuasiRandomSearch;
import org.rltune.tune.search.RandomSearch;
import org.rltune.tune.search.Repeater;
import org.rltune.tune.search.TpeSearch;

/** The searchers that a file can name. A setting that is left out has the default of the builder. */
final class Searchers {
    private static final String POINTS = "points_to_evaluate";
    private static final String POINTS_TYPE = "list of {name: value}";

    static final List<Kind<Searcher>> TABLE = List.of(
            Kind.of("TpeSearch", tpe(), node -> TpeSearch.builder(), TpeSearch.Builder::build),
            Kind.of("BasicVariantGenerator", variants(), node -> new Given(), Given::variants),
            Kind.of("RandomSearch", new Settings<RandomSearch>(), node -> new RandomSearch(), searcher -> searcher),
            Kind.of("GridSearch", grid(), node -> new Given(), Given::grid),
            Kind.of(
                    "QuasiRandomSearch",
                    quasiRandom(),
                    node -> QuasiRandomSearch.builder(),
                    QuasiRandomSearch.Builder::build),
            Kind.of(
                    "GaussianProcessSearch",
                    gaussianProcess(),
                    node -> GaussianProcessSearch.builder(),
                    GaussianProcessSearch.Builder::build),
            Kind.of("CmaEsSearch", cmaEs(), node -> CmaEsSearch.builder(), CmaEsSearch.Builder::build),
            Kind.of("BohbSearch", bohb(), node -> BohbSearch.builder(), BohbSearch.Builder::build),
            Kind.of("ConcurrencyLimiter", limiter(), node -> new Given(), Given::limiter),
            Kind.of("Repeater", repeater(), node -> new Given(), Given::repeater));

    private Searchers() {}

    static Searcher read(Node node) {
        return Kind.make(node, TABLE, "searcher");
    }

    /** The settings of searchers that have no builder. */
    private static final class Given {
        private @Nullable List<Map<String, Object>> points;
        private @Nullable Searcher inner;
        private @Nullable Integer number;
        private final Map<String, Integer> stepsOf = new LinkedHashMap<>();
        private boolean flag;

        private BasicVariantGenerator variants() {
            BasicVariantGenerator variants = new BasicVariantGenerator().constantGridSearch(flag);
            return points == null ? variants : variants.pointsToEvaluate(points);
        }

        private GridSearch grid() {
            GridSearch search = new GridSearch(required(number, "GridSearch", "steps", "5"));
            for (Map.Entry<String, Integer> entry : stepsOf.entrySet()) {
                search = search.steps(entry.getKey(), entry.getValue());
            }
            return search;
        }

        private ConcurrencyLimiter limiter() {
            return new ConcurrencyLimiter(
                    required(inner, "ConcurrencyLimiter", "searcher", "TpeSearch"),
                    required(number, "ConcurrencyLimiter", "max_concurrent", "4"),
                    flag);
        }

        private Repeater repeater() {
            return new Repeater(
                    required(inner, "Repeater", "searcher", "TpeSearch"),
                    required(number, "Repeater", "repeat", "3"),
                    flag);
        }

        private static <T> T required(@Nullable T value, String owner, String key, String example) {
            if (value == null) {
                throw new IllegalArgumentException(
                        owner + " needs " + key + ". Add it, such as " + key + ": " + example + ".");
            }
            return value;
        }
    }

    private static Settings<Given> variants() {
        return new Settings<Given>()
                .add(POINTS, POINTS_TYPE, (given, node) -> given.points = node.objects())
                .flag("constant_grid_search", (given, value) -> given.flag = value);
    }

    private static Settings<Given> grid() {
        return new Settings<Given>()
                .whole("steps", (given, value) -> given.number = value)
                .add(
                        "steps_of",
                        "name: whole number",
                        (given, node) -> node.parts().forEach((name, steps) -> given.stepsOf.put(name, steps.whole())));
    }

    private static Settings<Given> limiter() {
        return new Settings<Given>()
                .add("searcher", "a searcher", (given, node) -> given.inner = read(node))
                .whole("max_concurrent", (given, value) -> given.number = value)
                .flag("batch", (given, value) -> given.flag = value);
    }

    private static Settings<Given> repeater() {
        return new Settings<Given>()
                .add("searcher", "a searcher", (given, node) -> given.inner = read(node))
                .whole("repeat", (given, value) -> given.number = value)
                .flag("set_index", (given, value) -> given.flag = value);
    }

    private static Settings<QuasiRandomSearch.Builder> quasiRandom() {
        return new Settings<QuasiRandomSearch.Builder>()
                .flag("scramble", QuasiRandomSearch.Builder::scramble)
                .add(POINTS, POINTS_TYPE, (b, node) -> b.pointsToEvaluate(node.objects()));
    }

    private static Settings<TpeSearch.Builder> tpe() {
        return new Settings<TpeSearch.Builder>()
                .whole("n_startup_trials", TpeSearch.Builder::nStartupTrials)
                .whole("n_ei_candidates", TpeSearch.Builder::nEiCandidates)
                .flag("multivariate", TpeSearch.Builder::multivariate)
                .flag("constant_liar", TpeSearch.Builder::constantLiar)
                .add(POINTS, POINTS_TYPE, (b, node) -> b.pointsToEvaluate(node.objects()));
    }

    private static Settings<GaussianProcessSearch.Builder> gaussianProcess() {
        return new Settings<GaussianProcessSearch.Builder>()
                .whole("n_startup_trials", GaussianProcessSearch.Builder::nStartupTrials)
                .whole("n_preliminary_samples", GaussianProcessSearch.Builder::nPreliminarySamples)
                .whole("n_local_search", GaussianProcessSearch.Builder::nLocalSearch)
                .add(POINTS, POINTS_TYPE, (b, node) -> b.pointsToEvaluate(node.objects()));
    }

    private static Settings<CmaEsSearch.Builder> cmaEs() {
        return new Settings<CmaEsSearch.Builder>()
                .whole("n_startup_trials", CmaEsSearch.Builder::nStartupTrials)
                .whole("popsize", CmaEsSearch.Builder::popsize)
                .real("sigma0", CmaEsSearch.Builder::sigma0)
                .add(POINTS, POINTS_TYPE, (b, node) -> b.pointsToEvaluate(node.objects()));
    }

    private static Settings<BohbSearch.Builder> bohb() {
        return new Settings<BohbSearch.Builder>()
                .whole("min_points_in_model", BohbSearch.Builder::minPointsInModel)
                .whole("top_n_percent", BohbSearch.Builder::topNPercent)
                .whole("num_samples", BohbSearch.Builder::numSamples)
                .real("random_fraction", BohbSearch.Builder::randomFraction)
                .real("bandwidth_factor", BohbSearch.Builder::bandwidthFactor)
                .real("min_bandwidth", BohbSearch.Builder::minBandwidth)
                .add(POINTS, POINTS_TYPE, (b, node) -> b.pointsToEvaluate(node.objects()));
    }
}
