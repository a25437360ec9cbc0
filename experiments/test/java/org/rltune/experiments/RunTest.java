package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;

/** The files of experiments/configs are experiments, and Run runs such files. */
@Timeout(60)
final class RunTest {
    private static final Path CONFIGS =
            Path.of(System.getProperty("basedir", "experiments")).resolve("configs");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Mains.execute(new Run(), new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void readsEveryFile() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(CONFIGS)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        for (Path file : files) {
            assertThat(run(file.toString(), "--dry-run"))
                    .as("%s: %s", file, err)
                    .isZero();
            assertThat(out.toString()).contains("trainable: ").contains("search_alg:");
            if (file.getFileName().toString().startsWith("ppo-")) {
                assertThat(FixedSettings.read(file).timesteps()).isPositive();
            }
        }
    }

    @Test
    void runsAFileWithConvolutionsAndSaysThatItsBitsAreThoseOfOneMachine() throws IOException {
        int code = run(
                CONFIGS.resolve("ppo-catch.yaml").toString(),
                "--results=" + folder,
                "--name=catch",
                "--verbose=0",
                "--set=config/env_config={balls: 1}",
                "--set=stop/timesteps_total=352",
                "--set=config/train_batch_size=352",
                "--set=config/sgd_minibatch_size=352",
                "--set=config/num_sgd_iter=1");
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.readString(folder.resolve("catch/run.json"))).contains("PPO with framework djl");
    }

    /** The plan of the main job's file is what the main job writes into run.json. */
    @Test
    void theMainJobAsAFileIsTheMainJob() {
        String results = folder.toString();
        Mains.execute(
                new CartPolePbt(),
                new PrintWriter(out),
                new PrintWriter(err),
                "--results=" + results,
                "--name=java",
                "--verbose=0",
                "--population=2",
                "--iterations=1",
                "--set=train_batch_size=1000",
                "--set=num_sgd_iter=1",
                "--set=sgd_minibatch_size=256");
        int code = run(
                CONFIGS.resolve("cartpole-pbt.yaml").toString(),
                "--results=" + results,
                "--name=file",
                "--verbose=0",
                "--set=num_samples=2",
                "--set=stop/training_iteration=1",
                "--set=config/train_batch_size=1000",
                "--set=config/num_sgd_iter=1",
                "--set=config/sgd_minibatch_size=256");
        assertThat(code).as(err.toString()).isZero();
        assertThat(digest("file")).isEqualTo(digest("java"));
        assertThat(Json.readObject(folder.resolve("file/run.json")).get("scheduler"))
                .isEqualTo(Json.readObject(folder.resolve("java/run.json")).get("scheduler"));
    }

    private Object digest(String name) {
        Object digest =
                Json.readObject(folder.resolve(name).resolve("run.json")).get("digest");
        assertThat(digest).isInstanceOf(String.class);
        return String.valueOf(digest);
    }

    @Test
    void answersBadInputWithOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "run: PPO\nstop:\n  training_iteration: few\n");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Error: " + file + " line 3: stop/training_iteration is few")
                .hasLineCount(1);
        assertThat(run(file.toString(), "--set=stop/training_iteration=")).isEqualTo(2);
        assertThat(run(CONFIGS.resolve("cartpole-pbt.yaml").toString(), "--seed=-1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("cartpole-pbt.yaml with seed=-1: seed is -1")
                .hasLineCount(1);
        Path typo = Files.writeString(
                folder.resolve("y.yaml"),
                "run: PPO\nmetric: m\nstop: {training_iteration: 1}\nconfig:\n  env: CartPole-v1\n  lrr: 1\n");
        assertThat(run(typo.toString(), "--dry-run")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Error: " + typo + " line 6: config/lrr: PPO has no hyperparameter 'lrr'")
                .hasLineCount(1);
        Path together = Files.writeString(
                folder.resolve("z.yaml"),
                "run: PPO\nmetric: m\nstop: {training_iteration: 1}\nnum_samples: 7\n"
                        + "search_alg:\n  type: Repeater\n  searcher: RandomSearch\n  repeat: 3\n"
                        + "config: {env: CartPole-v1}\n");
        assertThat(run(together.toString(), "--dry-run")).isEqualTo(2);
        assertThat(err.toString())
                .as("only the searcher knows that the two do not go together")
                .startsWith("Error: " + together + " line 4: num_samples is 7")
                .hasLineCount(1);
        Path nothing = Files.writeString(
                folder.resolve("w.yaml"),
                "run: PPO\nmetric: m\nstop: {training_iteration: 1}\nscheduler: PopulationBasedTraining\n"
                        + "config: {env: CartPole-v1}\n");
        assertThat(run(nothing.toString(), "--dry-run")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("Error: " + nothing + " line 4: scheduler: PopulationBasedTraining has nothing to explore")
                .hasLineCount(1);
        assertThat(run(folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("There is no file").hasLineCount(1);
    }
}
