package org.rltune.tune.search;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.SearchSpace;

/**
 * Draws every hyperparameter of every trial at random from its domain (Bergstra and Bengio 2012). Of a grid it draws one
 * of the values; {@link BasicVariantGenerator} goes through all of them.
 */
public final class RandomSearch implements Searcher {
    private @Nullable Setup setup;
    private int suggested;

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public void begin(Setup setup) {
        this.setup = setup;
        suggested = 0;
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        Setup begun = State.begun(setup, this);
        suggested = trialNumber + 1;
        SearchSpace space = begun.space();
        return new Suggestion.Next(space.sample(begun.seeds(), trialNumber), "random");
    }

    @Override
    public String summary() {
        return "RandomSearch: " + suggested + " of " + State.begun(setup, this).totalTrials() + " trials";
    }

    @Override
    public Map<String, Object> save() {
        return Map.of("suggested", suggested);
    }

    @Override
    public void restore(Map<String, Object> state) {
        suggested = State.count(state, "suggested");
    }
}
