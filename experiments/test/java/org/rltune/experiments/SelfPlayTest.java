package org.rltune.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;

final class SelfPlayTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Mains.execute(new SelfPlay(), new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void learnsAndAddsSnapshotsAndWritesARecord() throws Exception {
        Path record = folder.resolve("play.md");
        Path picture = folder.resolve("play.gif");
        String[] args = {"--seeds=0..1", "--iterations=12", "--snapshots=2", "--threshold=0.1"};
        String[] files = {"--record=" + record, "--picture=" + picture};
        int code = run(concat(args, files));
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(Files.readString(record))
                .contains("| seed | snapshots |", "--seeds 0..1 --iterations 12", "processors: ", "play.png");
        assertThat(folder.resolve("play.png")).isNotEmptyFile();
        assertThat(picture).isNotEmptyFile();
        List<? extends Map<?, ?>> rows = Files.readAllLines(folder.resolve("play.jsonl")).stream()
                .map(line -> (Map<?, ?>) Json.parse(line, "line"))
                .toList();
        assertThat(rows).extracting(row -> row.get("training_iteration")).isEqualTo(List.of(10L, 12L, 10L, 12L));
        for (Map<?, ?> row : rows) {
            assertThat(row.get("snapshots")).isEqualTo(2L);
            // Two random players: X loses 29 % and O 58 %.
            assertThat((double) row.get("random_as_x_loss")).isLessThan(0.15);
            assertThat((double) row.get("random_as_o_loss")).isLessThan(0.45);
            double all = (double) row.get("perfect_as_x_win")
                    + (double) row.get("perfect_as_x_draw")
                    + (double) row.get("perfect_as_x_loss");
            assertThat(all).isBetween(0.999999, 1.000001);
            assertThat((double) row.get("perfect_as_x_win")).isZero();
        }
        String first = table();
        run(args);
        assertThat(table()).as("a second run").isEqualTo(first);
    }

    private static String[] concat(String[] a, String[] b) {
        String[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** The table that was printed, and forgets it. */
    private String table() {
        List<String> lines =
                out.toString().lines().filter(line -> line.startsWith("|")).toList();
        out.getBuffer().setLength(0);
        return String.join("\n", lines);
    }

    @Test
    void answersBadOptionsWithOneLine() {
        for (String option : List.of(
                "--iterations=0",
                "--snapshots=-1",
                "--threshold=NaN",
                "--record=x.txt",
                "--picture=x.png",
                "--seeds=4..0")) {
            err.getBuffer().setLength(0);
            assertThat(run(option)).isEqualTo(2);
            assertThat(err.toString().lines()).hasSize(1);
        }
    }
}
