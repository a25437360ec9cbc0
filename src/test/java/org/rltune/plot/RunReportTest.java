package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.tune.Decision;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Iteration;
import org.rltune.tune.Trainable;
import org.rltune.tune.TrainableSpec;
import org.rltune.tune.TrialContext;
import org.rltune.tune.space.Domain;
import org.rltune.tune.space.HyperParams;

final class RunReportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u0001";

    @TempDir
    Path results;

    @Test
    void tellsEverythingAboutARun() throws Exception {
        ExperimentAnalysis analysis = Slope.population(results, 6, 9, run -> {});
        Path file = RunReport.write(analysis, results.resolve(RunReport.FILE));
        String html = Files.readString(file);
        assertThat(html)
                .contains(
                        "<title>slope</title>",
                        analysis.digest(),
                        "TERMINATED",
                        "PlayBest",
                        "--resume",
                        "PlotRun",
                        "tensorboard")
                .contains(Html.escape(analysis.bestCheckpoint().toString()))
                .contains("<td>scheduler/perturbation_interval</td>");
        analysis.trials().forEach(trial -> assertThat(html).contains("<td>" + trial.id() + "</td>"));
        analysis.decisions().stream()
                .filter(record -> record.decision() instanceof Decision.Exploit)
                .forEach(record ->
                        assertThat(html).contains(Html.escape(record.decision().reason())));
        analysis.bestConfig()
                .asMap()
                .values()
                .forEach(value -> assertThat(html).contains("<td>" + Html.escape(Scale.text(value)) + "</td>"));
        assertThat(count(html, "<figure>")).isEqualTo(RunPictures.all(analysis).size());
        assertThat(html.indexOf("<tr class=\"best\"><td>" + analysis.bestTrial().id() + "</td>"))
                .as("the best trial stands first")
                .isEqualTo(html.indexOf("<tr class=\"best\">"));
    }

    @Test
    void needsNoNetworkAndNoServer() {
        String html = RunReport.html(Slope.population(results, 3, 5, run -> {}));
        assertThat(html).contains("default-src 'none'");
        List<String> links = new ArrayList<>();
        Matcher link = Pattern.compile("(?:(?<![-\\w])src|href|url\\()\\s*=?\\s*\"?([^\" )]*)")
                .matcher(html);
        while (link.find()) {
            links.add(link.group(1));
        }
        assertThat(links).isNotEmpty().allMatch(target -> target.startsWith("#"));
    }

    @Test
    void givesEveryIdOnce() {
        String html = RunReport.html(Slope.population(results, 3, 5, run -> {}));
        List<String> ids = new ArrayList<>();
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(html);
        while (id.find()) {
            ids.add(id.group(1));
        }
        assertThat(ids).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        Matcher use = Pattern.compile("url\\(#([^)]*)\\)").matcher(html);
        while (use.find()) {
            assertThat(ids).contains(use.group(1));
        }
    }

    @Test
    void takesNoTextForMarkup() {
        ExperimentAnalysis analysis = Tune.run(
                hostile(),
                run -> run.name("hostile")
                        .storagePath(results)
                        .verbose(0)
                        .plots(false)
                        .csv(false)
                        .tensorBoard(false)
                        .metric(HOSTILE)
                        .stop("training_iteration", 2)
                        .config(Map.of("option", Domain.choice(HOSTILE, "b" + HOSTILE), "constant", HOSTILE)));
        String html = RunReport.html(analysis);
        assertThat(count(html, "<script")).isEqualTo(1);
        assertThat(count(html, "</script")).isEqualTo(1);
        assertThat(html).doesNotContain("<img").doesNotContain("\u0001").contains("&lt;img src=x");
        for (Picture picture : RunPictures.all(analysis)) {
            assertThat(picture.svg())
                    .doesNotContain("<img")
                    .doesNotContain("<script")
                    .doesNotContain("\u0001");
        }
    }

    @Test
    void namesTheFileThatItCannotWrite() {
        ExperimentAnalysis analysis = Slope.population(results, 1, 2, run -> {});
        Path file = results.resolve("missing").resolve("report.html");
        assertThatThrownBy(() -> RunReport.write(analysis, file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static TrainableSpec hostile() {
        return new TrainableSpec() {
            @Override
            public String name() {
                return HOSTILE;
            }

            @Override
            public Trainable create(TrialContext context) {
                HyperParams config = context.config();
                return new Trainable() {
                    @Override
                    public Iteration train() {
                        return new Iteration(Map.of(HOSTILE, 1.5), config);
                    }

                    @Override
                    public Map<String, byte[]> save() {
                        return Map.of();
                    }

                    @Override
                    public void restore(Map<String, byte[]> files) {}

                    @Override
                    public void adopt(Map<String, byte[]> donorFiles) {}

                    @Override
                    public void configure(HyperParams next) {}

                    @Override
                    public void close() {}
                };
            }
        };
    }
}
