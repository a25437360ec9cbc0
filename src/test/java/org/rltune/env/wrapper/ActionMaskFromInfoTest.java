package org.rltune.env.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.StepResult;

class ActionMaskFromInfoTest {
    private final MaskingEnv inside = new MaskingEnv();
    private final ActionMaskFromInfo<Integer, float[]> env = new ActionMaskFromInfo<>(inside);

    @Test
    void movesTheMaskBesideTheObservation() {
        assertThat(env.observationSpace())
                .hasToString("Dict('observation': Box(-1.0, 1.0, (2,)), 'action_mask': MultiBinary(3))");
        Map<String, Object> first = env.reset(1).observation();
        assertThat(first.get("observation")).isEqualTo(new float[] {0.5f, -0.5f});
        assertThat(first.get("action_mask")).isEqualTo(new byte[] {1, 1, 0});
        assertThat(env.observationSpace().contains(first)).isTrue();
        for (Object mask : List.of(
                new boolean[] {false, true, true},
                new int[] {0, 1, 1},
                new float[] {0, 1, 1},
                List.of(0, 1, 1),
                List.of(false, true, true))) {
            inside.tell(mask);
            StepResult<Map<String, Object>> result = env.step(1);
            assertThat(result.observation().get("action_mask")).isEqualTo(new byte[] {0, 1, 1});
            assertThat(result.reward()).isEqualTo(1);
            assertThat(result.info()).containsEntry("action_mask", mask);
        }
    }

    @Test
    void onlyTheLastStepMayLackIt() {
        env.reset(1);
        inside.tell(null);
        assertThat(env.step(2).observation().get("action_mask")).isEqualTo(new byte[] {1, 1, 1});
        assertThatThrownBy(() -> env.step(1))
                .hasMessageContaining("action_mask is missing")
                .hasMessageContaining("3 flags")
                .hasMessageContaining("Put it into the info");
        inside.tell(new byte[2]);
        assertThatThrownBy(() -> env.step(1)).hasMessageContaining("action_mask is unfit");
    }

    @Test
    void actionsThatAreNoChoicesAreRefused() {
        assertThatThrownBy(() -> new ActionMaskFromInfo<>(ProbeEnv.vectors()))
                .hasMessageContaining("ActionMaskFromInfo");
    }
}
