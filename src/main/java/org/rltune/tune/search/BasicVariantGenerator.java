package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/**
 * Goes through every combination of the grids of the space, {@code numSamples} times, and draws all other hyperparameters
 * at random, for each trial anew. The default searcher; a space without grids makes it random search.
 *
 * <p>Combinations that break a constraint of the space are left out, and the run says so before it starts. The names and
 * rules are those of Ray Tune.
 */
public final class BasicVariantGenerator implements Searcher {
    private final List<Map<String, Object>> pointsToEvaluate;
    private final boolean constantGridSearch;
    private @Nullable Setup setup;
    private @Nullable Variants variants;
    private int suggested;

    /** Makes one that gives no values and draws all others for each trial. */
    public BasicVariantGenerator() {
        this(List.of(), false);
    }

    private BasicVariantGenerator(List<Map<String, Object>> pointsToEvaluate, boolean constantGridSearch) {
        this.pointsToEvaluate = pointsToEvaluate;
        this.constantGridSearch = constantGridSearch;
    }

    /**
     * Returns one that tries these values first. Each entry takes the place of one sample: grids that it does not name are
     * gone through, other hyperparameters that it does not name are drawn at random. All are tried, even if they are more
     * than {@code numSamples}.
     */
    public BasicVariantGenerator pointsToEvaluate(List<? extends Map<String, ?>> points) {
        List<Map<String, Object>> copies = new ArrayList<>();
        points.forEach(point -> copies.add(new LinkedHashMap<>(point)));
        return new BasicVariantGenerator(List.copyOf(copies), constantGridSearch);
    }

    /** Returns one that draws the random values once for each sample, the same for all combinations of the grids. */
    public BasicVariantGenerator constantGridSearch(boolean constant) {
        return new BasicVariantGenerator(pointsToEvaluate, constant);
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("points_to_evaluate", pointsToEvaluate);
        settings.put("constant_grid_search", constantGridSearch);
        return settings;
    }

    @Override
    public int totalTrials(SearchSpace space, int numSamples) {
        return new Variants(space, pointsToEvaluate).totalTrials(numSamples);
    }

    @Override
    public void begin(Setup setup) {
        this.setup = setup;
        variants = new Variants(setup.space(), pointsToEvaluate);
        suggested = 0;
    }

    @Override
    public List<String> preflight() {
        return State.begun(variants, this).preflight(State.begun(setup, this).totalTrials());
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        Setup begun = State.begun(setup, this);
        Variants.Variant variant = State.begun(variants, this).at(trialNumber);
        suggested = trialNumber + 1;
        HyperParams config = Given.complete(
                begun.space(), variant.given(), begun.seeds(), constantGridSearch ? variant.sample() : trialNumber);
        return new Suggestion.Next(config, variant.reason());
    }

    @Override
    public String summary() {
        return "BasicVariantGenerator: " + Totals.count(suggested) + " of "
                + Totals.count(State.begun(setup, this).totalTrials()) + " trials";
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
