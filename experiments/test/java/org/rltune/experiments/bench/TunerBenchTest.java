package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunerBenchTest {
    @Test
    void printsARowForEachNumberOfTrials(@TempDir Path folder) {
        BenchRun run = BenchRun.of(
                new TunerBench(),
                "--trials",
                "3,7",
                "--results",
                "2",
                "--at-least",
                "1",
                "--repetitions",
                "1",
                "--csv",
                "--tensorboard",
                "--checkpoints",
                "--folder",
                folder.resolve("runs").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("progress.csv, TensorBoard, a checkpoint");
        assertThat(run.out().lines().filter(line -> line.matches(" +[37] +(6|14) +[0-9,]+ +[0-9.]+ +[0-9.]+")))
                .hasSize(2);
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void refusesNumbersThatMeanNothing() {
        BenchRun.of(new TunerBench(), "--trials", "0").assertRefused("--trials");
        BenchRun.of(new TunerBench(), "--results", "0").assertRefused("--results");
    }
}
