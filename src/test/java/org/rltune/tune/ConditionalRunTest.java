package org.rltune.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.space.Domain.conditional;
import static org.rltune.tune.space.Domain.uniform;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.json.Json;
import org.rltune.tune.log.ConsoleReporter;
import org.rltune.tune.log.CsvLogger;
import org.rltune.tune.log.TensorBoardLogger;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

/** Nested and conditional hyperparameters from the config through rows and files. */
class ConditionalRunTest {
    private static final Map<String, Object> CONFIG = Map.of(
            "lr",
            uniform(0.001, 0.1),
            "model",
            Map.of("width", uniform(0, 1), "name", "small"),
            "kind",
            conditional(Map.of("a", Map.of("a_weight", uniform(0, 1)), "b", Map.of("b_weight", uniform(2, 3)))));

    @TempDir
    Path storage;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private ExperimentAnalysis run(String name, int threads) {
        PrintStream out = new PrintStream(console, true, StandardCharsets.UTF_8);
        return Runs.run(
                storage,
                new Quadratic(),
                config -> config.config(CONFIG)
                        .name(name)
                        .listener(new ConsoleReporter(out, 2, false))
                        .listener(new CsvLogger())
                        .listener(new TensorBoardLogger())
                        .numSamples(8)
                        .threads(threads)
                        .scheduler(Runs.pbt(2))
                        .stop("training_iteration", 12));
    }

    @Test
    void writesWhatIsInForceAndNothingElse() {
        ExperimentAnalysis analysis = run("run", 2);
        int a = 0;
        int b = 0;
        for (Trial trial : analysis.trials()) {
            for (Map<String, Object> row : trial.rows()) {
                boolean isA = row.get("config/kind").equals("a");
                assertThat(row.containsKey("config/a_weight")).isEqualTo(isA);
                assertThat(row.containsKey("config/b_weight")).isEqualTo(!isA);
                assertThat(row).containsKey("config/model/width").doesNotContainKey("config/model/name");
                a += isA ? 1 : 0;
                b += isA ? 0 : 1;
            }
            assertThat(trial.tag()).doesNotContain("model/");
        }
        assertThat(a).isPositive();
        assertThat(b).isPositive();
        assertThat(analysis.digest()).isEqualTo(run("again", 1).digest());
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("a_weight", "b_weight", "model/width");
        SearchSpace declared = SearchSpace.of(CONFIG);
        for (Trial trial : ExperimentAnalysis.load(storage.resolve("run")).trials()) {
            HyperParams config = trial.config();
            assertThat(declared.violation(config)).isNull();
            assertThat(config.nested().get("model"))
                    .isEqualTo(Map.of("width", config.getDouble("model/width"), "name", "small"));
        }
        Map<String, Object> file = Json.readObject(storage.resolve("run/run.json"));
        SearchSpace read = SearchSpace.fromJson(file.get("search_space"));
        assertThat(read.conditions()).isEqualTo(declared.conditions());
        assertThat(read.domains()).isEqualTo(declared.domains());
    }
}
