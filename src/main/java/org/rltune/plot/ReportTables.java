package org.rltune.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.rltune.plot.Html.Cell;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;
import org.rltune.tune.log.Figures;
import org.rltune.tune.space.HyperParams;

/** The tables of a report: trials, decisions. */
final class ReportTables {
    /** A browser stays quick; everything stands in the run's own files. */
    private static final int MOST_DECISIONS = 1000;

    private ReportTables() {}

    /** Returns a row for each trial, the best first, those without a score last. */
    static String trials(ExperimentAnalysis analysis, RunDescription run) {
        List<String> heads = new ArrayList<>(List.of("trial", "status"));
        if (!analysis.metric().isEmpty()) {
            heads.add(analysis.metric());
        }
        heads.addAll(List.of("iterations", "timesteps", "seconds", "failures"));
        heads.addAll(run.tuned());
        heads.add("ended because");
        Trial best = RunPictures.best(analysis);
        List<Trial> trials = new ArrayList<>(analysis.trials());
        trials.sort(java.util.Comparator.comparingDouble(trial -> {
            OptionalDouble score = RunPictures.score(analysis, trial);
            return score.isPresent() ? -analysis.mode().signed(score.getAsDouble()) : Double.POSITIVE_INFINITY;
        }));
        List<List<Cell>> rows =
                trials.stream().map(trial -> row(analysis, run, trial)).toList();
        return Html.table(heads, rows, true, best == null ? -1 : trials.indexOf(best));
    }

    private static List<Cell> row(ExperimentAnalysis analysis, RunDescription run, Trial trial) {
        Map<String, Object> last = trial.lastRow();
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(trial.id()));
        row.add(Cell.text(trial.status()));
        if (!analysis.metric().isEmpty()) {
            row.add(Cell.number(RunPictures.score(analysis, trial)));
        }
        row.add(Cell.count(trial.trainingIteration()));
        row.add(number(last, "timesteps_total"));
        row.add(number(last, "time_total_s"));
        row.add(Cell.count(trial.failures()));
        HyperParams config = trial.configAt(Math.max(1, RunPictures.scoredIteration(analysis, trial)));
        run.tuned().forEach(name -> row.add(Cell.value(config.contains(name) ? config.get(name) : null)));
        Throwable error = trial.error();
        row.add(Cell.text(trial.endReason().isEmpty() && error != null ? error.toString() : trial.endReason()));
        return row;
    }

    private static Cell number(@Nullable Map<String, Object> row, String column) {
        Object value = row == null ? null : row.get(column);
        if (value instanceof Long whole) {
            return Cell.count(whole);
        }
        return value instanceof Number number
                ? new Cell(Html.escape(Figures.number(number.doubleValue())), number.toString(), true)
                : new Cell("", "", true);
    }

    /** Returns what the scheduler did to trials, with its reasons; decisions to go on are counted only. */
    static String decisions(ExperimentAnalysis analysis) {
        List<DecisionRecord> all = analysis.decisions();
        List<DecisionRecord> told = all.stream()
                .filter(record -> !(record.decision() instanceof Decision.Continue))
                .toList();
        StringBuilder html = new StringBuilder("<p>");
        html.append(Figures.count(all.size())).append(all.size() == 1 ? " decision" : " decisions");
        html.append(", ").append(Figures.count(all.size() - told.size())).append(" of them to go on");
        if (told.size() > MOST_DECISIONS) {
            html.append("; the last ").append(Figures.count(MOST_DECISIONS)).append(" of the others are shown");
        }
        html.append(". All of them stand in <code>decisions.jsonl</code>.</p>\n");
        List<List<Cell>> rows = told.subList(Math.max(0, told.size() - MOST_DECISIONS), told.size()).stream()
                .map(ReportTables::row)
                .toList();
        return rows.isEmpty()
                ? html.toString()
                : html + Html.table(List.of("number", "trial", "iteration", "decision", "reason"), rows, true, -1);
    }

    private static List<Cell> row(DecisionRecord record) {
        Decision decision = record.decision();
        String kind = decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String what = decision instanceof Decision.Exploit exploit
                ? kind + " of " + exploit.donor().trialId() + " at its iteration " + record.donorIteration()
                : kind;
        return List.of(
                Cell.count(record.number()),
                Cell.text(decision.trialId()),
                Cell.count(record.targetIteration()),
                Cell.text(what),
                Cell.text(decision.reason()));
    }
}
