package org.rltune.tune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rltune.tune.schedule.AshaStoppingTest.refuses;
import static org.rltune.tune.space.Domain.uniform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.tune.Decision;
import org.rltune.tune.Mode;
import org.rltune.tune.Scheduler;
import org.rltune.tune.space.HyperParams;
import org.rltune.tune.space.SearchSpace;

class PopulationBasedTrainingReplayTest extends WaitingSchedulerContract {
    private static final String CONFIG = "{\"lr\":%s,\"sizes\":[64,64]}";

    @TempDir
    Path folder;

    @Override
    protected int trials() {
        return 1;
    }

    @Override
    protected Scheduler scheduler() {
        return PopulationBasedTrainingReplay.fromPolicyFile(chain());
    }

    /** t00002 copied t00001 at 8 (its own 10), was copied by t00000 at its 14, which stood at 16 then. */
    private Path chain() {
        return file(
                line("5_x", "4_x", 3, 2, 0.9, 0.8), // about other weights
                line("2_lr=0.3", "1_lr=0.1", 10, 8, 0.1, 0.2),
                line("0_lr=0.5", "2_lr=0.3", 16, 14, 0.2, 0.05));
    }

    private static String line(String target, String donor, int at, int of, double before, double after) {
        return "[\"" + target + "\",\"" + donor + "\"," + at + "," + of + "," + CONFIG.formatted(before) + ","
                + CONFIG.formatted(after) + "]";
    }

    private Path file(String... lines) {
        try {
            return Files.write(folder.resolve("pbt_policy_t00000.txt"), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void countsAlongTheLineageOfTheWeights() {
        // 8 iterations in t00001, then 14 - 10 = 4 in t00002.
        ReplaySchedule schedule = ReplaySchedule.ofPolicyFile(chain());
        assertThat(schedule.initial().getDouble("lr")).isEqualTo(0.1);
        assertThat(schedule.changes()).extracting(c -> c.after()).containsExactly(8, 12);
        assertThat(schedule.changes())
                .extracting(c -> c.config().getDouble("lr"))
                .containsExactly(0.2, 0.05);
    }

    @Test
    void changesExactlyThereAndSaysSo() {
        SearchSpace space = SearchSpace.of(Map.of("lr", uniform(0.0, 1.0), "other", 3));
        Scheduler replay = scheduler();
        FakeTuner tuner = new FakeTuner(replay, space, 1, Mode.MAX, 1, t -> OptionalDouble.empty());
        assertThat(tuner.trials.get(0).config.getDouble("lr")).isEqualTo(0.1);
        assertThat(replay.runUntil(tuner.trials.get(0))).isEqualTo(8);
        tuner.run(20);
        assertThat(tuner.decisions).hasSize(2).allMatch(Decision.Configure.class::isInstance);
        Decision.Configure first = (Decision.Configure) tuner.decisions.get(0);
        assertThat(first.changes()).containsExactly(Map.entry("lr", "0.1 --> 0.2"));
        assertThat(first.reason()).startsWith("change 1 of 2, after iteration 8 of ");
        assertThat(tuner.trials.get(0).config.asMap())
                .containsEntry("lr", 0.05)
                .containsEntry("sizes", List.of(64L, 64L));
        assertThat(replay.warnings()).singleElement().asString().contains("the config says about lr is not used");
        assertThat(replay.summary()).isEqualTo("PopulationBasedTrainingReplay: 2 of 2 changes made");
        assertThat(replay.settings()).containsEntry("changes_after", List.of(8, 12));
        assertThat(HyperParams.of(Map.of("lr", 0.2, "sizes", List.of(64, 64), "other", 3)))
                .matches(config -> space(replay, space).violation(config) == null);
        assertThat(HyperParams.of(Map.of("lr", 0.21, "sizes", List.of(64, 64), "other", 3)))
                .matches(config -> space(replay, space).violation(config) != null);
    }

    private static SearchSpace space(Scheduler replay, SearchSpace declared) {
        SearchSpace extended = replay.extend(declared);
        for (Map.Entry<String, org.rltune.tune.space.Domain> mutation :
                replay.mutations(extended).entrySet()) {
            extended = extended.with(mutation.getKey(), mutation.getValue());
        }
        return extended;
    }

    @Test
    void refusesWhatItCannotReplay() {
        refuses(() -> PopulationBasedTrainingReplay.fromPolicyFile(folder.resolve("none")), "There is no file");
        refuses(() -> PopulationBasedTrainingReplay.fromPolicyFile(file()), "nothing to replay");
        refuses(() -> PopulationBasedTrainingReplay.fromPolicyFile(file("[1,2]")), "line 1 has 2 cells");
        refuses(
                () -> PopulationBasedTrainingReplay.fromDecisions(
                        file("{\"number\":0,\"time\":4,\"kind\":\"continue\",\"trial\":\"t00001\",\"trial_tag\":\"1\","
                                + "\"trial_iteration\":4,\"lineage\":[\"t00001\"],\"reason\":\"rank 1\"}"),
                        "t00001"),
                "the trial t00001 copies no other");
        String other = "[\"1_x\",\"2_x\",4,4,{\"lr\":0.1},{\"lr\":0.1,\"momentum\":0.9}]";
        refuses(
                () -> PopulationBasedTrainingReplay.fromPolicyFile(file(other)),
                "change from [lr] to [lr, momentum] where 1_x copied 2_x",
                "cannot be replayed");
        refuses(
                () -> new FakeTuner(scheduler(), SearchSpace.of(Map.of()), 2, Mode.MAX, 1, t -> OptionalDouble.empty()),
                "trains one trial, but numSamples is 2");
    }
}
