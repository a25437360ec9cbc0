package org.rltune.tune.log;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.rltune.tune.Mode;

/**
 * What the console shows of an experiment at one moment.
 *
 * @param metric what is optimised
 * @param mode whether larger or smaller is better
 * @param hyperparameters the names that have columns
 * @param trials the trials that have been made, by number
 * @param toCome how many more there will be at most
 * @param elapsedSeconds since the experiment began
 * @param progress from 0 to 1, if it can be told
 * @param remainingSeconds an estimate, if there is one
 * @param summaries a line each of the scheduler and the searcher
 */
record ConsoleView(
        String metric,
        Mode mode,
        List<String> hyperparameters,
        List<Line> trials,
        int toCome,
        double elapsedSeconds,
        OptionalDouble progress,
        OptionalDouble remainingSeconds,
        List<String> summaries) {

    /** One trial: what stands in its last row, and the hyperparameters in force. */
    record Line(
            String id,
            String status,
            int iteration,
            OptionalDouble seconds,
            OptionalLong timesteps,
            OptionalDouble score,
            Map<String, Object> config) {}

    /** Returns the trial whose last score is the best; the first of several; none while no trial has a score. */
    Optional<Line> best() {
        return scored().stream().min(byScore());
    }

    /** Returns the trials with the best scores first, those without a score last. */
    List<Line> bestFirst() {
        return trials.stream()
                .sorted(Comparator.comparing((Line line) -> !hasScore(line)).thenComparing(byScore()))
                .toList();
    }

    /** Returns the median of the trials' last scores, if any trial has one. */
    OptionalDouble median() {
        double[] scores = scored().stream()
                .mapToDouble(line -> line.score().orElseThrow())
                .sorted()
                .toArray();
        int n = scores.length;
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((scores[(n - 1) / 2] + scores[n / 2]) / 2);
    }

    private List<Line> scored() {
        return trials.stream().filter(ConsoleView::hasScore).toList();
    }

    private static boolean hasScore(Line line) {
        return line.score().isPresent() && !Double.isNaN(line.score().getAsDouble());
    }

    private Comparator<Line> byScore() {
        return Comparator.comparingDouble(line -> -mode.signed(line.score().orElse(Double.NaN)));
    }
}
