package org.rltune.tune.search;

import org.rltune.tune.Searcher;

final class BasicVariantGeneratorContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new BasicVariantGenerator();
    }
}
