package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.tune.Mode;
import org.rltune.tune.Trainables;
import org.rltune.tune.space.Domain;

@Timeout(60)
final class AnalyzeTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Mains.execute(new Analyze(), new PrintWriter(out), new PrintWriter(err), args);
    }

    private Path experiment(String name, int trials) {
        return Tune.run(
                        Trainables.objective(
                                "bowl", "loss", x -> Math.abs(x.getDouble("a") - 0.5) + 0.1 * x.getDouble("b")),
                        run -> run.name(name)
                                .storagePath(folder)
                                .verbose(0)
                                .metric("loss")
                                .mode(Mode.MIN)
                                .numSamples(trials)
                                .plots(false)
                                .config(Map.of("a", Domain.uniform(0, 1), "b", Domain.uniform(0, 1))))
                .folder();
    }

    @Test
    void comparesAndTellsWhatMattered() throws Exception {
        Path large = experiment("large", 60);
        Path small = experiment("small", 4);
        assertThat(run("--csv", "--top=3", large.toString(), small.toString()))
                .as(err.toString())
                .isZero();
        String text = out.toString();
        assertThat(text)
                .contains("large: best trials by loss, MIN, LAST", "small: best trials", "best config, of t")
                .contains("importance for loss, from 60 trials", "importance: none. There are 4 configs");
        assertThat(text.lines()
                        .filter(line -> line.strip().startsWith("a "))
                        .findFirst()
                        .orElseThrow())
                .as("a explains most")
                .matches(" *a +0\\.[89].*");
        assertThat(text.lines().filter(line -> line.contains("the trainable is finished")))
                .hasSize(6);
        assertThat(large.resolve("importance.png")).isNotEmptyFile();
        assertThat(small.resolve("importance.png")).doesNotExist();
        List<String> lines = Files.readAllLines(large.resolve("trials.csv"));
        assertThat(lines).hasSize(61);
        assertThat(lines.get(0))
                .startsWith("trial_id,status,training_iteration")
                .contains("config/a");
    }

    @Test
    void answersBadInputWithOneLine() {
        Path run = experiment("run", 2);
        for (String[] args : List.of(
                new String[] {},
                new String[] {folder.resolve("none").toString()},
                new String[] {run.toString(), "--metric=los"},
                new String[] {run.toString(), "--scope=first"},
                new String[] {run.toString(), "--mode=best"},
                new String[] {run.toString(), "--top=0"})) {
            assertThat(run(args)).isEqualTo(2);
            assertThat(err.toString().strip().lines()).as(err.toString()).hasSize(1);
            err.getBuffer().setLength(0);
        }
    }
}
