package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.json.Json;
import org.rltune.random.Pcg64;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.HyperParams;

/** Draws x and y near the best trial that has ended, everything else at random; keeps what it was told. */
final class HillClimber implements Searcher {
    final List<String> told = new ArrayList<>();
    private @Nullable Setup setup;
    private double best = Double.NEGATIVE_INFINITY;
    private double x;
    private double y;

    @Override
    public void begin(Setup setup) {
        this.setup = setup;
        told.clear();
        best = Double.NEGATIVE_INFINITY;
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        Setup begun = State.begun(setup, this);
        HyperParams config = begun.space().sample(begun.seeds(), trialNumber);
        if (best == Double.NEGATIVE_INFINITY) {
            return new Suggestion.Next(config, "random");
        }
        Pcg64 random = begun.seeds().stream("climb", trialNumber);
        HyperParams near = config.with("x", x + random.uniform(-1, 1)).with("y", y + random.uniform(-1, 1));
        return new Suggestion.Next(begun.space().clamp(near), "near the best");
    }

    @Override
    public void onResult(Scheduler.TrialView trial) {
        told.add("result " + trial.number() + " " + trial.score());
    }

    @Override
    public void onTrialEnd(Scheduler.TrialView trial) {
        told.add("end " + trial.number() + " " + trial.outcome() + " " + trial.score());
        double score = State.begun(setup, this).mode().signed(trial.score().orElse(Double.NaN));
        if (score > best) {
            best = score;
            x = trial.config().getDouble("x");
            y = trial.config().getDouble("y");
        }
    }

    @Override
    public String summary() {
        return "HillClimber: best " + best;
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("best", best);
        state.put("x", x);
        state.put("y", y);
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        best = Json.asDouble(state.get("best"), "best");
        x = Json.asDouble(state.get("x"), "x");
        y = Json.asDouble(state.get("y"), "y");
    }
}
