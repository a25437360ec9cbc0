package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** What the recorded traces do not show; those are replayed by the experiments' tests. */
final class ClassicControlTest {
    @Test
    void hasGymnasiumsLimitsAndThresholds() {
        EnvSpec v0 = Envs.spec("CartPole-v0");
        EnvSpec v1 = Envs.spec("CartPole-v1");
        EnvSpec pendulum = Envs.spec("Pendulum-v1");
        assertThat(v0.maxEpisodeSteps()).hasValue(200);
        assertThat(v0.rewardThreshold()).hasValue(195);
        assertThat(v1.maxEpisodeSteps()).hasValue(500);
        assertThat(v1.rewardThreshold()).hasValue(475);
        assertThat(pendulum.maxEpisodeSteps()).hasValue(200);
        assertThat(pendulum.rewardThreshold()).isEmpty();
    }

    @Test
    void hasGymnasiumsSpaces() {
        float angle = 0.41887903f;
        float inf = Float.POSITIVE_INFINITY;
        assertThat(new CartPole().observationSpace())
                .isEqualTo(Box.of(new float[] {-4.8f, -inf, -angle, -inf}, new float[] {4.8f, inf, angle, inf}));
        assertThat(new CartPole().actionSpace()).isEqualTo(Discrete.of(2));
        assertThat(new Pendulum().observationSpace())
                .isEqualTo(Box.of(new float[] {-1, -1, -8}, new float[] {1, 1, 8}));
        assertThat(new Pendulum().actionSpace()).isEqualTo(Box.of(-2, 2, 1));
    }

    @Test
    void startsCartPoleWithinTheBoundsOfItsOptions() {
        // From the documentation of Gymnasium 1.3: reset(seed=123, options={"low": -0.1, "high": 0.1}).
        float[] first =
                new CartPole().reset(123L, Map.of("low", -0.1, "high", 0.1)).observation();
        float[] expected = {0.03647037f, -0.0892358f, -0.05592803f, -0.06312564f};
        for (int i = 0; i < 4; i++) {
            assertThat(first[i]).isEqualTo(expected[i], within(5e-9f));
        }
        assertThatThrownBy(() -> new CartPole().reset(1L, Map.of("low", 0.2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("low=0.2, high=0.05");
        assertThatThrownBy(() -> new CartPole().reset(1L, Map.of("low", "x"))).hasMessageContaining("'low' is x");
    }

    @Test
    void startsPendulumWithinTheBoundsOfItsOptions() {
        for (int seed = 0; seed < 50; seed++) {
            float[] first = new Pendulum()
                    .reset((long) seed, Map.of("x_init", 0.1, "y_init", 0.2))
                    .observation();
            assertThat(first[0]).isGreaterThan((float) StrictMath.cos(0.1));
            assertThat(first[2]).isBetween(-0.2f, 0.2f);
        }
        assertThatThrownBy(() -> new Pendulum().reset(1L, Map.of("x_init", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x_init");
    }

    @Test
    void clipsThePendulumsTorque() {
        Pendulum env = new Pendulum();
        env.reset(1);
        StepResult<float[]> clipped = env.step(new float[] {50});
        env.reset(1);
        StepResult<float[]> most = env.step(new float[] {2});
        assertThat(clipped.observation()).isEqualTo(most.observation());
        assertThat(clipped.reward()).isEqualTo(most.reward());
    }

    @Test
    void rewardsNothingButTheFallWithTheRewardOfThePaper() {
        @SuppressWarnings("unchecked")
        Env<float[], Integer> env =
                (Env<float[], Integer>) Envs.make("CartPole-v1", Map.of("sutton_barto_reward", true));
        env.reset(1);
        StepResult<float[]> result = env.step(1);
        while (!result.ended()) {
            assertThat(result.reward()).isZero();
            result = env.step(1);
        }
        assertThat(result.terminated()).isTrue();
        assertThat(result.reward()).isEqualTo(-1);
    }

    @Test
    void refusesAnActionThatIsNoPush() {
        CartPole env = new CartPole();
        env.reset(1);
        assertThatThrownBy(() -> env.step(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2");
        assertThatThrownBy(() -> new Pendulum(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
