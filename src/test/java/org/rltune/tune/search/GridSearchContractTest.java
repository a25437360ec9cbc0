package org.rltune.tune.search;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rltune.tune.Searcher;
import org.rltune.tune.space.Constraint;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.SearchSpace;

/** Six trials a sample: a grid, chosen in full by constraints. */
final class GridSearchContractTest extends SearcherContract {
    @Override
    protected Searcher searcher() {
        return new GridSearch(1).steps("x", 3);
    }

    @Override
    protected SearchSpace space() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("x", Domain.uniform(-5, 10));
        config.put("y", Domain.uniform(0, 15));
        config.put("train_batch_size", Domain.randint(1000, 60000));
        config.put("sgd_minibatch_size", Domain.randint(128, 16384));
        config.put("fcnet_activation", Domain.choice("tanh", "relu"));
        config.put("gamma", 0.99);
        return SearchSpace.of(config).constraint(Constraint.atMost("sgd_minibatch_size", "train_batch_size"));
    }

    @Override
    protected boolean drawsAtRandom() {
        return false;
    }
}
