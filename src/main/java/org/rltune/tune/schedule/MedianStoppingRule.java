package org.rltune.tune.schedule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Decision;

/**
 * The median stopping rule (Golovin et al. 2017, "Google Vizier", section 3.2.2), with the names of Ray Tune: a trial is
 * stopped if its best score so far is strictly worse than the median of the other trials' running means.
 *
 * <p>At its own time t, at or after {@code grace_period}, a trial is compared with every other that has reached t, ended
 * ones included. The running mean of another is that of its scores from {@code grace_period} to t. If fewer than {@code
 * min_samples_required} have come as far as t, the comparison is made at the latest time which that many have reached;
 * without it the first trials of a run would never be judged, and which ones they are would be an accident of the order.
 *
 * <p>NaN counts in no mean. A trial that has reported nothing but NaN is worse than every median; one without any score
 * is so from its second judgement in a row on.
 */
public final class MedianStoppingRule extends BaseScheduler {
    private final MedianStoppingBuilder settings;
    private final Roster<MedianTrial> trials = new Roster<>();
    private int stopped;
    private int judged;

    MedianStoppingRule(MedianStoppingBuilder settings) {
        super(settings);
        this.settings = settings;
    }

    /** Returns a builder with the defaults. */
    public static MedianStoppingBuilder builder() {
        return new MedianStoppingBuilder();
    }

    @Override
    void start(Setup begun) {
        trials.clear();
        stopped = 0;
        judged = 0;
    }

    @Override
    public List<String> warnings() {
        return hasBegun() && setup().numSamples() <= settings.minSamplesRequired
                ? List.of("MedianStoppingRule compares a trial with at least " + settings.minSamplesRequired
                        + " others, but there are " + setup().numSamples() + " trials in all: none will be stopped."
                        + " Raise numSamples or lower minSamplesRequired.")
                : List.of();
    }

    @Override
    public void onTrialAdd(TrialView trial) {
        trials.add(trial, new MedianTrial(trial, settings.gracePeriod, setup().mode()));
    }

    @Override
    public double runUntil(TrialView trial) {
        if (trials.get(trial).free) {
            return Double.POSITIVE_INFINITY;
        }
        double next = Math.max(trial.time() + settings.intervalSteps, Math.nextUp(trial.time()));
        return Math.max(settings.gracePeriod, next);
    }

    @Override
    public List<Decision> onArrival(TrialView view) {
        MedianTrial trial = trials.get(view);
        trial.arrive();
        List<MedianTrial> others = new ArrayList<>(trials.all());
        others.remove(trial);
        double at = Math.min(trial.time, reachedByEnough(others));
        double[] means = others.stream()
                .filter(other -> other.time >= at)
                .mapToDouble(other -> other.meanUpTo(at))
                .filter(mean -> !Double.isNaN(mean))
                .toArray();
        String when = "at " + timed(trial.time) + ": ";
        if (at < settings.gracePeriod || means.length < settings.minSamplesRequired) {
            return List.of(new Decision.Continue(
                    view.id(),
                    when + "not judged, since fewer than " + settings.minSamplesRequired
                            + " others have scores after the grace period"));
        }
        judged++;
        trial.absent = trial.hasScore() || trial.hasOnlyNan() ? 0 : trial.absent + 1;
        double median = Percentiles.median(means);
        String than = "the median " + Texts.value(setup().mode().signed(median)) + " of the running means of "
                + Texts.count(means.length, "trial") + (at < trial.time ? " up to " + Texts.time(at) : "");
        String reason = when + standing(trial, median) + than;
        if (!isWorse(trial, median)) {
            return List.of(new Decision.Continue(view.id(), reason));
        }
        stopped++;
        if (settings.hardStop) {
            return List.of(new Decision.Stop(view.id(), reason));
        }
        trial.waits = true;
        return List.of(new Decision.Pause(view.id(), reason + "; waits until nothing else is to run"));
    }

    /** Returns the latest time that enough of the trials have reached; below 0 if there is none. */
    private double reachedByEnough(List<MedianTrial> others) {
        double[] times =
                others.stream().mapToDouble(other -> other.time).sorted().toArray();
        int index = times.length - settings.minSamplesRequired;
        return index < 0 ? -1 : times[index];
    }

    private static boolean isWorse(MedianTrial trial, double median) {
        return trial.hasScore() ? trial.best() < median : trial.hasOnlyNan() || trial.absent >= 2;
    }

    private String standing(MedianTrial trial, double median) {
        String metric = setup().metric();
        if (trial.hasScore()) {
            String best =
                    "best " + metric + " so far " + Texts.value(setup().mode().signed(trial.best()));
            return best + (isWorse(trial, median) ? " is worse than " : " is not worse than ");
        }
        if (trial.hasOnlyNan()) {
            return metric + " was NaN only, which is worse than ";
        }
        return "no " + metric
                + (isWorse(trial, median)
                        ? " at " + trial.absent + " judgements in a row, which is worse than "
                        : " yet; if it is still absent at the next judgement, that is worse than ");
    }

    @Override
    public List<Decision> onTrialEnd(TrialView view) {
        MedianTrial trial = trials.get(view);
        trial.arrive();
        trial.waits = false;
        return List.of();
    }

    /** Lets those that wait run to their end. */
    @Override
    public List<Decision> onStall() {
        List<Decision> decisions = new ArrayList<>();
        for (MedianTrial trial : trials.all()) {
            if (trial.waits) {
                trial.waits = false;
                trial.free = true;
                decisions.add(new Decision.Continue(
                        trial.view.id(), "hard_stop is false and nothing else is to run: runs to its end, not judged"));
            }
        }
        return decisions;
    }

    @Override
    public String summary() {
        return name() + ": " + stopped + (settings.hardStop ? " stopped" : " paused") + " at "
                + Texts.count(judged, "judgement");
    }

    @Override
    public Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("stopped", stopped);
        state.put("judged", judged);
        state.put("trials", trials.save(MedianTrial::save));
        return state;
    }

    @Override
    public void restore(Map<String, Object> state) {
        stopped = Json.asInt(state.get("stopped"), "stopped");
        judged = Json.asInt(state.get("judged"), "judged");
        trials.restore(state.get("trials"), "trials", MedianTrial::restore);
    }
}
