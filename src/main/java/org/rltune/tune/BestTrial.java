package org.rltune.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;

/** Which trial is best. */
final class BestTrial {
    private BestTrial() {}

    /** A trial with the score that speaks for it and the own iteration whose hyperparameters go with the score. */
    record Scored(Trial trial, double score, int iteration) {}

    static Scored of(List<Trial> trials, String metric, Mode mode, Scope scope) {
        Scored best = null;
        for (Trial trial : trials) {
            Scored scored = score(trial, metric, mode, scope);
            if (scored != null && (best == null || mode.signed(scored.score()) > mode.signed(best.score()))) {
                best = scored;
            }
        }
        if (best == null) {
            throw unknown(trials, metric);
        }
        return best;
    }

    /** Returns whether any trial ever reported the metric. */
    static boolean anyScore(List<Trial> trials, String metric) {
        return trials.stream().anyMatch(trial -> score(trial, metric, Mode.MAX, Scope.LAST) != null);
    }

    /** Returns the trial's score; null if it has none. NaN is no score. */
    static @Nullable Scored score(Trial trial, String metric, Mode mode, Scope scope) {
        Scored best = null;
        Deque<Double> window = new ArrayDeque<>();
        int iteration = 0;
        for (Map<String, Object> row : trial.rows()) {
            iteration++;
            OptionalDouble value = Rows.number(row, metric);
            if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
                continue;
            }
            double score = value.getAsDouble();
            if (window.size() == scope.window()) {
                window.removeFirst();
            }
            window.addLast(score);
            if (best == null || scope != Scope.BEST || mode.signed(score) > mode.signed(best.score())) {
                best = new Scored(trial, score, iteration);
            }
        }
        if (best == null || scope.window() == 1) {
            return best;
        }
        double sum = 0;
        for (double score : window) {
            sum += score;
        }
        return new Scored(trial, sum / window.size(), best.iteration());
    }

    static IllegalArgumentException unknown(List<Trial> trials, String metric) {
        Set<String> known = new TreeSet<>();
        trials.forEach(trial -> trial.rows().forEach(row -> known.addAll(Rows.numericKeys(row))));
        return new IllegalArgumentException("No trial reported the metric '" + metric + "'. Reported: "
                + (known.isEmpty() ? "nothing" : String.join(", ", known)) + "." + Suggest.nearest(metric, known));
    }
}
