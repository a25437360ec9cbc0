package org.rltune.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PpoBenchTest {
    private static final PpoSetting TINY = new PpoSetting("T", 0, 8, 64, 32, 1);

    @ParameterizedTest
    @CsvSource({
        "--settings=B, but not 'B'",
        "--networks=both, 'knows separate, shared'",
        "--threads=0, --threads must be at least 1",
        "--trials=0, --trials must be at least 1",
        "--repetitions=0, --repetitions must be at least 1",
        "--seconds=0, --seconds must be above 0",
        "--seconds=fast, --seconds"
    })
    void answersBadInputWithOneLine(String option, String part) {
        BenchRun.of(new PpoBench(), option).assertRefused(part);
    }

    @Test
    void printsRatesRatiosAndTheSplitForEachKindOfNetwork() {
        BenchRun run = BenchRun.of(
                new PpoBench(List.of(TINY)), "--repetitions=2", "--seconds=0.01", "--threads=2", "--trials=3");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("T: 2x8"))).hasSize(2);
        assertThat(run.out().lines().filter(line -> line.matches("  1 trial, 2 threads .* times")))
                .hasSize(2);
        assertThat(run.out().lines().filter(line -> line.matches("  3 trials, 1 thread each .* times")))
                .hasSize(2);
        assertThat(run.out().lines().filter(line -> line.matches("T +(shared|separate)( +[0-9.]+){6}")))
                .hasSize(2);
        assertThat(BenchRun.of(new PpoBench(List.of(TINY)), "--quick", "--networks=shared")
                        .out())
                .contains("Medians of 1", "shared networks")
                .doesNotContain("separate networks");
    }

    @Test
    void splitsAStepIntoPartsThatSumUp() {
        try (Throughput trial = new Throughput(TINY, false, 1, 1)) {
            Throughput.Rate rate = trial.measure(0.02);
            assertThat(rate.stepsPerSecond() * rate.stepMicros()).isCloseTo(1e6, within(1.0));
            assertThat(rate.envMicros()).isPositive();
            assertThat(rate.inferenceMicros()).isPositive();
            assertThat(rate.sampleMicros()).isPositive();
            assertThat(rate.learnMicros()).isPositive();
            assertThat(rate.restMicros()).isBetween(0.0, rate.stepMicros());
        }
    }

    @Test
    void takesRatiosRepetitionByRepetition() {
        Spread ratios = Spread.ofRatios(List.of(2.0, 30.0, 5.0), List.of(1.0, 10.0, 5.0), value -> value);
        assertThat(ratios).isEqualTo(new Spread(2, 1, 3));
        assertThat(ratios.text("%.1f")).isEqualTo("2.0 (1.0-3.0)");
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0), value -> value).median())
                .isEqualTo(3);
    }

    /** The settings under which the peers were measured. */
    @Test
    void measuresWhatThePeersWereMeasuredAt() {
        assertThat(PpoSetting.ALL.stream().map(PpoSetting::text))
                .startsWith(
                        "A: 2x64, batch 4000, minibatch 128, 10 epochs",
                        "C: 2x256, batch 4000, minibatch 128, 30 epochs");
        assertThat(PpoSetting.ALL.get(0).config(false, 0).arithmetic())
                .contains("8 env(s) x 500 steps = 4000 samples", "32 minibatch(es) of 128 per pass, the last of 32");
    }
}
