package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;

/** Checkpoints on disk: which are kept, what is in them, and what becomes of damaged ones. */
@Timeout(60)
class CheckpointsTest {
    @TempDir
    Path storage;

    private Path damaged(String file, byte[] content) throws IOException {
        Path folder = storage.resolve("checkpoint_000001");
        AtomicFiles.deleteFolder(folder);
        CheckpointFolder.write(
                folder, Map.of("weights.bin", new byte[] {1, 2, 3}, "b.txt", new byte[0]), Map.of("x", 1));
        assertThat(CheckpointFolder.read(folder)).containsOnlyKeys("weights.bin", "b.txt");
        if (content.length == 0) {
            Files.delete(folder.resolve(file));
        } else {
            Files.write(folder.resolve(file), content, StandardOpenOption.TRUNCATE_EXISTING);
        }
        return folder;
    }

    @Test
    void namesWhatIsDamaged() throws IOException {
        refuses(damaged("weights.bin", new byte[] {1, 2, 4}), "checkpoint_000001", "SHA-256 of weights.bin");
        refuses(damaged("weights.bin", new byte[] {1, 2}), "weights.bin has 2 bytes instead of 3");
        refuses(damaged("weights.bin", new byte[0]), "weights.bin is missing", "another checkpoint");
        refuses(damaged("trial.json", "{}".getBytes()), "trial.json");
        refuses(damaged("manifest.json", new byte[0]), "manifest.json is missing");
        refuses(damaged("manifest.json", "{\"format".getBytes()), "manifest.json is not readable");
        refuses(damaged("manifest.json", "{\"format\":\"zip\"}".getBytes()), "its format is zip");
        refuses(
                damaged("manifest.json", "{\"format\":\"rltune-checkpoint\",\"version\":2}".getBytes()),
                "version 2",
                "reads version 1");
        refuses(
                damaged(
                        "manifest.json",
                        ("{\"format\":\"rltune-checkpoint\",\"version\":1,\"files\":{\"../../etc/passwd\":"
                                        + "{\"size\":1,\"sha256\":\"0\"}}}")
                                .getBytes()),
                "../../etc/passwd");
    }

    private static void refuses(Path folder, String... words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointFolder.read(folder))
                .withMessageContainingAll(words);
    }

    @Test
    void refusesFileNamesThatCouldLeaveTheFolder() {
        for (String name : List.of("a/b", "..", "manifest.json", "trial.json", ".hidden")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CheckpointFolder.write(storage.resolve("c"), Map.of(name, new byte[1]), Map.of()))
                    .withMessageContaining(name);
        }
        assertThat(storage).isEmptyDirectory();
    }

    private List<Integer> kept(TrainableSpec spec, String scoreAttr, int keep) {
        ExperimentAnalysis analysis = Runs.run(
                storage,
                spec,
                run -> run.numSamples(1)
                        .checkpointFreq(1)
                        .keepCheckpointsNum(keep)
                        .checkpointScoreAttr(scoreAttr)
                        .stop("training_iteration", 6));
        List<SavedCheckpoint> saved = analysis.trials().get(0).savedCheckpoints();
        assertThat(saved).allSatisfy(checkpoint -> {
            assertThat(checkpoint.folder().getFileName().toString())
                    .isEqualTo("checkpoint_00000" + checkpoint.trainingIteration());
            assertThat(checkpoint.files()).containsOnlyKeys("x.bin", "iteration.bin");
        });
        assertThat(analysis.trials().get(0).folder().toFile().list((dir, name) -> name.contains("checkpoint")))
                .hasSameSizeAs(saved);
        return saved.stream().map(SavedCheckpoint::trainingIteration).toList();
    }

    /** Reports the given values as {@code quality}, nested too; a null is absent. */
    private static Quadratic qualities(Double... values) {
        return new Quadratic((id, iteration, reported) -> {
            Double value = values[iteration - 1];
            Iteration flat = Quadratic.with(reported, "quality", value);
            return value == null ? flat : Quadratic.with(flat, "eval", Map.of("quality", value));
        }) {
            @Override
            public java.util.Set<String> lateMetrics() {
                return java.util.Set.of("quality", "eval/quality");
            }
        };
    }

    @Test
    void keepsTheBestAndTheNewest() {
        assertThat(kept(qualities(5.0, 9.0, 1.0, 7.0, 3.0, 2.0), "quality", 2)).containsExactly(2, 4, 6);
    }

    @Test
    void keepsTheSmallestWithThePrefixMin() {
        assertThat(kept(qualities(5.0, 9.0, 1.0, 7.0, 3.0, 4.0), "min-quality", 2))
                .containsExactly(3, 5, 6);
    }

    @Test
    void ranksByNestedColumnsToo() {
        assertThat(kept(qualities(5.0, 9.0, 1.0, 7.0, 3.0, 2.0), "eval/quality", 1))
                .containsExactly(2, 6);
    }

    @Test
    void takesAbsentAndNaNForTheWorst() {
        assertThat(kept(qualities(null, Double.NaN, -1e9, null, Double.NaN, null), "quality", 1))
                .containsExactly(3, 6);
    }

    @Test
    void keepsTheNewestWithoutAScore() {
        ExperimentAnalysis analysis = Runs.run(
                storage,
                new Quadratic(),
                run -> run.numSamples(1).checkpointFreq(2).keepCheckpointsNum(2).stop("training_iteration", 7));
        assertThat(analysis.trials().get(0).savedCheckpoints())
                .extracting(SavedCheckpoint::trainingIteration)
                .containsExactly(6, 7);
    }

    @Test
    void writesOneAtTheEndUnlessToldOtherwise() {
        ExperimentAnalysis with = Runs.run(storage, new Quadratic(), run -> run.name("with"));
        assertThat(with.trials())
                .allSatisfy(trial -> assertThat(trial.savedCheckpoints()).hasSize(1));
        ExperimentAnalysis without =
                Runs.run(storage, new Quadratic(), run -> run.name("without").checkpointAtEnd(false));
        assertThat(without.trials())
                .allSatisfy(trial -> assertThat(trial.savedCheckpoints()).isEmpty());
        assertThat(without.digest()).isEqualTo(with.digest());
    }

    @Test
    void describesTheTrialInTheCheckpoint() {
        Runs.run(
                storage,
                new Quadratic(),
                run -> run.checkpointFreq(3).checkpointAtEnd(false).checkpointScoreAttr("loss"));
        Path folder = storage.resolve("run/t00002/checkpoint_000003");
        Map<String, Object> json = Json.readObject(folder.resolve("trial.json"));
        ExperimentAnalysis analysis = ExperimentAnalysis.load(storage.resolve("run"));
        Trial trial = analysis.trial("t00002");
        assertThat(json)
                .containsEntry("trial_id", "t00002")
                .containsEntry("training_iteration", 3L)
                .containsEntry("timesteps_total", 30L)
                .containsEntry("lineage_training_iteration", 3L)
                .containsEntry("config", trial.initialConfig().asMap())
                .containsEntry("lineage", List.of("t00002"));
        SavedCheckpoint saved = trial.savedCheckpoints().get(0);
        assertThat(saved.folder()).isEqualTo(folder);
        assertThat(saved.score())
                .isEqualTo(OptionalDouble.of((double) trial.rows().get(2).get("loss")));
    }
}
