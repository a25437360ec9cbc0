package org.rltune.tune.search;

import org.rltune.tune.Searcher;

/** A limiter that works in batches, around a searcher that climbs. */
final class BatchLimiterContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new ConcurrencyLimiter(new HillClimber(), 3, true);
    }
}
