package org.rltune.tune;

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

    private static @Nullable Scored score(Trial trial, String metric, Mode mode, Scope scope) {
        return scope == Scope.LAST ? last(trial, metric) : over(trial, metric, mode, scope);
    }

    /** Looks from the end: there are runs of very many rows, and this is asked several times. */
    private static @Nullable Scored last(Trial trial, String metric) {
        List<Map<String, Object>> rows = trial.rows();
        for (int i = rows.size() - 1; i >= 0; i--) {
            OptionalDouble value = Rows.number(rows.get(i), metric);
            if (value.isPresent() && !Double.isNaN(value.getAsDouble())) {
                return new Scored(trial, value.getAsDouble(), i + 1);
            }
        }
        return null;
    }

    private static @Nullable Scored over(Trial trial, String metric, Mode mode, Scope scope) {
        Scored best = null;
        double sum = 0;
        int count = 0;
        int iteration = 0;
        for (Map<String, Object> row : trial.rows()) {
            iteration++;
            OptionalDouble value = Rows.number(row, metric);
            if (value.isEmpty() || Double.isNaN(value.getAsDouble())) {
                continue;
            }
            double score = value.getAsDouble();
            sum += score;
            count++;
            if (best == null || scope == Scope.AVG || mode.signed(score) > mode.signed(best.score())) {
                best = new Scored(trial, score, iteration);
            }
        }
        return best != null && scope == Scope.AVG ? new Scored(trial, sum / count, best.iteration()) : best;
    }

    static IllegalArgumentException unknown(List<Trial> trials, String metric) {
        Set<String> known = new TreeSet<>();
        trials.forEach(trial -> trial.rows().forEach(row -> known.addAll(Rows.numericKeys(row))));
        return new IllegalArgumentException("No trial reported the metric '" + metric + "'. Reported: "
                + (known.isEmpty() ? "nothing" : String.join(", ", known)) + "." + Suggest.nearest(metric, known));
    }
}
