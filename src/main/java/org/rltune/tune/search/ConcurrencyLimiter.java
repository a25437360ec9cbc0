package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rltune.check.Check;
import org.rltune.json.Json;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.SearchSpace;

/**
 * Lets a searcher have only so many trials under way at once, paused ones included, so that it has learned from the earlier
 * ones before it chooses the next; with the names of Ray Tune.
 *
 * <p>The run's {@code maxConcurrentTrials} bounds how many train at once instead: a trial that a scheduler has paused
 * frees its place there, but not here.
 */
public final class ConcurrencyLimiter implements Searcher {
    private final Searcher searcher;
    private final int max;
    private final boolean batch;
    private final List<Ended> held = new ArrayList<>();
    private int underWay;
    private int inBatch;

    /** Limits a searcher to {@code maxConcurrent} trials, at least 1. */
    public ConcurrencyLimiter(Searcher searcher, int maxConcurrent) {
        this(searcher, maxConcurrent, false);
    }

    /**
     * Limits a searcher.
     *
     * @param maxConcurrent how many trials may be under way, at least 1
     * @param batch whether the next trials are chosen only when all of them have ended, and the searcher learns of their
     *     results only then, in the order in which they ended
     */
    public ConcurrencyLimiter(Searcher searcher, int maxConcurrent, boolean batch) {
        this.searcher = searcher;
        this.max = Check.positive("max_concurrent", maxConcurrent);
        this.batch = batch;
    }

    @Override
    public Optional<String> metric() {
        return searcher.metric();
    }

    @Override
    public Optional<Mode> mode() {
        return searcher.mode();
    }

    @Override
    public boolean needsMetric() {
        return searcher.needsMetric();
    }

    /** Returns true: when the next trial is made depends on when others end. */
    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("max_concurrent", max);
        settings.put("batch", batch);
        settings.put("searcher", Wrapping.settings(searcher));
        return settings;
    }

    @Override
    public SearchSpace extend(SearchSpace space) {
        return searcher.extend(space);
    }

    @Override
    public void checkScheduler(Scheduler scheduler) {
        searcher.checkScheduler(scheduler);
    }

    @Override
    public List<String> exceptionsToReproducibility() {
        return searcher.exceptionsToReproducibility();
    }

    @Override
    public int totalTrials(SearchSpace space, int numSamples) {
        return searcher.totalTrials(space, numSamples);
    }

    /** Returns the limit: more would not be made. */
    @Override
    public int defaultConcurrentTrials() {
        return max;
    }

    @Override
    public List<String> preflight() {
        return searcher.preflight();
    }

    @Override
    public void begin(Setup setup) {
        searcher.begin(setup);
        held.clear();
        underWay = 0;
        inBatch = 0;
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        if (underWay >= max) {
            return new Suggestion.Wait(max + " of " + max + " trials are under way");
        }
        if (batch && inBatch >= max) {
            return new Suggestion.Wait(underWay + " of a batch of " + max + " are still under way");
        }
        Suggestion suggestion = searcher.suggest(trialNumber);
        if (suggestion instanceof Suggestion.Next) {
            underWay++;
            inBatch++;
        }
        return suggestion;
    }

    @Override
    public void onResult(Scheduler.TrialView trial) {
        if (!batch) {
            searcher.onResult(trial);
        }
    }

    @Override
    public void onTrialEnd(Scheduler.TrialView trial) {
        underWay--;
        if (!batch) {
            searcher.onTrialEnd(trial);
            return;
        }
        held.add(Ended.of(trial));
        if (underWay == 0) {
            held.forEach(ended -> ended.tell(searcher));
            held.clear();
            inBatch = 0;
        }
    }

    @Override
    public String summary() {
        return "ConcurrencyLimiter: " + underWay + " of at most " + max + (batch ? " (in batches)" : "")
                + " trials under way; " + searcher.summary();
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("under_way", underWay);
        state.put("in_batch", inBatch);
        state.put("held", held.stream().map(Ended::toJson).toList());
        state.put("searcher", searcher.save());
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        underWay = State.count(state, "under_way");
        inBatch = State.count(state, "in_batch");
        held.clear();
        State.list(state, "held").forEach(json -> held.add(Ended.fromJson(Json.asObject(json, "held"))));
        searcher.restore(State.object(state, "searcher"));
    }
}
