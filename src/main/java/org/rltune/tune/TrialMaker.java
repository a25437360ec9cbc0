package org.rltune.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.space.HyperParams;

/**
 * Makes the trials, one after the other, with the hyperparameters that the searcher suggests, and lets the searcher know
 * what became of them. Used by the main loop only.
 */
final class TrialMaker {
    private final RunContext run;
    private final Searcher searcher;
    private final List<LiveTrial> made = new ArrayList<>();
    private @Nullable String waitsFor;
    private boolean exhausted;

    TrialMaker(RunContext run) {
        this.run = run;
        this.searcher = run.settings().searcher();
    }

    /** Returns the trials made so far, by number; the list grows. */
    List<LiveTrial> made() {
        return Collections.unmodifiableList(made);
    }

    /** Returns what the searcher waits for; null if it does not wait. */
    @Nullable
    String waitsFor() {
        return waitsFor;
    }

    /** Returns whether there will be no further trial. */
    boolean exhausted() {
        return exhausted;
    }

    /** Returns a new trial; null if the searcher wants none now, or never again. */
    @Nullable
    LiveTrial next() {
        if (exhausted || waitsFor != null) {
            return null;
        }
        int number = made.size();
        if (number == run.settings().totalTrials()) {
            end();
            return null;
        }
        Suggestion suggestion = searcher.suggest(number);
        if (suggestion instanceof Suggestion.Next next) {
            return make(number, next);
        }
        if (suggestion instanceof Suggestion.Wait wait) {
            waitsFor = wait.reason();
        } else {
            end();
        }
        return null;
    }

    /** No further trial is wanted. */
    void end() {
        exhausted = true;
        run.experiment().meter().complete();
    }

    private LiveTrial make(int number, Suggestion.Next next) {
        RunSettings settings = run.settings();
        checkInSpace(number, next.config());
        boolean replayed = number < run.recording().trials();
        if (replayed) {
            checkRecorded(number, next.config());
        }
        String tag = Tags.of(number, next.config(), settings.space().domains().keySet());
        Trial trial =
                new Trial(number, settings.folder(), next.config(), tag, settings.metric(), settings.checkpoints());
        trial.suggested(next.reason());
        LiveTrial live = new LiveTrial(trial, settings.scheduler().timeAttr());
        if (replayed) {
            live.recorded = run.recording().trial(number);
            trial.checkpoints().hold(run.recording()::replaying);
            trial.checkpoints().scan(live.recorded.allRows(), true);
            trial.states().scan(live.recorded.rows());
        } else {
            run.journal().append(JournalRecords.trial(trial, next.config()));
        }
        made.add(live);
        run.experiment().add(trial);
        TrialFiles.start(trial, run.resumed());
        run.notifier().tell(replayed, listener -> listener.onTrialStart(run.experiment(), trial));
        settings.scheduler().onTrialAdd(live.view);
        return live;
    }

    /** A searcher is a function of its settings and the results: it must suggest again what it suggested before. */
    private void checkRecorded(int number, HyperParams config) {
        RecordedTrial recorded = run.recording().trial(number);
        if (!recorded.beganWith(config)) {
            throw new IllegalStateException("Trial " + number + " began with " + recorded.config()
                    + ", but the searcher " + name() + " suggests " + config
                    + " when the run is resumed. The settings or the"
                    + " program have changed so that the run cannot go on: resume with what it was started with, or"
                    + " start a new run.");
        }
    }

    private void checkInSpace(int number, HyperParams config) {
        String violation = run.settings().space().violation(config);
        for (Map.Entry<String, Object> constant :
                run.settings().space().constants().entrySet()) {
            String name = constant.getKey();
            if (violation == null && !(config.contains(name) && config.get(name).equals(constant.getValue()))) {
                violation = "the constant " + name + " is " + (config.contains(name) ? config.get(name) : "missing")
                        + " instead of " + constant.getValue();
            }
        }
        if (violation != null) {
            throw new IllegalStateException("The searcher " + name() + " left the search space with trial " + number
                    + ": " + violation + ". Correct the searcher.");
        }
    }

    /** Lets the searcher see results, if there are any that it has not seen, after the view of the trial shows them. */
    void arrived(LiveTrial live) {
        waitsFor = null;
        if (live.view.trainingIteration() > live.toldSearcher) {
            live.toldSearcher = live.view.trainingIteration();
            searcher.onResult(live.view);
        }
    }

    /** Lets the searcher know that a trial has ended, after the view of the trial shows it. */
    void ended(LiveTrial live) {
        arrived(live);
        searcher.onTrialEnd(live.view);
    }

    String name() {
        return searcher.getClass().getSimpleName();
    }
}
