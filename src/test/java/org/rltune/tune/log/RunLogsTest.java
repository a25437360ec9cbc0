package org.rltune.tune.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rltune.tune.space.Domain.randint;
import static org.rltune.tune.space.Domain.uniform;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.Tune;
import org.rltune.json.Json;
import org.rltune.plot.RewardCurves;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Mode;
import org.rltune.tune.RunConfig;
import org.rltune.tune.Trial;
import org.rltune.tune.TrialsFailedException;
import org.rltune.tune.schedule.AshaScheduler;
import org.rltune.tune.schedule.PopulationBasedTraining;

/** What whole runs leave behind and print; a climber of hills stands in for PPO. */
final class RunLogsTest {
    @TempDir
    Path results;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void staysFarBelow300LinesInAPipeForTheMainJob() {
        ExperimentAnalysis analysis = run(8, 50, config -> config.verbose(1));
        List<String> lines = lines();
        assertThat(lines).hasSizeBetween(60, 250);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        String text = String.join("\n", lines);
        assertThat(text)
                .contains("rltune experiment run", "8 trials of Climber on 2 threads, seed 3", "largest reward")
                .contains("training_iteration >= 50", "lr uniform(0.0, 1.0)", "elapsed", "remaining")
                .contains("best trial  " + analysis.bestTrial().id())
                .contains("checkpoint  " + analysis.bestCheckpoint())
                .contains("digest      " + analysis.digest())
                .contains("curves      " + analysis.folder().resolve(RewardCurves.FILE))
                .doesNotContain("\u001b");
        long exploits = exploits(analysis);
        assertThat(exploits).isPositive();
        assertThat(lines.stream().filter(line -> line.matches("t\\d{5} copies t\\d{5} .*")))
                .hasSize((int) exploits);
    }

