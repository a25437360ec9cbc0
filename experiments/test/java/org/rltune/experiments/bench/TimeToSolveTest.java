package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.json.Json;
import org.rltune.ppo.PpoConfig;
import org.rltune.tune.file.ExperimentFile;

final class TimeToSolveTest {
    @ParameterizedTest
    @CsvSource({"--seeds=4..0, --seeds", "--budget=0, --budget must be at least 1", "--flag=x, Unknown option"})
    void answersBadInputWithOneLine(String option, String part) {
        BenchRun.of(new TimeToSolve(), option).assertRefused(part);
    }

    @Test
    void saysWhatAJvmSaysThatDoesNotStart() {
        BenchRun run = BenchRun.of(new TimeToSolve(), "--flags=-XX:+NoSuchFlag", "--seeds=0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("JVM of seed 0", "NoSuchFlag").hasLineCount(1);
    }

    @Test
    void startsAJvmForEachSeedAndCountsTheUnsolvedAsSlowest() {
        String flags = "--flags=-Drltune.kernels=plain -XX:+UseSerialGC";
        BenchRun run = BenchRun.of(new TimeToSolve(), "--seeds=7", "--budget=500", flags);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).as("500 steps are not enough").isEqualTo(1);
        assertThat(run.out())
                .containsPattern(" +7 +unsolved +512 ")
                .contains("Median: not solved; not solved within 500 steps: 1 of 1 seeds");
        SolvedRun fast = new SolvedRun(1, true, 60_000, 1.5, 0.1, 0.4, 0.9);
        SolvedRun slow = new SolvedRun(2, true, 90_000, 2.5, 0.1, 0.4, 1.9);
        SolvedRun never = new SolvedRun(3, false, 100_096, 1.4, 0.1, 0.4, 0.8);
        assertThat(Spread.of(List.of(fast, slow, never), SolvedRun::seconds).median())
                .isEqualTo(2.5);
    }

    /** The child does without the YAML file, for the time it takes to read. */
    @Test
    void trainsWithTheSettingsOfTheFile() {
        Path file = Path.of("configs/ppo-cartpole.yaml");
        if (!Files.exists(file)) {
            file = Path.of("experiments").resolve(file);
        }
        ExperimentFile experiment = ExperimentFile.read(file);
        Map<String, Object> settings = new LinkedHashMap<>();
        Json.asObject(experiment.get("config"), "config")
                .forEach((name, value) -> settings.put(name, Objects.requireNonNull(value)));
        assertThat(SolveCartPole.settings().values())
                .isEqualTo(PpoConfig.fromMap(settings).values());
        assertThat(experiment.get("stop")).isEqualTo(Map.of("timesteps_total", SolveCartPole.BUDGET));
    }
}
