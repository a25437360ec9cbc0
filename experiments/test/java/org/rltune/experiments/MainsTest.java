package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.json.Json;
import org.rltune.ppo.PpoConfig;
import org.rltune.ppo.PpoTrainer;
import picocli.CommandLine.Command;

final class MainsTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--iterations=few, '--iterations'",
        "--wrong=1, '--wrong=1'",
        "--population=0, num_samples",
        "--seed=-1, seed",
        "--verbose=7, verbose",
        "--env=CartPole-v2, CartPole-v1",
        "--set=lrr=0.1, Maybe 'lr'",
        "--set=lr=fast, lr must be a number",
        "--iterations=0, training_iteration",
        "--threads=0, threads",
        "--name=../up, name"
    })
    void answersBadInputOfTheMainJobWithOneLine(String option, String part) {
        int code = run(new CartPolePbt(), option, "--results=" + folder.resolve("results"));
        assertOneLine(code, part);
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void answersBadInputOfPlayBestWithOneLine() throws Exception {
        assertOneLine(run(new PlayBest(), folder.resolve("none").toString()), "There is no folder");
        assertOneLine(run(new PlayBest(), "--results=" + folder.resolve("none")), "Run an experiment first");
        assertOneLine(run(new PlayBest(), "--results=" + folder), "There is no experiment in");
        assertOneLine(run(new PlayBest(), "--episodes=0", folder.toString()), "--episodes must be at least 1");
        assertOneLine(run(new PlayBest(), "--seed=-3", folder.toString()), "--seed must be at least 0");
        assertOneLine(run(new PlayBest(), folder.toString()), folder.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "run: PPO\\nconfig: {env: CartPole-v1}; There is no stop rule",
                "STOP\\nrun: Other\\nconfig: {env: CartPole-v1}; runs Other, but TrainPpo trains PPO only",
                "STOP\\nrun: PPO\\nnum_samples: 4\\nconfig: {env: CartPole-v1}; says num_samples",
                "stop: {training_iteration: 1}\\nrun: PPO\\nconfig: {env: CartPole-v1}; stop: {timesteps_total: 100000}",
                "STOP\\nrun: PPO\\nconfig: {env: CartPole-v1, lr: {uniform: [0.1, 0.2]}}; leaves open lr",
                "stop: {timesteps_total: 0}\\nrun: PPO\\nconfig: {env: CartPole-v1}; line 1: stop/timesteps_total",
                "STOP\\nrun: PPO; env is missing",
                "STOP\\nrun: PPO\\nconfig: {env: CartPole-v9}; CartPole-v1",
                "STOP\\nrun: PPO\\nconfig: {env: CartPole-v1, clip_para: 0.2}; Maybe 'clip_param'",
                "STOP\\nrun: PPO\\nconfig:\\n  env: CartPole-v1\\n  lr:\\n; line 5: config/lr has no value",
                "STOP\\nrun: PPO\\nconfig: {env: CartPole-v1, sgd_minibatch_size: 64, train_batch_size: 32}; cannot hold"
            })
    void answersBadSettingsOfTrainPpoWithOneLine(String yaml, String part) throws Exception {
        String text = yaml.replace("STOP", "stop: {timesteps_total: 100}").replace("\\n", "\n") + "\n";
        Path file = Files.writeString(folder.resolve("c.yaml"), text);
        assertOneLine(run(new TrainPpo(), file.toString()), part);
    }

    @Test
    void answersBadOptionsOfTrainPpoWithOneLine() throws Exception {
        Path file = Files.writeString(
                folder.resolve("c.yaml"), "run: PPO\nstop: {timesteps_total: 10}\nconfig: {env: CartPole-v1}\n");
        assertOneLine(run(new TrainPpo()), "FILE");
        assertOneLine(run(new TrainPpo(), folder.resolve("none.yaml").toString()), "There is no file");
        assertOneLine(run(new TrainPpo(), file.toString(), "--seeds=4..0"), "Write 0..4, 7 or 1,3,5..9");
        assertOneLine(run(new TrainPpo(), file.toString(), "--record=x.txt"), "must end with .md");
        assertOneLine(run(new TrainPpo(), file.toString(), "--episodes=0"), "--episodes must be at least 1");
        assertOneLine(run(new TrainPpo(), file.toString(), "--threads=0"), "--threads must be at least 1");
        assertOneLine(run(new TrainPpo(), file.toString(), "--random=1"), "--random must be at least 2");
    }

    @Test
    void writesARecordWithEverySeed() throws Exception {
        Path file = Files.writeString(
                folder.resolve("c.yaml"),
                "run: PPO\ndescription: my head\nstop: {timesteps_total: 300}\nconfig: {env: CartPole-v1,"
                        + " train_batch_size: 128, num_sgd_iter: 1, num_envs_per_worker: 4}\n");
        Path record = folder.resolve("records").resolve("try.md");
        int code = run(
                new TrainPpo(),
                file.toString(),
                "--seeds=3,0..1",
                "--episodes=3",
                "--at-least=100000",
                "--record=" + record);
        assertThat(err.toString()).isEmpty();
        assertThat(code).as("the median is below what was wanted").isEqualTo(1);
        String text = Files.readString(record);
        assertThat(text)
                .contains("my head", "NOT reached", "processors: ", "java_version: ", "--seeds 3,0..1", "try.png");
        assertThat(text.lines().filter(line -> line.startsWith("|    "))).hasSize(3);
        assertThat(folder.resolve("records").resolve("try.png")).isNotEmptyFile();

        List<String> lines = Files.readAllLines(folder.resolve("records").resolve("try.jsonl"));
        assertThat(lines)
                .as("three iterations of 128 steps and one evaluation for each seed")
                .hasSize(12);
        List<Map<?, ?>> evaluations = lines.stream()
                .<Map<?, ?>>map(line -> (Map<?, ?>) Json.parse(line, "line"))
                .filter(line -> line.containsKey("evaluation_returns"))
                .toList();
        assertThat(evaluations).extracting(line -> line.get("seed")).isEqualTo(List.of(3L, 0L, 1L));
        List<?> returns = (List<?>) evaluations.get(0).get("evaluation_returns");
        double mean =
                returns.stream().mapToDouble(r -> ((Number) r).doubleValue()).sum() / 3;
        assertThat(text).contains(String.format(java.util.Locale.ROOT, "%11.1f", mean));
    }

    @Test
    void tunesAndLetsTheBestPolicyPlay() {
        String[] small = {
            "--iterations=2",
            "--population=3",
            "--interval=1",
            "--envs-per-worker=2",
            "--verbose=0",
            "--threads=2",
            "--set=train_batch_size=128",
            "--set=sgd_minibatch_size=64",
            "--set=num_sgd_iter=1",
            "--set=fcnet_hiddens=[8]",
            "--set=gamma=9e-1",
            "--results=" + folder,
            "--name=small"
        };
        assertThat(run(new CartPolePbt(), small)).as(err.toString()).isZero();
        Map<?, ?> params = Json.readObject(folder.resolve("small/t00002/params.json"));
        assertThat(params.get("gamma")).isEqualTo(0.9);
        assertThat(params.get("fcnet_hiddens")).isEqualTo(List.of(8L));
        assertThat(folder.resolve("small/reward_curves.png")).isNotEmptyFile();
        assertOneLine(run(new CartPolePbt(), small), "exist already");

        assertThat(run(new PlayBest(), folder.resolve("small").toString(), "--episodes=2"))
                .as(err.toString())
                .isZero();
        String first = out.toString();
        assertThat(first.lines()).hasSize(4);
        assertThat(first).contains("episode   2: return", "mean return over 2 episodes of CartPole-v1");
        out.getBuffer().setLength(0);
        assertThat(run(new PlayBest(), "--results=" + folder, "--episodes=2")).isZero();
        assertThat(out.toString())
                .as("the newest experiment, the same episodes")
                .isEqualTo(first);
    }

    @Test
    void showsTrajectories() {
        assertOneLine(run(new Trajectories(), folder.toString()), "has no output.json");
        PpoConfig config = PpoConfig.of("CartPole-v1")
                .trainBatchSize(200)
                .output(folder.resolve("out").toString());
        try (PpoTrainer trainer = config.build()) {
            trainer.train();
        }
        assertOneLine(
                run(new Trajectories(), "--episodes=-1", folder.resolve("out").toString()), "--episodes");
        assertThat(run(new Trajectories(), "--episodes=2", folder.resolve("out").toString()))
                .isZero();
        assertThat(out.toString().lines()).hasSize(7);
        assertThat(out.toString())
                .contains("CartPole-v1, trial ppo, 1 environment(s), format json", "1 iteration(s), ", "200 row(s)")
                .contains("environment 0, episode", "terminated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0..4", "0,1,2,3,4", " 0..2, 3..4", "0..3,4"})
    void readsSeeds(String text) {
        assertThat(SeedList.parse(text)).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1..", "-1", "3..1", "1..2..3", "0..5000", "1,,2"})
    void refusesWhatIsNoSeed(String text) {
        assertThatThrownBy(() -> SeedList.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--seeds=" + text);
    }

    @Test
    void showsHelpAndTheTraceOfWhatIsNoBadInput() {
        for (Callable<Integer> main : List.<Callable<Integer>>of(new CartPolePbt(), new PlayBest(), new TrainPpo())) {
            assertThat(run(main, "--help")).isZero();
        }
        assertThat(out.toString()).contains("--population", "--episodes", "--at-least", "Example");
        assertThat(err.toString()).isEmpty();
        assertThat(run(new Broken())).isEqualTo(1);
        assertThat(err.toString()).contains("IllegalStateException: out of order", "at org.rltune.experiments");
    }

    @Command
    private static final class Broken implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new IllegalStateException("out of order");
        }
    }

    private int run(Callable<Integer> main, String... args) {
        return Mains.execute(main, new PrintWriter(out), new PrintWriter(err), args);
    }

    private void assertOneLine(int code, String part) {
        String text = err.toString();
        assertThat(code).as(text).isEqualTo(2);
        assertThat(text.strip().lines()).hasSize(1);
        assertThat(text).startsWith("Error: ").contains(part);
        err.getBuffer().setLength(0);
    }
}
