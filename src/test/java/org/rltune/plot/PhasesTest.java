package org.rltune.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PhasesTest {
    private static final Map<String, Object> TIMERS =
            Map.of("env_s", 1.0, "inference_s", 2.0, "sample_s", 4.0, "learn_s", 5.0, "steps_per_s", 9e9);

    @Test
    void takesAnIterationApart() {
        Map<String, Double> phases = Phases.of(Map.of("timers", TIMERS, "time_this_iter_s", 11.0));
        assertThat(phases)
                .isEqualTo(Map.of(
                        "environments", 1.0, "policy", 2.0, "rest of sampling", 1.0, "learning", 5.0, "rest", 2.0));
        assertThat(Phases.of(Map.of("timers/env_s", 3, "timers/sample_s", 3.0, "time_this_iter_s", 3.0)))
                .as("flat columns, as CSV has them")
                .containsEntry("environments", 3.0)
                .containsEntry("rest", 0.0);
    }

    @Test
    void scalesWorkersThatRanSideBySide() {
        Map<String, Double> phases =
                Phases.of(Map.of("timers", Map.of("env_s", 6.0, "inference_s", 2.0, "sample_s", 4.0)));
        assertThat(phases).isEqualTo(Map.of("environments", 3.0, "policy", 1.0, "rest of sampling", 0.0));
    }

    @Test
    void knowsTimersOfOtherTrainablesAndNone() {
        assertThat(Phases.of(Map.of("timers", Map.of("io_s", 1.5, "io_count", 7), "time_this_iter_s", 2.0)))
                .isEqualTo(Map.of("io", 1.5, "rest", 0.5));
        assertThat(Phases.of(Map.of("time_this_iter_s", 2.0))).isEqualTo(Map.of("rest", 2.0));
        assertThat(Phases.of(Map.of("score", 2.0))).isEmpty();
    }

    @Test
    void meansOverTheTrialsThatRanAnIteration() {
        Map<String, Object> two = Map.of("time_this_iter_s", 2.0);
        Map<String, Object> four = Map.of("time_this_iter_s", 4.0);
        Phases phases = Phases.of(List.of(List.of(two, two), List.of(four)));
        assertThat(phases.each()).isEqualTo(1);
        assertThat(phases.iterations()).containsExactly(1, 2);
        assertThat(phases.seconds().get("rest")).containsExactly(3, 2);
        assertThat(phases.totals()).isEqualTo(Map.of("rest", 8.0));
    }

    @Test
    void groupsLongRunsAndLosesNoTime() {
        Map<String, Object> row = Map.of("time_this_iter_s", 0.5);
        Phases phases = Phases.of(List.of(Collections.nCopies(1001, row)));
        assertThat(phases.each()).isEqualTo(6);
        assertThat(phases.iterations()).hasSize(167).startsWith(1, 7).endsWith(997);
        assertThat(phases.seconds().get("rest")).containsOnly(0.5);
        assertThat(phases.totals().get("rest")).isEqualTo(500.5, within(1e-9));
    }
}
