package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.tune.Experiment;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.RunListener;
import org.rltune.tune.Trial;
import org.rltune.tune.space.Domain;

final class PlotRunTest {
    private static final List<String> PICTURES =
            List.of("reward_curves", "schedules", "lineage", "parallel_coordinates", "phases");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void drawsEverythingIntoTheExperimentsFolderOrAnother() throws Exception {
        Path run = train(experiment -> {}).folder();
        assertThat(plot(run.toString())).as(err.toString()).isZero();
        for (String picture : PICTURES) {
            assertThat(run.resolve(picture + ".png")).isNotEmptyFile();
            assertThat(run.resolve(picture + ".svg")).isNotEmptyFile();
        }
        assertThat(out.toString().lines()).hasSize(10);
        Path elsewhere = folder.resolve("a").resolve("b");
        assertThat(plot(run.toString(), "--html", "--out=" + elsewhere)).isZero();
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).hasSize(11);
        }
        assertThat(elsewhere.resolve("report.html")).content().contains("CartPole-v1", "PlayBest");
        assertThat(Files.mismatch(run.resolve("lineage.svg"), elsewhere.resolve("lineage.svg")))
                .as("the same again")
                .isEqualTo(-1);
        assertThat(err.toString()).isEmpty();
    }

    /** While a run writes, its folder is drawn as it stands, and a last line that is not complete is set aside. */
    @Test
    void drawsARunningAndABrokenOffExperiment() throws Exception {
        Path copy = folder.resolve("copy");
        ExperimentAnalysis analysis = train(experiment -> {
            if (!Files.exists(copy)) {
                copy(experiment.folder(), copy);
            }
        });
        assertThat(plot(copy.toString())).as(err.toString()).isZero();
        assertThat(copy.resolve("reward_curves.png")).isNotEmptyFile();

        Path result = analysis.folder().resolve("t00000").resolve("result.json");
        String text = Files.readString(result);
        Files.writeString(result, text.substring(0, text.length() - 20));
        assertThat(plot(analysis.folder().toString())).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void answersBadInputWithOneLine() throws Exception {
        assertOneLine(plot(folder.resolve("none").toString()), "There is no folder");
        assertOneLine(plot(folder.toString()), "There is no experiment in");
        assertOneLine(plot(), "DIR");
        assertOneLine(plot(folder.toString(), "--follow=0"), "--follow must be from 1 to 86400");
        Path run = train(experiment -> {}).folder();
        assertOneLine(plot(run.toString(), "--show"), "--show: A window needs a display");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertOneLine(plot(run.toString(), "--out=" + file), "--out: the folder");
        Path result = run.resolve("t00000").resolve("result.json");
        Files.writeString(result, "{\"training_iteration\":\n" + Files.readString(result));
        assertOneLine(plot(run.toString()), "result.json line 1");
        Files.writeString(run.resolve("run.json"), "{");
        assertOneLine(plot(run.toString()), "run.json");
    }

    @Test
    void saysThatNothingHasHappenedYet() {
        Path copy = folder.resolve("copy");
        Tune.run(
                "PPO",
                run -> small(run.name("early"), new RunListener() {
                    @Override
                    public void onExperimentStart(Experiment experiment) {
                        copy(experiment.folder(), copy);
                    }
                }));
        assertOneLine(plot(copy.toString()), "has reported a row yet");
    }

    @Test
    void followsARunToItsEnd() {
        Path run = train(experiment -> {}).folder();
        assertThat(plot(run.toString(), "--follow=1"))
                .as("it has ended already")
                .isZero();
    }

    private interface Watcher {
        void see(Experiment experiment);
    }

    private ExperimentAnalysis train(Watcher watcher) {
        return Tune.run(
                "PPO",
                run -> small(run.name("small"), new RunListener() {
                    @Override
                    public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                        watcher.see(experiment);
                    }
                }));
    }

    private void small(RunConfig run, RunListener listener) {
        run.storagePath(folder)
                .verbose(0)
                .plots(false)
                .numSamples(2)
                .metric("episode_reward_mean")
                .mode(Mode.MAX)
                .stop("training_iteration", 2)
                .listener(listener)
                .config(Map.of(
                        "env", "CartPole-v1",
                        "train_batch_size", 128,
                        "sgd_minibatch_size", 64,
                        "num_sgd_iter", 1,
                        "num_envs_per_worker", 2,
                        "fcnet_hiddens", List.of(4),
                        "lr", Domain.loguniform(1e-4, 1e-2)));
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int plot(String... args) {
        return Mains.execute(new PlotRun(), new PrintWriter(out), new PrintWriter(err), args);
    }

    private void assertOneLine(int code, String part) {
        String text = err.toString();
        assertThat(code).as(text).isEqualTo(2);
        assertThat(text.strip().lines()).hasSize(1);
        assertThat(text).startsWith("Error: ").contains(part);
        err.getBuffer().setLength(0);
    }
}
