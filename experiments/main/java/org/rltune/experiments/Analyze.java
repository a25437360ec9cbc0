package org.rltune.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rltune.plot.ImportanceChart;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Importance;
import org.rltune.tune.Mode;
import org.rltune.tune.Scope;
import org.rltune.tune.Table;
import org.rltune.tune.log.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what came out of experiments: which was best, by which trial, and which hyperparameters mattered. */
@Command(
        name = "Analyze",
        mixinStandardHelpOptions = true,
        description = "Compares experiments, and for each prints its best trials, the best config, and how much each"
                + " hyperparameter explains of the scores.",
        footer = {
            "",
            "Example, from the root of the repository:",
            "  mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.Analyze -Dexec.args=\"results/a results/b\"",
            "",
            "Writes importance.png into each folder where the importance can be told. Exit code: 0; 1 if something"
                    + " failed; 2 for bad input."
        })
public final class Analyze implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders of experiments, such as results/NAME.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--metric", description = "A column, nested ones with \"/\" (default: the experiment's metric).")
    private @Nullable String metric;

    @Option(names = "--mode", description = "max or min (default: the experiment's).")
    private @Nullable Mode mode;

    @Option(
            names = "--scope",
            description = "Which scores speak for a trial: last, best, avg, last_5_avg, last_10_avg (default:"
                    + " ${DEFAULT-VALUE}).")
    private Scope scope = Scope.LAST;

    @Option(names = "--top", description = "How many trials to show (default: ${DEFAULT-VALUE}).")
    private int top = 10;

    @Option(names = "--csv", description = "Writes trials.csv, one line for each trial, into each folder.")
    private boolean csv;

    /** Runs it. */
    public static void main(String[] args) {
        Mains.main(new Analyze(), args);
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new IllegalArgumentException("--top must be at least 1, but is " + top + ".");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<ExperimentAnalysis> all =
                folders.stream().map(ExperimentAnalysis::load).toList();
        out.print(Tables.text(ExperimentAnalysis.compare(all)));
        all.forEach(analysis -> show(analysis, out));
        return 0;
    }

    private void show(ExperimentAnalysis analysis, PrintWriter out) {
        String by = metric == null ? analysis.metric() : metric;
        Mode better = mode == null ? analysis.mode() : mode;
        if (by.isEmpty()) {
            throw new IllegalArgumentException(analysis.folder() + " was run without a metric. Name one by --metric.");
        }
        String best = analysis.bestTrial(by, better, scope).id();
        out.println();
        out.println(analysis.name() + ": best trials by " + by + ", " + better + ", " + scope);
        out.print(Tables.text(trials(analysis, by, better).sorted(by, better).head(top)));
        out.println("best config, of " + best + ": " + analysis.bestConfig(by, better, scope));
        if (csv) {
            Path file = analysis.folder().resolve("trials.csv");
            Tables.writeCsv(analysis.dataframe(by, better), file);
            out.println("trials: " + file);
        }
        Importance importance;
        try {
            importance = Importance.of(analysis, by, better, scope);
        } catch (IllegalArgumentException e) {
            out.println("importance: none. " + e.getMessage());
            return;
        }
        out.println("importance for " + by + ", from " + importance.trials() + " trials:");
        out.print(Tables.text(importance.table()));
        Path picture = analysis.folder().resolve("importance.png");
        ImportanceChart.write(analysis.name() + ": importance for " + by, importance, picture);
        out.println("picture: " + picture);
    }

    private Table trials(ExperimentAnalysis analysis, String by, Mode better) {
        List<Map<String, Object>> rows = new ArrayList<>();
        analysis.trials().forEach(trial -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("trial_id", trial.id());
            row.put("status", trial.status().name());
            row.put("training_iteration", (long) trial.trainingIteration());
            OptionalDouble score = analysis.score(trial, by, better, scope);
            score.ifPresent(value -> row.put(by, value));
            row.put("end_reason", trial.endReason());
            rows.add(row);
        });
        return Table.of(rows);
    }
}