    @Test
    void printsNothingAtVerbose0() {
        run(4, 8, config -> config.verbose(0));
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void printsALineForEveryRowAtVerbose2() {
        run(4, 8, config -> config.verbose(2));
        assertThat(lines().stream().filter(line -> line.matches("t\\d{5}: iteration \\d+, timesteps \\d+, .*")))
                .hasSize(32);
    }

    /** One line a stop would be noise with a hundred trials. */
    @Test
    void tellsOfStopsTogether() {
        Consumer<RunConfig> asha = config -> config.scheduler(
                AshaScheduler.stopping().maxT(27).gracePeriod(3).build());
        ExperimentAnalysis analysis = run(100, 27, asha.andThen(config -> config.verbose(1)));
        long stops = analysis.decisions().stream()
                .filter(record -> record.decision() instanceof Decision.Stop)
                .count();
        assertThat(stops).isGreaterThan(40);
        assertThat(lines()).hasSizeLessThan(250);
        long told = lines().stream()
                .map(Pattern.compile("the scheduler stopped (\\d+) trials?: t\\d{5}.*")::matcher)
                .filter(Matcher::matches)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        assertThat(told).isEqualTo(stops);
        printed.reset();
        run(20, 27, asha.andThen(config -> config.name("all").verbose(2)));
        assertThat(lines()).filteredOn(line -> line.startsWith("stops t000")).hasSizeGreaterThan(5);
    }

    @Test
    void tellsOfExploitsTogetherWhereThereAreMany() {
        ExperimentAnalysis analysis = run(40, 24, config -> config.verbose(1));
        assertThat(exploits(analysis)).isGreaterThan(40);
        long told = lines().stream()
                .map(Pattern.compile("(\\d+) trials? copied others: t\\d{5} copies t\\d{5}.*")::matcher)
                .filter(Matcher::matches)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
        assertThat(told).isEqualTo(exploits(analysis));
        assertThat(lines())
                .filteredOn(line -> line.matches("t\\d{5} copies .*"))
                .isEmpty();
    }

    @Test
    void printsErrorsAtEveryLevel() {
        for (int verbose = 0; verbose <= 2; verbose++) {
            printed.reset();
            int level = verbose;
            Consumer<RunConfig> failing = config ->
                    config.verbose(level).name("fails" + level).config(Map.of("lr", uniform(0, 1), "fail_at", 3));
            assertThatThrownBy(() -> run(1, 5, failing)).isInstanceOf(TrialsFailedException.class);
            assertThat(lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("t00000 failed after iteration 2", "slipped", "error.txt");
        }
    }

    @Test
    void redrawsInATerminalAndLeavesTheExploitsStanding() {
        ExperimentAnalysis analysis =
                run(4, 12, config -> config.verbose(0).listener(new ConsoleReporter(out, 1, true)));
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\u001b[?7l", "\u001b[J", "Finished in");
        assertThat(text.split("\u001b\\[\\?7l", -1)).hasSameSizeAs(text.split("\u001b\\[\\?7h", -1));
        assertThat(text.split(" copies ", -1)).hasSize((int) exploits(analysis) + 1);
        assertThat(text.substring(text.lastIndexOf("Finished in"))).doesNotContain("\u001b");
    }

    @Test
    void writesEveryRowAsAValidJsonLine() throws Exception {
        ExperimentAnalysis analysis = run(4, 12, config -> config.verbose(0));
        for (Trial trial : analysis.trials()) {
            List<String> lines = Files.readAllLines(trial.folder().resolve(JsonLinesLogger.RESULT_FILE));
            assertThat(lines).hasSize(12);
            for (int i = 0; i < 12; i++) {
                Map<?, ?> row = (Map<?, ?>) Json.parse(lines.get(i), "line " + i);
                assertThat(row.get("training_iteration")).isEqualTo(i + 1L);
                assertThat(row.get("odd, \"metric\"")).isEqualTo("NaN");
                assertThat(row.containsKey("reward")).isEqualTo(i > 0);
                if (i > 0) {
                    assertThat(row.get("reward")).isEqualTo(trial.rows().get(i).get("reward"));
                }
            }
            Map<String, Object> params = Json.readObject(trial.folder().resolve(JsonLinesLogger.PARAMS_FILE));
            assertThat(params).isEqualTo(trial.initialConfig().asMap());
        }
    }

    @Test
    void writesEveryRowAsCsvThoughTheMetricComesLate() throws Exception {
        ExperimentAnalysis analysis = run(4, 12, config -> config.verbose(0));
        for (Trial trial : analysis.trials()) {
            List<NamedCsvRecord> records;
            try (CsvReader<NamedCsvRecord> reader =
                    CsvReader.builder().ofNamedCsvRecord(trial.folder().resolve(CsvLogger.FILE))) {
                records = reader.stream().toList();
            }
            assertThat(records).hasSize(12);
            assertThat(records.get(0).getHeader()).last().isEqualTo("reward");
            assertThat(records.get(0).getField("reward")).isEmpty();
            assertThat(records.get(3).getField("odd, \"metric\"")).isEqualTo("NaN");
            for (int i = 1; i < 12; i++) {
                Map<String, Object> row = trial.rows().get(i);
                assertThat(Double.parseDouble(records.get(i).getField("reward")))
                        .isEqualTo(row.get("reward"));
                assertThat(Double.parseDouble(records.get(i).getField("config/lr")))
                        .isEqualTo(row.get("config/lr"));
            }
        }
    }

    @Test
    void writesEveryDecisionAndTheHistoryOfTheSurvivingWeights() throws Exception {
        ExperimentAnalysis analysis = run(8, 50, config -> config.verbose(0));
        List<String> lines = Files.readAllLines(analysis.folder().resolve(DecisionLogger.FILE));
        List<DecisionRecord> decisions = analysis.decisions();
        assertThat(lines).hasSameSizeAs(decisions);
        for (int i = 0; i < lines.size(); i++) {
            Map<?, ?> json = (Map<?, ?>) Json.parse(lines.get(i), "decision " + i);
            assertThat(json.get("number")).isEqualTo((long) i);
            assertThat((String) json.get("reason")).isNotBlank();
        }
        assertThat(Files.readAllLines(analysis.folder().resolve("pbt_global.txt")))
                .hasSize((int) exploits(analysis));

        // The policy file of a trial must tell the same lineage as the trial itself: a line for each handing over.
        for (Trial trial : analysis.trials()) {
            Path file = analysis.folder().resolve("pbt_policy_" + trial.id() + ".txt");
            List<String> lineage = trial.lineage();
            if (lineage.size() == 1) {
                assertThat(file).doesNotExist();
                continue;
            }
            List<String> chain = Files.readAllLines(file);
            assertThat(chain).hasSize(lineage.size() - 1);
            for (int i = 0; i < chain.size(); i++) {
                List<?> six = (List<?>) Json.parse(chain.get(i), "policy");
                assertThat((String) six.get(1)).startsWith(number(lineage.get(i)) + "_");
                assertThat((String) six.get(0)).startsWith(number(lineage.get(i + 1)) + "_");
            }
            Object last = ((List<?>) Json.parse(chain.get(chain.size() - 1), "policy")).get(5);
            assertThat(last).isEqualTo(trial.config().asMap());
        }
    }

    private static int number(String trialId) {
        return Integer.parseInt(trialId.substring(1));
    }

    private static long exploits(ExperimentAnalysis analysis) {
        return analysis.decisions().stream()
                .filter(record -> record.decision() instanceof Decision.Exploit)
                .count();
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private ExperimentAnalysis run(int trials, int iterations, Consumer<RunConfig> more) {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("lr", uniform(0, 1));
        space.put("clip_param", uniform(0.1, 0.5));
        space.put("lambda", uniform(0.9, 1.0));
        space.put("train_batch_size", randint(1000, 60000));
        space.put("num_sgd_iter", randint(1, 30));
        space.put("sgd_minibatch_size", randint(128, 16384));
        return Tune.run(Climber.SPEC, config -> {
            config.name("run")
                    .scheduler(PopulationBasedTraining.builder()
                            .perturbationInterval(4)
                            .build())
                    .numSamples(trials)
                    .metric("reward")
                    .mode(Mode.MAX)
                    .stop("training_iteration", iterations)
                    .seed(3)
                    .threads(2)
                    .storagePath(results)
                    .out(out)
                    .config(space);
            more.accept(config);
        });
    }
}
