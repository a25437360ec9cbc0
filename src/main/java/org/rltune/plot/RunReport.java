package org.rltune.plot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rltune.plot.Html.Cell;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialStatus;
import org.rltune.tune.log.Figures;

/**
 * Everything about a run, finished or running, in one HTML file: pictures, the best trial, all trials in a table that can be
 * sorted, decisions with their reasons, settings, and how to go on. The file needs no server and no network, and forbids
 * itself to use one; texts of the run are never taken for markup.
 *
 * <pre>{@code RunReport.write(analysis, analysis.folder().resolve(RunReport.FILE));}</pre>
 */
public final class RunReport {
    /** The file, where {@code PlotRun --html} writes it. */
    public static final String FILE = "report.html";

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
    private static final String MAIN = "mvn -q compile exec:java -Dexec.mainClass=org.rltune.experiments.";

    private final ExperimentAnalysis analysis;
    private final RunDescription run;
    private final @Nullable Trial best;

    private RunReport(ExperimentAnalysis analysis) {
        this.analysis = analysis;
        this.run = RunDescription.of(analysis);
        this.best = RunPictures.best(analysis);
    }

    /** Returns the report as HTML. */
    public static String html(ExperimentAnalysis analysis) {
        return new RunReport(analysis).page();
    }

    /**
     * Writes the report and returns the file.
     *
     * @throws UncheckedIOException naming the file and the cause, if it cannot be written
     */
    public static Path write(ExperimentAnalysis analysis, Path file) {
        PictureFiles.write(html(analysis).getBytes(StandardCharsets.UTF_8), file);
        return file;
    }

    private String page() {
        StringBuilder html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escape(analysis.name()))
                .append("</title>\n<style>\n")
                .append(resource("report.css"))
                .append("</style></head><body>\n<h1>")
                .append(Html.escape(analysis.name()))
                .append("</h1>\n<p class=\"sub\">")
                .append(Html.escape(subtitle()))
                .append("</p>\n<nav><a href=\"#best\">best trial</a><a href=\"#pictures\">pictures</a>")
                .append("<a href=\"#trials\">trials</a><a href=\"#decisions\">decisions</a>")
                .append("<a href=\"#settings\">settings</a><a href=\"#next\">what next</a></nav>\n");
        html.append(Html.facts(facts()));
        section(html, "best", "Best trial", best());
        section(html, "pictures", "Pictures", pictures());
        section(html, "trials", "Trials", ReportTables.trials(analysis, run));
        section(html, "decisions", "Decisions", ReportTables.decisions(analysis));
        section(
                html,
                "settings",
                "Settings",
                Html.table(List.of("setting", "value"), Html.rows(run.settings()), false, -1));
        section(html, "next", "What next", next());
        return html.append("<script>\n")
                .append(resource("report.js"))
                .append("</script>\n</body></html>\n")
                .toString();
    }

    private static void section(StringBuilder html, String id, String title, String content) {
        html.append("<h2 id=\"")
                .append(id)
                .append("\">")
                .append(title)
                .append("</h2>\n")
                .append(content);
    }

    private String subtitle() {
        return analysis.trainable() + ", " + analysis.trials().size()
                + (analysis.trials().size() == 1 ? " trial" : " trials")
                + (analysis.status() == TrialStatus.RUNNING ? "; it had not ended when this page was written" : "");
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        String status = Html.escape(analysis.status().name());
        Object error = run.settings().get("error");
        facts.put(
                "status",
                analysis.status() == TrialStatus.ERROR
                        ? "<span class=\"bad\">" + status + "</span> "
                                + Html.escape(error == null ? "" : String.valueOf(error))
                        : status);
        facts.put("started", Html.escape(String.valueOf(run.settings().get("start_time"))));
        facts.put("took", Html.escape(Figures.duration(analysis.elapsedSeconds())));
        facts.put("iterations", Figures.count(sum("training_iteration")));
        facts.put("timesteps", Figures.count(sum("timesteps_total")));
        facts.put("seed", Long.toString(analysis.seed()));
        facts.put(
                "digest",
                analysis.digest().isEmpty()
                        ? "none before the run has ended"
                        : "<code>" + Html.escape(analysis.digest()) + "</code>");
        return facts;
    }

    private long sum(String column) {
        long sum = 0;
        for (Trial trial : analysis.trials()) {
            Map<String, Object> row = trial.lastRow();
            sum += row != null && row.get(column) instanceof Number number ? number.longValue() : 0;
        }
        return sum;
    }

    private String best() {
        if (best == null) {
            return "<p>No trial has a score"
                    + (analysis.metric().isEmpty() ? ": the run has no metric" : "")
                    + ".</p>\n";
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("trial", Html.escape(best.id()));
        facts.put(analysis.metric(), Html.escape(Figures.number(RunPictures.score(analysis, best))));
        facts.put("lineage", Html.escape(String.join(" → ", best.lineage())));
        facts.put(
                "checkpoint",
                best.savedCheckpoints().isEmpty()
                        ? "none was saved"
                        : "<code>" + Html.escape(analysis.bestCheckpoint().toString()) + "</code>");
        return Html.facts(facts)
                + "<h3>Its hyperparameters</h3>\n"
                + Html.table(
                        List.of("hyperparameter", "value"),
                        analysis.bestConfig().asMap().entrySet().stream()
                                .map(entry ->
                                        List.of(Cell.text(entry.getKey()), Cell.text(Scale.text(entry.getValue()))))
                                .toList(),
                        false,
                        -1);
    }

    private String pictures() {
        StringBuilder html = new StringBuilder();
        for (Picture picture : RunPictures.all(analysis)) {
            html.append("<figure>\n")
                    .append(Svg.inline(picture.svg()))
                    .append("<figcaption>")
                    .append(Html.escape(picture.caption()))
                    .append("</figcaption></figure>\n");
        }
        return html.toString();
    }

    private String next() {
        String folder = analysis.folder().toString();
        StringBuilder html = new StringBuilder();
        if (best != null && !best.savedCheckpoints().isEmpty()) {
            command(html, "Let the best policy play:", MAIN + "PlayBest -Dexec.args=\"" + folder + "\"");
            command(
                    html,
                    "Use it in a program:",
                    "Policy policy = Policy.load(Path.of(\"" + analysis.bestCheckpoint() + "\"));");
        }
        command(
                html,
                "Go on with a run that was killed, or train an ended one longer:",
                MAIN + "Run -Dexec.args=\"--resume " + folder + "\"\nTune.resume(Path.of(\"" + folder + "\"));");
        command(html, "Draw the pictures anew:", MAIN + "PlotRun -Dexec.args=\"" + folder + " --html\"");
        command(
                html,
                "Compare runs, and see which hyperparameters mattered:",
                MAIN + "Analyze -Dexec.args=\"" + folder + "\"");
        command(html, "Look at every scalar in TensorBoard:", "tensorboard --logdir " + folder);
        return html.toString();
    }

    private static void command(StringBuilder html, String what, String command) {
        html.append("<p>")
                .append(Html.escape(what))
                .append("</p>\n<pre>")
                .append(Html.escape(command))
                .append("</pre>\n");
    }

    private static String resource(String name) {
        try (InputStream in = RunReport.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource " + name + " of org.rltune.plot: " + e, e);
        }
    }
}
