package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.FlatActions;
import org.rltune.env.StepResult;
import org.rltune.offline.Fragment;
import org.rltune.offline.TrajectoryReader;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/** The files that {@code output} asks for, from training to the rows that are read back. */
class TrajectoriesTest {
    private static final String NAME = "test-trajectories";

    @TempDir
    Path folder;

    @BeforeEach
    void register() {
        InfoWalk.register();
        ToyEnvs.register();
        EnvTaskFunctions.register(NAME, (result, task) -> (Long) result.get("training_iteration") + 2);
    }

    @AfterEach
    void unregister() {
        InfoWalk.unregister();
        ToyEnvs.unregister();
        EnvTaskFunctions.unregister(NAME);
        Callbacks.unregister(NAME);
    }

    private PpoConfig config(String env, String format) {
        return PpoConfig.of(env)
                .numEnvsPerWorker(3)
                .trainBatchSize(66)
                .sgdMinibatchSize(33)
                .numSgdIter(2)
                .fcnetHiddens(List.of(8))
                .output(folder.resolve("out").toString())
                .outputFormat(format);
    }

    private static Map<String, String> files(Path out) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(out)) {
            for (Path file : list.toList()) {
                files.put(file.getFileName().toString(), Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static void train(PpoTrainer trainer, int iterations) {
        for (int i = 0; i < iterations; i++) {
            trainer.train();
        }
    }

    /** Every episode of the files is played again from its seed: same observations, same rewards, same ends. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "npy"})
    @SuppressWarnings("unchecked")
    void theActionsOfTheFilesGiveTheirObservationsAndRewardsAgain(String format) {
        for (String id : List.of(InfoWalk.ID, ToyEnvs.STEER)) {
            Path out = folder.resolve(id.replace('/', '-'));
            try (PpoTrainer trainer = config(id, format)
                    .output(out.toString())
                    .observationFilter("MeanStdFilter")
                    .normReward(true)
                    .numWorkers(2)
                    .build()) {
                train(trainer, 3);
            }
            TrajectoryReader reader = TrajectoryReader.open(out);
            assertThat(reader.iterations()).containsExactly(1L, 2L, 3L);
            FlatActions actions = FlatActions.of(reader.info().actionSpace());
            Map<Integer, Env<Object, Object>> envs = new TreeMap<>();
            Map<Integer, Integer> steps = new TreeMap<>();
            long rows = 0;
            for (Fragment fragment : reader.fragments().toList()) {
                Env<Object, Object> env = envs.computeIfAbsent(fragment.env, e ->
                        (Env<Object, Object>) Envs.make(reader.info().env()));
                if (fragment.firstStep == 0) {
                    Object first = env.reset(fragment.episodeSeed).observation();
                    assertThat((float[]) first).isEqualTo(Arrays.copyOf(fragment.observation, 1));
                    steps.put(fragment.env, 0);
                }
                assertThat(fragment.firstStep).isEqualTo(steps.get(fragment.env));
                for (int row = 0; row < fragment.rows; row++) {
                    StepResult<Object> result = env.step(actions.decode(fragment.action, row));
                    float[] seen = (float[]) result.observation();
                    assertThat(seen[0]).isEqualTo(fragment.nextObservation[row]);
                    assertThat(row + 1 < fragment.rows ? fragment.observation[row + 1] : seen[0])
                            .isEqualTo(seen[0]);
                    assertThat(result.reward()).isEqualTo(fragment.reward[row]);
                    assertThat(result.terminated()).isEqualTo(fragment.terminated[row]);
                    assertThat(result.truncated()).isEqualTo(fragment.truncated[row]);
                }
                steps.merge(fragment.env, fragment.rows, Integer::sum);
                rows += fragment.rows;
            }
            assertThat(rows).isEqualTo(3 * 66);
            assertThat(envs).hasSize(6);
        }
    }

    /** Both formats hold the same rows; those of the batch that was trained on. */
    @Test
    void bothFormatsGiveTheSameRowsBack() {
        List<List<Float>> seen = new ArrayList<>();
        Callbacks.register(NAME, () -> new PpoCallbacks() {
            @Override
            public void onSampleEnd(RolloutBatch samples, ResultMetrics metrics) {
                for (int row = 0; row < samples.rows(); row++) {
                    seen.add(List.of(samples.action[row], samples.logProb[row], samples.value[row]));
                }
            }
        });
        List<List<Fragment>> all = new ArrayList<>();
        for (String format : List.of("json", "npy")) {
            seen.clear();
            Path out = folder.resolve(format);
            try (PpoTrainer trainer = config(ToyEnvs.STEER, format)
                    .output(out.toString())
                    .callbacks(NAME)
                    .build()) {
                train(trainer, 2);
            }
            List<Fragment> fragments = TrajectoryReader.open(out).fragments().toList();
            all.add(fragments);
            for (Fragment fragment : fragments) {
                assertThat(fragment.action).as("Steer takes 2 at most").satisfies(actions -> {
                    for (float action : actions) {
                        assertThat(Math.abs(action)).isLessThanOrEqualTo(2);
                    }
                });
            }
            Map<List<Float>, Long> rows = new LinkedHashMap<>();
            fragments.forEach(fragment -> {
                for (int row = 0; row < fragment.rows; row++) {
                    rows.merge(
                            List.of(fragment.rawAction[row], fragment.logProb[row], fragment.value[row]),
                            1L,
                            Long::sum);
                }
            });
            assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(seen);
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
    }

    /** Killed after any iteration, with the files of later ones there or not: the same bytes in the end. */
    @ParameterizedTest
    @CsvSource({"json, 66, 1", "json, 66, 2", "json, 15, 1", "json, 15, 3", "npy, 66, 2", "npy, 15, 1"})
    void neitherLosesNorDoublesRowsOverAResume(String format, int batch, int at) throws IOException {
        boolean json = format.equals("json");
        PpoConfig config = config(InfoWalk.ID, format)
                .trainBatchSize(batch)
                .sgdMinibatchSize(batch)
                .envTaskFn(NAME)
                .outputMaxFileSize(json ? 2000 : 200);
        Path out = folder.resolve("out");
        Map<String, byte[]> middle;
        try (PpoTrainer trainer = config.build()) {
            train(trainer, at);
            middle = trainer.save();
            train(trainer, 4 - at);
        }
        Map<String, String> straight = files(out);
        assertThat(straight.keySet()).anyMatch(name -> batch < 66 || name.contains("-001."));
        Files.delete(out.resolve("iteration-00000004-000." + (json ? "json" : "eps_id.npy")));
        assertThat(TrajectoryReader.open(out).iterations()).containsExactly(1L, 2L, 3L);
        try (PpoTrainer trainer = config.build()) {
            trainer.restore(middle);
            train(trainer, 3 - at);
            assertThat(TrajectoryReader.open(out).iterations()).containsExactly(1L, 2L, 3L);
            trainer.train();
        }
        assertThat(files(out)).isEqualTo(straight);
        List<Fragment> fragments = TrajectoryReader.open(out).fragments().toList();
        assertThat(fragments.stream().mapToInt(fragment -> fragment.rows).sum()).isEqualTo(4 * batch);
        assertThat(fragments).doesNotHaveDuplicates();
        if (json && batch == 66) {
            assertThat(fragments.stream().map(fragment -> fragment.task).distinct())
                    .containsExactlyInAnyOrder(3.0, 3L, 4L, 5L);
        }
    }

    @Test
    void filesStayBelowTheLimitButForASingleFragment() throws IOException {
        try (PpoTrainer trainer =
                config(InfoWalk.ID, "json").outputMaxFileSize(6000).build()) {
            train(trainer, 2);
        }
        Path out = folder.resolve("out");
        long files = 0;
        try (Stream<Path> list = Files.list(out)) {
            for (Path file : list.filter(path -> path.getFileName().toString().startsWith("iteration"))
                    .toList()) {
                files++;
                long lines = Files.readString(file).lines().count();
                assertThat(Files.size(file) <= 6000 || lines == 1)
                        .as("%s", file)
                        .isTrue();
            }
        }
        assertThat(files).isGreaterThan(3);
        assertThat(TrajectoryReader.open(out).fragments().mapToInt(f -> f.rows).sum())
                .isEqualTo(2 * 66);
    }

    @Test
    void changesNoBitOfTheTraining() {
        try (PpoTrainer with = config(InfoWalk.ID, "npy").build();
                PpoTrainer without = config(InfoWalk.ID, "npy").output("").build()) {
            for (int i = 0; i < 3; i++) {
                Map<String, Object> row = new LinkedHashMap<>(with.train().metrics());
                Map<String, Object> other = new LinkedHashMap<>(without.train().metrics());
                row.remove("timers");
                other.remove("timers");
                assertThat(row).isEqualTo(other);
            }
            Map<String, byte[]> files = with.save();
            Map<String, byte[]> others = without.save();
            assertThat(files.keySet()).isEqualTo(others.keySet());
            files.forEach((name, content) -> assertThat(content).isEqualTo(others.get(name)));
        }
    }

    @Test
    void anEpisodeThatIsThrownAwayLeavesNoRowOfItsIteration() {
        try (PpoTrainer trainer = config(InfoWalk.ID, "npy")
                .envConfig(Map.of("fail_at", 17))
                .restartFailedSubEnvironments(true)
                .build()) {
            train(trainer, 3);
        }
        Map<Long, Integer> next = new TreeMap<>();
        int rows = 0;
        for (Fragment fragment :
                TrajectoryReader.open(folder.resolve("out")).fragments().toList()) {
            assertThat(fragment.firstStep).isEqualTo(next.getOrDefault(fragment.episodeId, 0));
            next.merge(fragment.episodeId, fragment.rows, Integer::sum);
            rows += fragment.rows;
        }
        assertThat(rows).isEqualTo(3 * 66);
    }

    @Test
    void refusesFoldersThatHoldSomethingElse() throws IOException {
        Path out = folder.resolve("out");
        Files.createDirectories(out);
        Files.writeString(out.resolve("thesis.txt"), "the only copy");
        try (PpoTrainer trainer = config(InfoWalk.ID, "json").build()) {
            assertThatThrownBy(trainer::train)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(out.toString())
                    .hasMessageContaining("holds something else: thesis.txt");
        }
        Files.delete(out.resolve("thesis.txt"));
        try (PpoTrainer trainer = config(InfoWalk.ID, "json").build()) {
            train(trainer, 1);
        }
        Map<String, String> before = files(out);
        for (PpoConfig other : List.of(
                config(InfoWalk.ID, "json").seed(1), config(ToyEnvs.WALK, "json"), config(InfoWalk.ID, "npy"))) {
            try (PpoTrainer trainer = other.build()) {
                assertThatThrownBy(trainer::train).hasMessageContaining("trajectories of another trial");
            }
        }
        assertThat(files(out)).isEqualTo(before);
    }

    /** Each file is cut off at many places, and some numbers are changed: read or refused by name, never anything else. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "npy"})
    void damagedFilesAreRefusedByName(String format) throws IOException {
        try (PpoTrainer trainer = config(InfoWalk.ID, format).trainBatchSize(33).build()) {
            train(trainer, 1);
        }
        Path out = folder.resolve("out");
        List<Fragment> whole = TrajectoryReader.open(out).fragments(1);
        List<Path> all;
        try (Stream<Path> list = Files.list(out)) {
            all = list.sorted().toList();
        }
        Pcg64 random = new Pcg64(7);
        for (Path file : all) {
            byte[] good = Files.readAllBytes(file);
            String name = file.getFileName().toString();
            for (int i = 0; i < 40; i++) {
                byte[] bad = i < 10 ? Arrays.copyOf(good, (int) random.integers(0, good.length)) : good.clone();
                if (i >= 10) {
                    bad[(int) random.integers(0, bad.length)] ^= (byte) (1 << random.integers(0, 8));
                }
                Files.write(file, bad);
                try {
                    List<Fragment> read = TrajectoryReader.open(out).fragments(1);
                    assertThat(read.stream().mapToInt(fragment -> fragment.rows).sum())
                            .isLessThanOrEqualTo(33);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage())
                            .as("%s, change %d", name, i)
                            .containsAnyOf(name, "output_", "iteration-00000001", "raw_action_size", "envs", "must be");
                }
            }
            Files.write(file, good);
        }
        assertThat(TrajectoryReader.open(out).fragments(1)).isEqualTo(whole);
        Files.delete(out.resolve("output.json"));
        assertThatThrownBy(() -> TrajectoryReader.open(out)).hasMessageContaining("has no output.json");
    }

    @Test
    void whatCannotBeWrittenIsNamedWithTheRemedy() throws IOException {
        Files.writeString(folder.resolve("out"), "a file, no folder");
        try (PpoTrainer trainer = config(InfoWalk.ID, "json").build()) {
            assertThatThrownBy(trainer::train)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Cannot write " + folder.resolve("out"))
                    .hasMessageContaining("disk has free space")
                    .hasMessageEndingWith("leave it out, or name another folder.");
        }
    }

    @Test
    void refusesNamesThatLeadOutOfTheTrialOrTakeTheNameOfItsFiles() {
        for (String wrong : List.of(
                "..",
                "../out",
                "a/../b",
                "./a",
                " ",
                "trial.json",
                "checkpoint_000001",
                "state_000001/x",
                "a b",
                "a\0b")) {
            assertThatThrownBy(() ->
                            PpoConfig.of(InfoWalk.ID).output(wrong).build().close())
                    .as("output=%s", wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("output is '" + wrong + "', but ");
        }
        assertThatThrownBy(() -> PpoConfig.of(InfoWalk.ID).outputFormat("parquet"))
                .hasMessage("output_format must be json or npy, but is parquet. The default is json.");
        assertThatThrownBy(() -> PpoConfig.of(InfoWalk.ID).outputMaxFileSize(0))
                .hasMessageContaining("output_max_file_size must be at least 1, but is 0");
    }
}
