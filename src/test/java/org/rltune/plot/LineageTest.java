package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rltune.plot.Lineage.Stretch;
import org.rltune.tune.Checkpoint;
import org.rltune.tune.Decision;
import org.rltune.tune.DecisionRecord;
import org.rltune.tune.ExperimentAnalysis;
import org.rltune.tune.Trial;
import org.rltune.tune.space.HyperParams;

final class LineageTest {
    @TempDir
    Path results;

    @Test
    void followsTheWeightsFromTrialToTrial() {
        // b copies a's 4 at its 5; c copies b's 8 at its 7; a copies c afterwards, which does not touch b or c.
        List<DecisionRecord> decisions =
                List.of(copy("b", 5, "a", 4), copy("c", 7, "b", 8), copy("a", 9, "c", 9), stop("b"));
        assertThat(Lineage.of(decisions, "c", 12))
                .containsExactly(new Stretch("a", 0, 4), new Stretch("b", 5, 8), new Stretch("c", 7, 12));
        assertThat(Lineage.of(decisions, "b", 8)).containsExactly(new Stretch("a", 0, 4), new Stretch("b", 5, 8));
        assertThat(Lineage.of(decisions, "a", 8)).containsExactly(new Stretch("a", 0, 8));
        assertThat(Lineage.of(List.of(), "x", 3)).containsExactly(new Stretch("x", 0, 3));
    }

    @Test
    void countsACopyFromTheNextIterationOn() {
        List<DecisionRecord> decisions = List.of(copy("b", 4, "a", 4), copy("c", 4, "b", 4));
        assertThat(Lineage.of(decisions, "c", 5))
                .as("c took what b had before b copied a")
                .containsExactly(new Stretch("b", 0, 4), new Stretch("c", 4, 5));
        assertThat(Lineage.of(decisions, "b", 4)).containsExactly(new Stretch("b", 0, 4));
    }

    @Test
    void agreesWithWhatTheTunerWroteDown() {
        ExperimentAnalysis analysis = Slope.population(results, 16, 11, run -> {});
        assertThat(analysis.trials().stream().anyMatch(trial -> trial.lineage().size() > 2))
                .isTrue();
        for (Trial trial : analysis.trials()) {
            List<Stretch> way = Lineage.of(analysis.decisions(), trial.id(), trial.trainingIteration());
            assertThat(way.stream().map(Stretch::trial)).isEqualTo(trial.lineage());
        }
    }

    private static DecisionRecord copy(String target, int targetIteration, String donor, int donorIteration) {
        Decision exploit = new Decision.Exploit(
                target,
                new Checkpoint(donor, donorIteration, OptionalDouble.empty(), Map.of()),
                HyperParams.empty(),
                HyperParams.empty(),
                Map.of(),
                "because");
        return new DecisionRecord(0, targetIteration, exploit, "", "", targetIteration, donorIteration, List.of());
    }

    private static DecisionRecord stop(String trial) {
        return new DecisionRecord(0, 0, new Decision.Stop(trial, "because"), "", null, 0, -1, List.of());
    }
}
