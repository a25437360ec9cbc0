package org.rltune.experiments.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Some of the kills and broken disks of which the record holds all. */
@Timeout(400)
class InterruptedRunsTest {
    @TempDir
    Path folder;

    @Test
    void aKilledRunComesToTheSame() throws Exception {
        StringWriter told = new StringWriter();
        // The share of kills inside of writes means something only where there are many.
        new Kills(3, 2).run(2, 2, folder, new PrintWriter(told));
        assertThat(told.toString())
                .contains("killed 2 times")
                .contains("the same")
                .doesNotContain("DIFFERENT");
    }

    @Test
    void aRunWhoseDiskBreaksStopsAndCanBeResumed() throws IOException {
        StringWriter told = new StringWriter();
        boolean good = new BrokenDisks(new SmallRun(2, 3)).run(23, folder, new PrintWriter(told));
        assertThat(good).as(told.toString()).isTrue();
        assertThat(told.toString()).contains("stopped and said why");
    }

    @Test
    void aDamagedFileIsSetAsideOrNamed() throws IOException {
        StringWriter told = new StringWriter();
        boolean good = new DamagedRuns(new SmallRun(2, 3), 4).run(15, folder, new PrintWriter(told));
        assertThat(good).as(told.toString()).isTrue();
        assertThat(told.toString()).contains(": the same");
    }

    @Test
    void theTestDiskIsADiskAndTellsOfItsChanges() throws IOException {
        List<String> changes = new ArrayList<>();
        Path disk = TestDisk.path(folder, (change, file) -> changes.add(change + " " + file.getFileName()));
        Path inside = Files.createDirectories(disk.resolve("a/b"));
        Files.writeString(inside.resolve("x.txt"), "hello");
        Files.move(inside.resolve("x.txt"), inside.resolve("y.txt"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(Files.readString(folder.resolve("a/b/y.txt"))).isEqualTo("hello");
        assertThat(Files.readAllLines(inside.resolve("y.txt"))).containsExactly("hello");
        try (Stream<Path> walk = Files.walk(disk)) {
            assertThat(walk.map(path -> disk.relativize(path).toString())).contains("a", "a/b", "a/b/y.txt");
        }
        Files.delete(inside.resolve("y.txt"));
        assertThat(changes)
                .containsSubsequence("MAKE_FOLDER b", "OPEN x.txt", "WRITE x.txt", "MOVE y.txt", "DELETE y.txt");
        Path broken = TestDisk.path(folder, (change, file) -> {
            throw new IOException("No space left on device");
        });
        assertThatThrownBy(() -> Files.writeString(broken.resolve("z.txt"), "no"))
                .hasMessageContaining("No space left");
        assertThat(folder.resolve("z.txt")).doesNotExist();
    }
}
