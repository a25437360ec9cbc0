package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What version 1 of the formats wrote is read for ever: the folder {@code run-1} was left behind by a run that was ended in
 * the midst of its work, and only its journal, checkpoints and states are in it. It is never written anew; another version
 * of a format gets a folder of its own, by {@link #main}.
 */
@Timeout(60)
class GoldenRunTest {
    private static final Consumer<RunConfig> SETTINGS = run -> run.scheduler(Runs.pbt(2))
            .checkpointFreq(3)
            .states(new StatePolicy(0, 1e9))
            .stop("training_iteration", 7)
            .seed(11);

    @TempDir
    Path storage;

    /** Writes the files of such a run into an empty folder. */
    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[0]);
        Path storage = Files.createTempDirectory("golden");
        try {
            Runs.run(storage, new Quadratic(), SETTINGS.andThen(run -> run.threads(1)
                    .listener(new RunListener() {
                        @Override
                        public void onResult(Experiment experiment, Trial trial, Map<String, Object> row) {
                            if (trial.number() == 2 && trial.trainingIteration() == 5) {
                                experiment.interrupt();
                            }
                        }
                    })));
        } catch (RunInterruptedException e) {
            copyWhatCannotBeMadeAnew(e.folder(), to);
        }
    }

    private static void copyWhatCannotBeMadeAnew(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString();
                Path copy = to.resolve(name);
                if (name.contains("checkpoint_") || name.contains("state_")) {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        List<String> lines = Files.readAllLines(from.resolve(Journal.NAME));
        try (var out = Files.newOutputStream(to.resolve(Journal.NAME))) {
            for (int i = 0; i < lines.size(); i++) {
                String object = lines.get(i)
                        .replaceFirst("^\\{\"crc32c\":\"[0-9a-f]{8}\",\"seq\":\\d+,", "{")
                        .replace("\"hostname\":\"" + RowMaker.HOST + "\"", "\"hostname\":\"golden\"");
                out.write(JournalLine.of(i, (object + "\n").getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private Path copyOfRun1() throws IOException, URISyntaxException {
        Path golden = Path.of(
                Objects.requireNonNull(GoldenRunTest.class.getResource("run-1")).toURI());
        Path folder = storage.resolve("run-1");
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(golden.relativize(file).toString()));
            }
        }
        return folder;
    }

    @Test
    void readsTheCheckpointsOfVersion1() throws Exception {
        Path folder = copyOfRun1();
        List<Path> checkpoints = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(path -> path.getFileName().toString().matches("(checkpoint|state)_\\d{6}(_changed)?"))
                    .forEach(checkpoints::add);
        }
        assertThat(checkpoints).hasSizeGreaterThan(6);
        for (Path checkpoint : checkpoints) {
            Map<String, byte[]> files = CheckpointFolder.read(checkpoint);
            assertThat(files).containsOnlyKeys("x.bin", "iteration.bin");
            int iteration = Integer.parseInt(checkpoint.getFileName().toString().replaceAll("\\D", ""));
            assertThat(ByteBuffer.wrap(files.get("iteration.bin")).getInt()).isEqualTo(iteration);
        }
    }

    @Test
    void goesOnWithARunOfVersion1() throws Exception {
        Path folder = copyOfRun1();
        ExperimentAnalysis whole = Runs.run(storage, new Quadratic(), SETTINGS);
        List<String> warnings = new ArrayList<>();
        ExperimentAnalysis resumed =
                Runs.resume(folder, new Quadratic(), SETTINGS.andThen(run -> run.listener(new RunListener() {
                    @Override
                    public void onWarning(Experiment experiment, String warning) {
                        warnings.add(warning);
                    }
                })));
        assertThat(resumed.digest()).isEqualTo(whole.digest()).isNotEmpty();
        assertThat(warnings).as("every state was found").isEmpty();
        assertThat(ExperimentAnalysis.load(folder).trials()).hasSize(4);
    }
}
