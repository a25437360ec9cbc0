package org.rltune.tune.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.rltune.json.Json;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.SearchSpace;

/**
 * A tuner in a few lines: asks a searcher for trials, lets a few of them be under way at once, and hands it results in the
 * order of the tuner's main loop: the trial that had run the fewest iterations first, of these the lowest number.
 */
final class FakeSearch {
    /** The metric of a trial after an iteration. */
    interface Score {
        OptionalDouble of(Candidate trial);
    }

    /** How a trial of these settings ends. */
    interface End {
        Scheduler.Outcome of(Candidate trial);
    }

    final SearchSpace space;
    private final SearchSpace declared;
    final List<Candidate> trials = new ArrayList<>();
    final List<Candidate> open = new ArrayList<>();
    final Score score;
    private final Searcher.Setup setup;
    private final int concurrent;
    private final int iterations;
    private End end = trial -> Scheduler.Outcome.COMPLETED;
    private Supplier<Searcher> replacement = () -> null;
    Searcher searcher;
    boolean exhausted;
    private boolean waits;

    /**
     * @param numSamples as the user sets it
     * @param concurrent how many trials are under way at once
     * @param iterations after how many a trial ends; it arrives after each
     */
    FakeSearch(
            Searcher searcher,
            SearchSpace declared,
            int numSamples,
            int concurrent,
            int iterations,
            Mode mode,
            long seed,
            Score score) {
        this.searcher = searcher;
        this.concurrent = concurrent;
        this.iterations = iterations;
        this.score = score;
        this.declared = declared;
        this.space = searcher.extend(declared);
        this.setup = new Searcher.Setup("score", mode, space, Seeds.of(seed), searcher.totalTrials(space, numSamples));
        searcher.begin(setup);
    }

    FakeSearch ending(End end) {
        this.end = end;
        return this;
    }

    /** Replaces the searcher before every call to it by a new one that takes over its state by way of its text. */
    FakeSearch replacing(Supplier<Searcher> fresh) {
        this.replacement = fresh;
        return this;
    }

    /** Runs until no trial can be made and none is under way; returns this. Fails if it stands still. */
    FakeSearch run() {
        while (true) {
            start();
            if (open.isEmpty()) {
                assertThat(exhausted)
                        .as("nothing is under way, but the searcher waits")
                        .isTrue();
                return this;
            }
            step();
        }
    }

    private void start() {
        while (!exhausted && !waits && open.size() < concurrent) {
            if (trials.size() == setup.totalTrials()) {
                exhausted = true;
                return;
            }
            replace();
            Suggestion suggestion = searcher.suggest(trials.size());
            if (suggestion instanceof Suggestion.Next next) {
                assertThat(next.reason()).isNotBlank();
                Candidate trial = new Candidate(trials.size(), next.config(), next.reason());
                trials.add(trial);
                open.add(trial);
            } else {
                exhausted = suggestion instanceof Suggestion.Exhausted;
                waits = suggestion instanceof Suggestion.Wait;
            }
        }
    }

    private void step() {
        Candidate trial = open.stream()
                .min(Comparator.<Candidate>comparingInt(one -> one.iteration).thenComparingInt(one -> one.number))
                .orElseThrow();
        Scheduler.Outcome fate = end.of(trial);
        boolean failsNow = fate == Scheduler.Outcome.FAILED && trial.iteration == iterations / 2;
        if (!failsNow) {
            trial.iterate(score.of(trial));
        }
        boolean last = failsNow || trial.iteration == iterations;
        trial.outcome = last ? fate : Scheduler.Outcome.OPEN;
        waits = false;
        if (!failsNow) {
            replace();
            searcher.onResult(trial);
        }
        if (last) {
            open.remove(trial);
            replace();
            searcher.onTrialEnd(trial);
        }
    }

    private void replace() {
        Searcher fresh = replacement.get();
        if (fresh != null) {
            String text = Json.write(searcher.save());
            assertThat(fresh.extend(declared).names()).isEqualTo(space.names());
            fresh.begin(setup);
            fresh.restore(Json.asObject(Json.parse(text, "state"), "state"));
            searcher = fresh;
        }
    }

    /** Returns what was suggested, with reasons. */
    List<String> suggestions() {
        return trials.stream().map(trial -> trial.config + " " + trial.reason).toList();
    }
}
