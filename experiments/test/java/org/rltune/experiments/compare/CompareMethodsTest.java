package org.rltune.experiments.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.experiments.CompareMethods;
import org.rltune.experiments.Mains;
import org.rltune.json.Json;

final class CompareMethodsTest {
    private static final long BUDGET = 40_000;

    @TempDir
    Path results;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** All methods that need no ND4J, which is not on this module's class path. */
    @Test
    void spendsTheSameBudgetByEveryMethodAndShowsWhatEachReachedAndCost() throws Exception {
        assertThat(run(
                        "--methods",
                        "grid,random,asha,HYPERBAND,pbt",
                        "--seeds",
                        "3..4",
                        "--budget",
                        String.valueOf(BUDGET),
                        "--evaluation-episodes",
                        "3",
                        "--price-per-core-hour",
                        "3600",
                        "--name",
                        "c",
                        "--record",
                        results.resolve("records/c.md").toString()))
                .as(err.toString())
                .isZero();
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.readAllLines(results.resolve("c/methods.jsonl"))) {
            lines.add(Json.asObject(Json.parse(line, "methods.jsonl"), "methods.jsonl"));
        }
        assertThat(lines).hasSize(10);
        for (Map<String, Object> line : lines) {
            // No more than one batch of each trial that was under way beyond the budget, and no less than the budget.
            assertThat((Long) line.get("steps")).as(line.toString()).isBetween(BUDGET, BUDGET + 8 * 4096);
            assertThat((String) line.get("digest")).hasSize(64);
            assertThat((Double) line.get("evaluated")).isBetween(8.0, 500.0);
            List<?> curve = (List<?>) line.get("best_so_far");
            assertThat(curve.stream().map(point -> ((Number) ((List<?>) point).get(1)).doubleValue()))
                    .isSorted();
        }
        String table = Files.readString(results.resolve("c/methods.md"));
        assertThat(out.toString()).contains(table).contains("10 of 10  PBT       seed 4");
        assertThat(table.lines()).hasSize(2 + 5).allMatch(line -> line.matches("(\\|[^|]+){10}\\|"));
        // At this price a core-second costs 1.
        String[] cells = table.lines().skip(2).findFirst().orElseThrow().split("\\|");
        assertThat(Double.parseDouble(cells[10].strip())).isCloseTo(Double.parseDouble(cells[9].strip()), within(0.06));
        for (Path picture : List.of(results.resolve("c/methods.png"), results.resolve("records/c.png"))) {
            assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1400);
        }
        assertThat(Files.readString(results.resolve("records/c.md")))
                .contains(table, "(c.png)", "--seeds 3..4", "- processors:");
    }

    @Test
    void refusesBadInputInOneLine() {
        refuses("There is no method 'pbtt'", "--methods", "pbtt");
        refuses("--methods names PBT twice", "--methods", "pbt,PBT");
        refuses("--budget", "--budget", "100");
        refuses("--price-per-core-hour", "--price-per-core-hour", "-1");
        refuses("CartPool", "--env", "CartPool-v1", "--methods", "random");
        refuses("--seeds", "--seeds", "4..2");
        refuses("--threads", "--threads", "0");
        refuses("--evaluation-episodes", "--evaluation-episodes", "0");
    }

    @Test
    void saysBeforeAnythingRunsWhichMethodNeedsNd4j() {
        refuses(
                "Bayesian needs ND4J, which is not on the class path. Run Maven with -Pgp",
                "--methods",
                "random,bayesian");
        refuses("PB2 needs ND4J", "--methods", "pb2");
        assertThat(results).isEmptyDirectory();
    }

    @Test
    void neverOverwritesResults() throws Exception {
        Files.createDirectory(results.resolve("taken"));
        refuses("'taken' exist already", "--name", "taken", "--methods", "random");
    }

    private void refuses(String message, String... args) {
        err.getBuffer().setLength(0);
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(message);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--results", results.toString()));
        return Mains.execute(
                new CompareMethods(), new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }
}
