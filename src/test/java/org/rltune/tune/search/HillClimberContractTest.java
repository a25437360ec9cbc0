package org.rltune.tune.search;

import org.rltune.tune.Searcher;

/** The searcher of the tests obeys the contract too, so that the contract is tried on one that learns. */
final class HillClimberContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new HillClimber();
    }
}
