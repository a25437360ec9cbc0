package org.rltune.experiments.bench;

import java.util.Locale;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.search.BohbSearch;
import org.rltune.tune.search.CmaEsSearch;
import org.rltune.tune.search.GaussianProcessSearch;
import org.rltune.tune.search.QuasiRandomSearch;
import org.rltune.tune.search.RandomSearch;
import org.rltune.tune.search.TpeSearch;

/** Searchers that {@link RegretBench} measures, each with its defaults. */
enum SearchMethod {
    RANDOM,
    QMC,
    TPE,
    CMAES,
    BOHB,
    GP;

    private Searcher searcher() {
        return switch (this) {
            case RANDOM -> new RandomSearch();
            case QMC -> new QuasiRandomSearch();
            case TPE -> new TpeSearch();
            case CMAES -> new CmaEsSearch();
            case BOHB -> new BohbSearch();
            case GP -> new GaussianProcessSearch();
        };
    }

    /** Returns the name in tables and files, such as {@code tpe}: that of optuna_regret.py where it has the method. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the best value minus the minimum after so many trials, one at a time. */
    double regret(TestFunction function, long seed, int trials) {
        Searcher search = searcher();
        search.begin(new Searcher.Setup("value", Mode.MIN, function.space(), Seeds.of(seed), trials));
        double best = Double.POSITIVE_INFINITY;
        for (int number = 0; number < trials; number++) {
            if (!(search.suggest(number) instanceof Suggestion.Next next)) {
                throw new IllegalStateException(id() + " suggested nothing for trial " + number + " of " + trials);
            }
            double value = function.at(next.config());
            best = Math.min(best, value);
            search.onTrialEnd(new EvaluatedTrial(number, next.config(), value));
        }
        return best - function.minimum();
    }
}
