package org.rltune.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EpisodeReplayTest {
    private static EpisodeReplay<float[], Integer> walk() {
        return new EpisodeReplay<>(new WalkEnv());
    }

    private static float[] after(Env<float[], Integer> env) {
        env.step(7);
        return env.step(5).observation();
    }

    @Test
    void givesAnEnvironmentWithoutSnapshotOne() {
        EpisodeReplay<float[], Integer> env = walk();
        env.reset(3);
        after(env);
        env.reset(4);
        env.step(5);
        env.reset();
        env.step(7);
        assertThat(env.steps()).isEqualTo(2);
        byte[] snapshot = env.snapshot().orElseThrow();
        WalkEnv repeated = new WalkEnv();
        env.repeatOn(repeated);
        float[] expected = after(env);
        assertThat(after(repeated)).isEqualTo(expected);

        EpisodeReplay<float[], Integer> other = walk();
        other.reset(9);
        other.restore(snapshot);
        assertThat(other.steps()).isEqualTo(2);
        assertThat(after(other)).isEqualTo(expected);
        assertThat(other.snapshot().orElseThrow()).isEqualTo(env.snapshot().orElseThrow());
    }

    @Test
    void repeatsOptionsAndBoxActionsAsTheyWere() {
        EpisodeReplay<float[], float[]> env = new EpisodeReplay<>(new SteerEnv());
        env.reset(3L, Map.of());
        float[] action = new float[env.actionSpace().flatSize()];
        Arrays.fill(action, 0.1f);
        env.step(action);
        Arrays.fill(action, 0.7f); // the caller may reuse it
        EpisodeReplay<float[], float[]> other = new EpisodeReplay<>(new SteerEnv());
        other.restore(env.snapshot().orElseThrow());
        assertThat(other.step(action).observation()).isEqualTo(env.step(action).observation());
    }

    @Test
    void hasNothingToRepeatBeforeASeed() {
        EpisodeReplay<float[], Integer> env = walk();
        assertThat(env.snapshot()).isEmpty();
        env.reset();
        env.step(6);
        assertThat(env.snapshot()).isEmpty();
        assertThatThrownBy(() -> env.repeatOn(new WalkEnv()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reset(seed)");
        env.reset(1);
        assertThat(env.snapshot()).isPresent();
    }

    @Test
    void refusesBytesThatAreNoReplay() {
        EpisodeReplay<float[], Integer> env = walk();
        assertThatThrownBy(() -> env.restore(new byte[50])).isInstanceOf(IllegalArgumentException.class);
        byte[] other = new SnapshotOfNothing().snapshot().orElseThrow();
        assertThatThrownBy(() -> env.restore(other))
                .hasMessageContaining("taken from a " + SnapshotOfNothing.class.getName());
    }

    private static final class SnapshotOfNothing extends SeededEnv<float[], Integer> {
        @Override
        protected float[] start(Map<String, Object> options) {
            return new float[1];
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            return new StepResult<>(new float[1], 0, false, false);
        }

        @Override
        protected void state(StateFields fields) {}
    }

    @Test
    void saysWhereAnEnvironmentCannotFollow() {
        EpisodeReplay<float[], Integer> env = walk();
        env.reset(3);
        after(env);
        Env<float[], Integer> limited = new OrderEnforcing<>(new TimeLimit<>(new WalkEnv(), 1), "Short-v0");
        assertThatThrownBy(() -> env.repeatOn(limited))
                .isInstanceOf(EnvException.class)
                .hasMessageContaining("step 2 of 2 failed")
                .hasCauseInstanceOf(ResetNeededException.class);
    }
}
