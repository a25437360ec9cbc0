package org.rltune.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tables of {@link ExperimentAnalysis}. */
final class AnalysisTables {
    private static final Set<String> UNWANTED = Set.of(
            ResultColumns.TRIAL_ID,
            ResultColumns.EXPERIMENT_TAG,
            ResultColumns.HOSTNAME,
            ResultColumns.PID,
            ResultColumns.TIMESTAMP);

    private AnalysisTables() {}

    static Table lastRows(ExperimentAnalysis analysis) {
        return perTrial(analysis, Trial::lastRow);
    }

    static Table bestRows(ExperimentAnalysis analysis, String metric, Mode mode) {
        return perTrial(analysis, trial -> {
            BestTrial.Scored best = BestTrial.score(trial, metric, mode, Scope.BEST);
            return best == null ? null : trial.rowAt(best.iteration());
        });
    }

    private static Table perTrial(ExperimentAnalysis analysis, Function<Trial, @Nullable Map<String, Object>> choice) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Trial trial : analysis.trials()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("trial_id", trial.id());
            row.put("status", trial.status().name());
            Map<String, Object> chosen = choice.apply(trial);
            if (chosen != null) {
                row.putAll(wanted(chosen));
            }
            rows.add(row);
        }
        return Table.of(rows);
    }

    static Table allRows(Trial trial) {
        return Table.of(trial.rows().stream().map(AnalysisTables::wanted).toList());
    }

    private static Map<String, Object> wanted(Map<String, Object> row) {
        Map<String, Object> wanted = new LinkedHashMap<>(row);
        wanted.keySet().removeAll(UNWANTED);
        return wanted;
    }

    static Table compare(List<ExperimentAnalysis> experiments) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ExperimentAnalysis analysis : experiments) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("experiment", analysis.name());
            row.put("trainable", analysis.trainable());
            row.put("status", analysis.status().name());
            row.put("metric", analysis.metric());
            row.put("mode", analysis.mode().name());
            putBest(row, analysis);
            row.put("trials", (long) analysis.trials().size());
            row.put(
                    "iterations",
                    sum(analysis, ResultColumns.TRAINING_ITERATION).longValue());
            row.put("timesteps", sum(analysis, ResultColumns.TIMESTEPS_TOTAL).longValue());
            row.put("wall_s", analysis.elapsedSeconds());
            row.put("train_s", sum(analysis, ResultColumns.TIME_TOTAL_S));
            row.put("seed", analysis.seed());
            rows.add(row);
        }
        return Table.of(rows);
    }

    private static void putBest(Map<String, Object> row, ExperimentAnalysis analysis) {
        String metric = analysis.metric();
        if (!metric.isEmpty() && BestTrial.anyScore(analysis.trials(), metric)) {
            row.put("best_score", analysis.bestScore());
            row.put("best_trial", analysis.bestTrial().id());
        }
    }

    /** Returns the sum over the trials of their newest value. */
    private static Double sum(ExperimentAnalysis analysis, String column) {
        double sum = 0;
        for (Trial trial : analysis.trials()) {
            Map<String, Object> row = trial.lastRow();
            sum += row == null ? 0 : Rows.number(row, column).orElse(0);
        }
        return sum;
    }
}
