package org.rltune.tune.search;

import org.rltune.tune.Searcher;

final class RandomSearchContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new RandomSearch();
    }
}
