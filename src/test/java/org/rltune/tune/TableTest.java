package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.log.Tables;

/** Tables, and those that an analysis gives. */
@Timeout(60)
class TableTest {
    @TempDir
    Path storage;

    private static Table sample() {
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("name", "b, \"quoted\"");
        second.put("inner", Map.of("x", 0.1));
        return Table.of(List.of(Map.of("name", "a"), second, Map.of("name", "c", "list", List.of(1L, 2L))));
    }

    @Test
    void flattensAndFillsUp() {
        Table table = sample();
        assertThat(table.columns()).containsExactly("name", "inner/x", "list");
        assertThat(table.column("inner/x")).containsExactly(null, 0.1, null);
        assertThat(table.get(2, "list")).isEqualTo(List.of(1L, 2L));
        assertThat(table.toJson().get(0)).isEqualTo(Map.of("name", "a"));
        assertThat(Json.parse(Json.write(table.toJson()), "json")).isEqualTo(table.toJson());
    }

    @Test
    void selectsAndSorts() {
        Table numbers = new Table(
                List.of("id", "x"),
                List.of(
                        Arrays.asList("a", 2L),
                        Arrays.asList("b", null),
                        Arrays.asList("c", Double.NaN),
                        Arrays.asList("d", 10.5),
                        Arrays.asList("e", -3)));
        assertThat(numbers.sorted("x", Mode.MAX).column("id")).containsExactly("d", "a", "e", "b", "c");
        assertThat(numbers.sorted("x", Mode.MIN).head(2).column("id")).containsExactly("e", "a");
        assertThat(numbers.select(List.of("x", "id")).columns()).containsExactly("x", "id");
    }

    @Test
    void writesCsvAndText() {
        assertThat(Tables.csv(sample()))
                .isEqualTo("name,inner/x,list\na,,\n\"b, \"\"quoted\"\"\",0.1,\nc,,\"[1,2]\"\n");
        String[] lines = Tables.text(sample()).split("\n");
        assertThat(lines[0].strip()).matches("name +inner/x +list");
        assertThat(lines[lines.length - 3].strip()).matches("a +- +-");
        assertThat(Tables.text(new Table(List.of("x"), List.of()))).contains("x");
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(List.of("a", "a"), List.of()))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(List.of("a"), List.of(List.of(1, 2))))
                .withMessageContainingAll("Row 0", "2 cells", "1 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sample().column("nam"))
                .withMessageContainingAll("'nam'", "Maybe 'name'?");
    }

    /** Trial k reports k * (10, 30, 20), so that the best row of MAX is the second, that of MIN the first. */
    private ExperimentAnalysis run() {
        double[] factors = {10, 30, 20};
        Quadratic spec = new Quadratic((id, iteration, reported) ->
                Quadratic.with(reported, "m", (1 + Integer.parseInt(id.substring(1))) * factors[iteration - 1]));
        return Runs.run(
                storage,
                spec,
                run -> run.numSamples(3).metric("m").checkpointFreq(1).stop("training_iteration", 3));
    }

    @Test
    void givesOneRowATrial() {
        ExperimentAnalysis analysis = run();
        assertThat(analysis.dataframe().column("m")).containsExactly(20.0, 40.0, 60.0);
        assertThat(analysis.dataframe("m", Mode.MAX).column("m")).containsExactly(30.0, 60.0, 90.0);
        assertThat(analysis.dataframe("m", Mode.MIN).column("training_iteration"))
                .containsExactly(1L, 1L, 1L);
        assertThat(analysis.dataframe().columns())
                .startsWith("trial_id", "status", "training_iteration")
                .contains("info/nested", "config/lr")
                .doesNotContain("hostname", "pid");
        assertThat(analysis.dataframe(analysis.trials().get(1)).column("m")).containsExactly(20.0, 60.0, 40.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> analysis.dataframe("n", Mode.MAX))
                .withMessageContaining("'n'");
        assertThat(ExperimentAnalysis.load(analysis.folder()).dataframe()).isEqualTo(analysis.dataframe());
    }

    @Test
    void findsCheckpointsOfAnyTrialByAnyMetric() {
        ExperimentAnalysis analysis = run();
        Trial trial = analysis.trials().get(1);
        assertThat(analysis.bestCheckpoint(trial, "m", Mode.MAX)).hasFileName("checkpoint_000002");
        assertThat(analysis.bestCheckpoint(trial, "m", Mode.MIN)).hasFileName("checkpoint_000001");
        assertThat(analysis.bestCheckpoint(trial, "info/nested", Mode.MIN)).hasFileName("checkpoint_000003");
        assertThat(analysis.lastCheckpoint(trial)).hasFileName("checkpoint_000003");
    }

    @Test
    void meansTheLastFiveAndTen() {
        Quadratic spec = new Quadratic(
                (id, iteration, reported) -> Quadratic.with(reported, "m", (double) iteration * iteration));
        ExperimentAnalysis analysis =
                Runs.run(storage, spec, run -> run.numSamples(1).metric("m").stop("training_iteration", 12));
        Trial trial = analysis.trials().get(0);
        assertThat(analysis.score(trial, "m", Mode.MAX, Scope.LAST_5_AVG)).hasValue((64 + 81 + 100 + 121 + 144) / 5.0);
        assertThat(analysis.score(trial, "m", Mode.MAX, Scope.LAST_10_AVG)).hasValue((650 - 1 - 4) / 10.0);
        assertThat(analysis.score(trial, "m", Mode.MAX, Scope.AVG)).hasValue(650 / 12.0);
        assertThat(analysis.score(trial, "m", Mode.MIN, Scope.BEST)).hasValue(1);
        assertThat(analysis.score(trial, "none", Mode.MIN, Scope.LAST)).isEmpty();
    }

    @Test
    void comparesExperiments() {
        ExperimentAnalysis one = run();
        ExperimentAnalysis two = Runs.run(
                storage,
                new Quadratic(),
                run -> run.name("two").metric("loss").mode(Mode.MIN).seed(4).stop("training_iteration", 2));
        Table table = ExperimentAnalysis.compare(List.of(one, two));
        assertThat(table.column("experiment")).containsExactly("run", "two");
        assertThat(table.column("best_score")).containsExactly(60.0, two.bestScore());
        assertThat(table.column("iterations")).containsExactly(9L, 8L);
        assertThat(table.column("timesteps")).containsExactly(90L, 80L);
        assertThat(table.column("seed")).containsExactly(0L, 4L);
        assertThat((Double) table.get(0, "wall_s")).isEqualTo(one.elapsedSeconds());
        assertThat((Double) table.get(0, "train_s")).isPositive();
    }
}
