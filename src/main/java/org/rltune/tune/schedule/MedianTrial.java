package org.rltune.tune.schedule;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.json.Json;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler.TimedScore;
import org.rltune.tune.Scheduler.TrialView;

/** A trial's running mean and its best score so far. What was seen is read again from the view after a restore. */
final class MedianTrial {
    final TrialView view;
    private final double grace;
    private final Mode mode;

    /** The own time of the last arrival; below 0 before the first. */
    double time = -1;

    boolean waits;

    /** Whether it is never judged again. */
    boolean free;

    /** At how many judgements in a row it had no score. */
    int absent;

    private int seen;
    private boolean sawNan;
    private double best = Double.NEGATIVE_INFINITY;
    private boolean scored;
    private double[] times = new double[8];
    /** {@code sums[i]} is the sum of the numbers from grace up to {@code times[i]}. */
    private double[] sums = new double[8];

    private int count;

    MedianTrial(TrialView view, double grace, Mode mode) {
        this.view = view;
        this.grace = grace;
        this.mode = mode;
    }

    void arrive() {
        time = view.time();
        read(view.scores(), Double.POSITIVE_INFINITY);
    }

    private void read(List<TimedScore> scores, double until) {
        for (; seen < scores.size() && scores.get(seen).time() <= until; seen++) {
            TimedScore one = scores.get(seen);
            if (Double.isNaN(one.score())) {
                sawNan = true;
                continue;
            }
            double signed = mode.signed(one.score()) + 0.0;
            best = scored ? Math.max(best, signed) : signed;
            scored = true;
            if (one.time() >= grace) {
                add(one.time(), signed);
            }
        }
    }

    private void add(double at, double signed) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            sums = Arrays.copyOf(sums, 2 * count);
        }
        times[count] = at;
        sums[count] = (count == 0 ? 0 : sums[count - 1]) + signed;
        count++;
    }

    /** Returns the mean of the scores from grace to a time, larger is better; NaN if there is none. */
    double meanUpTo(double at) {
        int found = Arrays.binarySearch(times, 0, count, at);
        int last = found >= 0 ? found : -2 - found;
        return last < 0 ? Double.NaN : sums[last] / (last + 1);
    }

    boolean hasScore() {
        return scored;
    }

    boolean hasOnlyNan() {
        return !scored && sawNan;
    }

    /** Returns the best score so far, larger is better; needs {@link #hasScore()}. */
    double best() {
        return best;
    }

    Map<String, Object> save() {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("time", time);
        state.put("waits", waits);
        state.put("free", free);
        state.put("absent", absent);
        return state;
    }

    void restore(Map<String, ?> state) {
        time = Json.asDouble(state.get("time"), "time");
        waits = Boolean.TRUE.equals(state.get("waits"));
        free = Boolean.TRUE.equals(state.get("free"));
        absent = Json.asInt(state.get("absent"), "absent");
        read(view.scores(), time);
    }
}
