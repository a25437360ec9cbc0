package org.rltune.envs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** What the recorded traces do not show; those are replayed by the experiments' tests. */
final class ClassicControlTest {
    @ParameterizedTest
    @CsvSource({
        "CartPole-v0, 200, 195",
        "CartPole-v1, 500, 475",
        "MountainCar-v0, 200, -110",
        "MountainCarContinuous-v0, 999, 90",
        "Acrobot-v1, 500, -100",
        "Pendulum-v1, 200, "
    })
    void hasGymnasiumsLimitsAndThresholds(String id, int steps, @Nullable Double threshold) {
        EnvSpec spec = Envs.spec(id);
        assertThat(spec.maxEpisodeSteps()).hasValue(steps);
        assertThat(spec.rewardThreshold())
                .isEqualTo(threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
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
        Box valley = Box.of(new float[] {-1.2f, -0.07f}, new float[] {0.6f, 0.07f});
        assertThat(new MountainCar().observationSpace()).isEqualTo(valley);
        assertThat(new MountainCar().actionSpace()).isEqualTo(Discrete.of(3));
        assertThat(new MountainCarContinuous().observationSpace()).isEqualTo(valley);
        assertThat(new MountainCarContinuous().actionSpace()).isEqualTo(Box.of(-1, 1, 1));
        float[] high = {1, 1, 1, 1, 12.566371f, 28.274334f};
        float[] low = {-1, -1, -1, -1, -12.566371f, -28.274334f};
        assertThat(new Acrobot().observationSpace()).isEqualTo(Box.of(low, high));
        assertThat(new Acrobot().actionSpace()).isEqualTo(Discrete.of(3));
    }

    /** First observations that Gymnasium 1.3.0 gave for reset(seed=123, options=...), as its documentation prints them. */
    @Test
    void startsWithinTheBoundsOfItsOptions() {
        assertNear(new MountainCarContinuous().reset(123L, Map.of("low", -0.7, "high", -0.5)), -0.5635296f, 0);
        assertNear(
                new Acrobot().reset(123L, Map.of("low", -0.2, "high", 0.2)),
                0.997341f,
                0.07287608f,
                0.9841162f,
                -0.17752565f,
                -0.11185605f,
                -0.12625128f);
        for (Env<float[], ?> env : List.of(new MountainCar(), new MountainCarContinuous(), new Acrobot())) {
            assertThatThrownBy(() -> env.reset(1L, Map.of("low", 2, "high", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("low=2.0, high=1.0");
            assertThatThrownBy(() -> env.reset(1L, Map.of("hihg", 1))).hasMessageContaining("Maybe 'high'?");
        }
        assertThatThrownBy(() -> new Acrobot().reset(1L, Map.of("high", 1e9))).hasMessageContaining("high");
    }

    private static void assertNear(ResetResult<float[]> result, float... expected) {
        assertThat(result.observation()).containsExactly(expected, within(5e-9f));
    }

    @Test
    void theCarLosesItsSpeedAtTheLeftWallAndEndsAtTheFlagWhenFastEnough() {
        MountainCar car = new MountainCar(1); // a velocity that it never has, so it goes on
        float[] seen = car.reset(1).observation();
        int hits = 0;
        for (int i = 0; i < 1000; i++) {
            seen = car.step(seen[1] < 0 || seen[0] > -0.5f ? 0 : 2).observation();
            if (seen[0] == -1.2f) {
                assertThat(seen[1]).isZero();
                hits++;
            }
        }
        assertThat(hits).isPositive();
        MountainCar slow = new MountainCar();
        MountainCar fast = new MountainCar(0.069);
        slow.reset(1L, Map.of("low", 0.49999, "high", 0.49999));
        fast.reset(1L, Map.of("low", 0.49999, "high", 0.49999));
        assertThat(fast.step(2).terminated()).isFalse();
        assertThat(slow.step(2).terminated()).isTrue();
    }

    @Test
    void theContinuousCarPaysForTheActionBeforeItIsClipped() {
        MountainCarContinuous car = new MountainCarContinuous();
        car.reset(1);
        assertThat(car.step(new float[] {3}).reward()).isEqualTo(-0.9, within(1e-15));
        car.reset(1);
        float[] clipped = car.step(new float[] {3}).observation();
        car.reset(1);
        assertThat(car.step(new float[] {1}).observation()).containsExactly(clipped, within(1e-7f));
    }

    @Test
    void theAcrobotKeepsItsEnergyWithoutTorque() {
        // Links of 1 kg and 1 m with their centres in the middle and a moment of inertia of 1 kg m^2, under 9.8 m/s^2.
        assertThat(energyLost(false)).isBetween(-0.05, 0.05); // the error of the method with steps of 0.2 s
        assertThat(Math.abs(energyLost(true))).isGreaterThan(0.1); // the paper forgot a term
    }

    private static double energyLost(boolean nips) {
        double[] state = {1.2, -0.7, 0.4, -0.9};
        double before = energy(state);
        for (int i = 0; i < 10; i++) {
            AcrobotDynamics.step(state, 0, 0, nips, new double[AcrobotDynamics.SCRATCH]);
        }
        return before - energy(state);
    }

    private static double energy(double[] s) {
        double x1 = 0.5 * StrictMath.cos(s[0]) * s[2];
        double y1 = 0.5 * StrictMath.sin(s[0]) * s[2];
        double turn = s[2] + s[3];
        double x2 = 2 * x1 + 0.5 * StrictMath.cos(s[0] + s[1]) * turn;
        double y2 = 2 * y1 + 0.5 * StrictMath.sin(s[0] + s[1]) * turn;
        double kinetic = (x1 * x1 + y1 * y1 + x2 * x2 + y2 * y2 + s[2] * s[2] + turn * turn) / 2;
        double height = -0.5 * StrictMath.cos(s[0]) - StrictMath.cos(s[0]) - 0.5 * StrictMath.cos(s[0] + s[1]);
        return kinetic + 9.8 * height;
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
        assertThatThrownBy(() -> new MountainCar().step(3)).hasMessageContaining("0 (left), 1 (nothing) or 2 (right)");
        assertThatThrownBy(() -> new Acrobot().step(-1)).hasMessageContaining("-1");
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatThrownBy(() -> new Pendulum(Double.NaN)).hasMessageContaining("g is NaN");
        assertThatThrownBy(() -> new MountainCar(Double.POSITIVE_INFINITY)).hasMessageContaining("goal_velocity");
        assertThatThrownBy(() -> new Acrobot(Acrobot.Dynamics.BOOK, -1))
                .hasMessageContaining("torque_noise_max is -1.0");
        assertThatThrownBy(() -> Envs.make("Acrobot-v1", Map.of("book_or_nips", "nip")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("book_or_nips")
                .hasMessageContaining("Maybe 'nips'?");
    }
}
