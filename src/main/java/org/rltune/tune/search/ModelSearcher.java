package org.rltune.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.TrialView;
import org.rltune.tune.Searcher;
import org.rltune.tune.Suggestion;
import org.rltune.tune.space.HyperParams;

/**
 * What the searchers share that work on points: points to evaluate first, the history, and saving it.
 *
 * <p>All that a suggestion depends on is the history, the settings and the number of the trial: each trial's suggestion
 * draws from a stream of its own. So the history is the whole state, and a restored searcher goes on with the same bits.
 * A method that does not learn keeps no history.
 */
abstract class ModelSearcher implements Searcher {
    /** How many trials are under way at once where the user says nothing. Each one more is a suggestion that knows less. */
    private static final int CONCURRENT = 4;

    private final List<Map<String, Object>> pointsToEvaluate;
    private final List<HyperParams> points = new ArrayList<>();
    private final History history = new History();
    private @Nullable Setup setup;
    private @Nullable Axes axes;
    private int suggested;

    ModelSearcher(List<Map<String, Object>> pointsToEvaluate) {
        this.pointsToEvaluate = pointsToEvaluate;
    }

    /** Returns what of a space is modelled; a method that cannot model all of it leaves some out. */
    Axes axes(Setup setup) {
        return Axes.of(setup.space(), getClass().getSimpleName());
    }

    /** Suggests a trial by the method itself. */
    abstract Suggestion.Next propose(int trialNumber);

    /** Adds the method's own settings, under the names of its builder. */
    abstract void addSettings(Map<String, Object> settings);

    /** Returns what the summary says after the name and the number of suggestions. */
    abstract String modelSummary();

    @Override
    public int defaultConcurrentTrials() {
        return learns() ? CONCURRENT : Integer.MAX_VALUE;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        addSettings(settings);
        settings.put("points_to_evaluate", pointsToEvaluate);
        return settings;
    }

    @Override
    public List<String> preflight() {
        List<String> left = axes().missing(Axes.of(setup().space(), getClass().getSimpleName()));
        return left.isEmpty()
                ? List.of()
                : List.of(getClass().getSimpleName() + " draws at random what it cannot model: "
                        + String.join(", ", left));
    }

    @Override
    public void begin(Setup setup) {
        this.setup = setup;
        axes = axes(setup);
        history.restore(List.of());
        suggested = 0;
        points.clear();
        for (Map<String, Object> point : pointsToEvaluate) {
            points.add(Given.checked("points_to_evaluate[" + points.size() + "]", point, setup.space()));
        }
    }

    @Override
    public Suggestion suggest(int trialNumber) {
        Suggestion.Next next = trialNumber < points.size()
                ? new Suggestion.Next(
                        Given.complete(setup().space(), points.get(trialNumber), setup().seeds(), trialNumber),
                        "points_to_evaluate[" + trialNumber + "]")
                : propose(trialNumber);
        suggested++;
        if (learns()) {
            history.suggested(trialNumber, next.config());
        }
        return next;
    }

    @Override
    public void onResult(TrialView trial) {
        history.seen(trial);
    }

    @Override
    public void onTrialEnd(TrialView trial) {
        history.seen(trial);
    }

    @Override
    public String summary() {
        return getClass().getSimpleName() + ": " + suggested + " of " + setup().totalTrials() + " trials"
                + modelSummary();
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("suggested", suggested);
        state.put("trials", history.toJson());
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        suggested = State.count(state, "suggested");
        history.restore(State.list(state, "trials"));
    }

    final Setup setup() {
        return State.begun(setup, this);
    }

    final Axes axes() {
        return State.begun(axes, this);
    }

    final Mode direction() {
        return setup().mode();
    }

    /** Returns how many points to evaluate were given. */
    final int given() {
        return points.size();
    }

    final History history() {
        return history;
    }

    final Seeds seeds() {
        return setup().seeds();
    }

    /** Returns the stream from which the suggestion of one trial draws. */
    final Pcg64 stream(int trialNumber) {
        return seeds().stream("search/" + getClass().getSimpleName(), trialNumber);
    }

    /** Returns what random search would try, with the reason. */
    final Suggestion.Next random(int trialNumber, String why) {
        return new Suggestion.Next(setup().space().sample(seeds(), trialNumber), "random: " + why);
    }

    final Suggestion.Next at(double[] point, int trialNumber, String reason) {
        return new Suggestion.Next(axes().config(point, seeds(), trialNumber), reason);
    }

    /** Copies points to evaluate, as builders do. */
    static List<Map<String, Object>> copied(List<? extends Map<String, ?>> points) {
        List<Map<String, Object>> copies = new ArrayList<>();
        points.forEach(point -> copies.add(new LinkedHashMap<>(point)));
        return List.copyOf(copies);
    }
}
