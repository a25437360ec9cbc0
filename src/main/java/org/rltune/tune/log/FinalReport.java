package org.rltune.tune.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        lines.addAll(best(view, analysis));
        lines.add(RunIntro.labelled("digest") + analysis.digest());
        Path picture = analysis.folder().resolve("reward_curves.png");
        lines.add(RunIntro.labelled("curves") + (Files.exists(picture) ? picture : "none drawn"));
        lines.add(RunIntro.labelled("results") + analysis.folder());
        return lines;
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
                .map(name -> name + " " + Figures.value(config.get(name)) + ", ")
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(RunIntro.labelled("best trial") + best.id() + " with " + view.metric() + " "
                + Figures.number(best.score()) + " after " + best.trainingIteration() + " iterations; median of the"
                + " population " + Figures.number(view.median()));
        List<String> wrapped = Wrapped.lines(RunIntro.labelled("its config"), values, StatusReport.WIDTH);
        int last = wrapped.size() - 1;
        lines.addAll(wrapped.subList(0, last));
        lines.add(wrapped.get(last).replaceAll(",$", ""));
        lines.add(RunIntro.labelled("checkpoint")
                + (best.savedCheckpoints().isEmpty() ? "none was saved" : analysis.bestCheckpoint()));
        return lines;
    }
}
