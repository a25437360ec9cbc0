package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.HyperParams;

/**
 * Draws every hyperparameter at random, except those that are given for the first trials. The default searcher.
 */
public final class BasicVariantGenerator implements Searcher {
    private final List<Map<String, Object>> pointsToEvaluate;
    private final List<HyperParams> points = new ArrayList<>();
    private @Nullable Setup setup;
    private int suggested;

    /** Makes one that gives nothing. */
    public BasicVariantGenerator() {
        this(List.of());
    }

    private BasicVariantGenerator(List<Map<String, Object>> pointsToEvaluate) {
        this.pointsToEvaluate = pointsToEvaluate;
    }

    /**
     * Returns one that tries these values first. Each entry takes the place of one sample; hyperparameters that it does not
     * name are drawn at random.
     */
    public BasicVariantGenerator pointsToEvaluate(List<? extends Map<String, ?>> points) {
        List<Map<String, Object>> copies = new ArrayList<>();
        points.forEach(point -> copies.add(new LinkedHashMap<>(point)));
        return new BasicVariantGenerator(List.copyOf(copies));
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("points_to_evaluate", pointsToEvaluate);
    }

    @Override
    public void begin(Setup setup) {
        this.setup = setup;
        suggested = 0;
        points.clear();
        for (Map<String, Object> point : pointsToEvaluate) {
            points.add(Given.checked("points_to_evaluate[" + points.size() + "]", point, setup.space()));
        }
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        Setup begun = State.begun(setup, this);
        suggested = trialNumber + 1;
        boolean given = trialNumber < points.size();
        return given
                ? new Suggestion.Next(
                        Given.complete(begun.space(), points.get(trialNumber), begun.seeds(), trialNumber),
                        "points_to_evaluate[" + trialNumber + "]")
                : new Suggestion.Next(begun.space().sample(begun.seeds(), trialNumber), "random");
    }

    @Override
    public String summary() {
        return "BasicVariantGenerator: " + suggested + " of "
                + State.begun(setup, this).totalTrials() + " trials";
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
