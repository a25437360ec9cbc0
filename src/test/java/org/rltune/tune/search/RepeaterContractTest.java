package org.rltune.tune.search;

import org.rltune.tune.Searcher;

final class RepeaterContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new Repeater(new HillClimber(), 2, true);
    }
}
