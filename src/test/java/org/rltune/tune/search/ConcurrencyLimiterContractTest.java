package org.rltune.tune.search;

import org.rltune.tune.Searcher;

final class ConcurrencyLimiterContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new ConcurrencyLimiter(new RandomSearch(), 3);
    }

    @Override
    protected boolean comparesScores() {
        return false;
    }
}
