package org.rltune.tune.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;

/** What came out: the last table, the best trial, and where things lie. */
final class FinalReport {
    private FinalReport() {}

    static List<String> lines(ConsoleView view, ExperimentAnalysis analysis, int maxRows) {
        List<String> lines = new ArrayList<>();
        long iterations =
                view.trials().stream().mapToLong(ConsoleView.Line::iteration).sum();
        long timesteps = view.trials().stream()
                .mapToLong(line -> line.timesteps().orElse(0))
                .sum();
        lines.add("Finished in " + Figures.duration(view.elapsedSeconds()) + ": "
                + view.trials().size() + " trials, " + Figures.count(iterations) + " iterations, "
                + Figures.count(timesteps) + " timesteps");
        lines.addAll(StatusTable.lines(view, StatusReport.WIDTH, maxRows));
        lines.addAll(view.summaries());
        lines.addAll(endReasons(analysis));
        lines.addAll(best(view, analysis));
        lines.add(RunIntro.labelled("digest") + analysis.digest());
        Path picture = analysis.folder().resolve("reward_curves.png");
        lines.add(RunIntro.labelled("curves") + (Files.exists(picture) ? picture : "none drawn"));
        lines.add(RunIntro.labelled("results") + analysis.folder());
        return lines;
    }

    /** Returns how often each stop rule ended a trial, the scheduler's reasons taken together. */
    private static List<String> endReasons(ExperimentAnalysis analysis) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Trial trial : analysis.trials()) {
            String reason = trial.endReason().replaceFirst("(?s)^(the scheduler|failed): .*", "$1");
            if (!reason.isEmpty()) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        List<String> texts = new ArrayList<>();
        counts.forEach((reason, count) -> texts.add(reason + ": " + count + (count == 1 ? " trial, " : " trials, ")));
        return texts.isEmpty()
                ? List.of()
                : withoutComma(Wrapped.lines(RunIntro.labelled("ended by"), texts, StatusReport.WIDTH));
    }

    private static List<String> withoutComma(List<String> lines) {
        List<String> trimmed = new ArrayList<>(lines);
        trimmed.set(lines.size() - 1, lines.get(lines.size() - 1).replaceAll(", ?$", ""));
        return trimmed;
    }

    private static List<String> best(ConsoleView view, ExperimentAnalysis analysis) {
        if (view.metric().isEmpty()) {
            return List.of();
        }
        if (view.best().isEmpty()) {
            return List.of(RunIntro.labelled("best trial") + "none: no trial's last row has " + view.metric());
        }
        Trial best = analysis.bestTrial();
        Map<String, Object> config = analysis.bestConfig().asMap();
        List<String> values = view.hyperparameters().stream()
                .filter(config::containsKey)
                .map(name -> name + " " + Figures.value(config.get(name)) + ", ")
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(RunIntro.labelled("best trial") + best.id() + " with " + view.metric() + " "
                + Figures.number(best.score()) + " after " + best.trainingIteration() + " iterations; median of the"
                + " population " + Figures.number(view.median()));
        lines.addAll(withoutComma(Wrapped.lines(RunIntro.labelled("its config"), values, StatusReport.WIDTH)));
        lines.add(RunIntro.labelled("checkpoint")
                + (best.savedCheckpoints().isEmpty() ? "none was saved" : analysis.bestCheckpoint()));
        return lines;
    }
}
