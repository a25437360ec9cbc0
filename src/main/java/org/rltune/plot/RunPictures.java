package org.rltune.plot;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jfree.chart.JFreeChart;
import org.jspecify.annotations.Nullable;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Scope;
import org.rltune.tune.Trial;

/**
 * The pictures of a run, finished or running.
 *
 * <pre>{@code
 * ExperimentAnalysis analysis = ExperimentAnalysis.load(Path.of("results/cartpole"));
 * RunPictures.lineage(analysis).writePng(Path.of("."));
 * }</pre>
 */
public final class RunPictures {
    private RunPictures() {}

    /** Returns all pictures, in the order in which a reader wants them. */
    public static List<Picture> all(ExperimentAnalysis analysis) {
        return List.of(
                rewardCurves(analysis),
                schedules(analysis),
                lineage(analysis),
                parallelCoordinates(analysis),
                phases(analysis));
    }

    /** Returns the metric of every trial over its iterations, with the population's median and quartiles. */
    public static Picture rewardCurves(ExperimentAnalysis analysis) {
        return picture(
                "reward_curves",
                "The metric of every trial over its own training iterations: each trial thin, the population's median"
                        + " with the band between its quartiles, the best trial strong, exploits as triangles.",
                RewardChart.chart(RewardCurves.population(analysis)),
                ChartStyle.HEIGHT);
    }

    /** Returns every tuned hyperparameter over time, for each trial, with the exploits marked. */
    public static Picture schedules(ExperimentAnalysis analysis) {
        ScheduleChart chart = new ScheduleChart(analysis, RunDescription.of(analysis));
        return picture(
                "schedules",
                "Every tuned hyperparameter over the training iterations: each trial thin, those with which the best"
                        + " policy was trained strong, exploits as triangles.",
                chart.chart(),
                chart.height());
    }

    /** Returns who copied whom and when, with the way of the best trial's weights. */
    public static Picture lineage(ExperimentAnalysis analysis) {
        LineagePlot plot = LineagePlot.of(analysis);
        return picture(
                "lineage",
                "Who copied whom, and when. A lane is a trial; an arc is a copy, from the donor's checkpoint to"
                        + " the trial that took it over, where the arrow is. The strong line is the way of the best trial's weights.",
                plot.chart(analysis.name()),
                plot.height());
    }

    /** Returns the hyperparameters of each trial against its last score. */
    public static Picture parallelCoordinates(ExperimentAnalysis analysis) {
        ParallelPlot plot = ParallelPlot.of(analysis, RunDescription.of(analysis));
        return new Picture(
                "parallel_coordinates",
                "The hyperparameters that were in force when each trial earned its last score, and the score: one line a"
                        + " trial, the darker the better; the best is red.",
                plot.chart(analysis.name()),
                plot.width(),
                ChartStyle.HEIGHT);
    }

    /** Returns where the time of an iteration goes. */
    public static Picture phases(ExperimentAnalysis analysis) {
        return picture(
                "phases",
                "Where the time goes: seconds of one iteration by phase, the mean over the trials.",
                PhaseChart.chart(
                        analysis.name(),
                        Phases.of(analysis.trials().stream().map(Trial::rows).toList())),
                ChartStyle.HEIGHT);
    }

    private static Picture picture(String name, String caption, JFreeChart chart, int height) {
        return new Picture(name, caption, chart, ChartStyle.WIDTH, height);
    }

    /** Returns the last score of a trial; empty if it has none, or the run has no metric. */
    static OptionalDouble score(ExperimentAnalysis analysis, Trial trial) {
        return analysis.metric().isEmpty()
                ? OptionalDouble.empty()
                : analysis.score(trial, analysis.metric(), analysis.mode(), Scope.LAST);
    }

    /** Returns the best trial by its last score; null if no trial has one. */
    static @Nullable Trial best(ExperimentAnalysis analysis) {
        boolean scored = analysis.trials().stream()
                .anyMatch(trial -> score(analysis, trial).isPresent());
        return scored ? analysis.bestTrial() : null;
    }

    /** Returns the own iteration in which a trial earned its last score, or its last one if it has no score. */
    static int scoredIteration(ExperimentAnalysis analysis, Trial trial) {
        List<Map<String, Object>> rows = trial.rows();
        for (int i = rows.size(); i > 0; i--) {
            if (!Double.isNaN(Curve.number(rows.get(i - 1), analysis.metric()))) {
                return i;
            }
        }
        return rows.size();
    }
}
