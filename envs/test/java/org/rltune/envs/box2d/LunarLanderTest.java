package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;
import org.rltune.space.Discrete;

final class LunarLanderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"LunarLander-v3.trace", "LunarLander-v3_enable_wind-True.trace", "LunarLanderContinuous-v3.trace"
            })
    void fliesAsGymnasiumBitForBitUntilItTouchesTheGround(String file) {
        List<RecordedEpisodes.Row> rows =
                RecordedEpisodes.replay(file, file.contains("wind") ? Map.of("enable_wind", true) : Map.of());
        int flying = 0;
        int touching = 0;
        boolean contact = false;
        for (RecordedEpisodes.Row row : rows) {
            contact = row.step() > 0 && contact;
            float[] values = row.recorded();
            contact |= values[6] == 1 || values[7] == 1 || (row.recordedEnd() && Math.abs(values[0]) < 1);
            if (contact) {
                touching++;
                assertThat(row.difference())
                        .as(file + row.episode() + ", " + row.step())
                        .isLessThan(1e-4);
                assertThat(row.ourEnd()).isEqualTo(row.recordedEnd());
            } else {
                flying++;
                assertThat(row.ours())
                        .as(file + row.episode() + ", " + row.step())
                        .isEqualTo(values);
                assertThat(row.ourReward()).isCloseTo(row.recordedReward(), within(1e-9));
                assertThat(row.ourEnd()).isEqualTo(row.recordedEnd());
            }
        }
        assertThat(flying).isGreaterThan(270);
        assertThat(touching).isLessThan(20);
    }

    @Test
    void isLandedByItsPilotWithMoreThan200Points() {
        assertThat(meanScore("LunarLander-v3")).isGreaterThan(200);
        assertThat(meanScore("LunarLanderContinuous-v3")).isGreaterThan(200);
    }

    @SuppressWarnings("unchecked") // the pilot knows both forms of action
    private static double meanScore(String id) {
        double sum = 0;
        try (Env<float[], Object> env = (Env<float[], Object>) Envs.make(id)) {
            for (int seed = 0; seed < 10; seed++) {
                float[] observation = env.reset(seed).observation();
                boolean ended = false;
                while (!ended) {
                    boolean discrete = (Object) env.actionSpace() instanceof Discrete;
                    Object action =
                            discrete ? (Object) LanderPilot.engine(observation) : LanderPilot.throttle(observation);
                    StepResult<float[]> result = env.step(action);
                    observation = result.observation();
                    sum += result.reward();
                    ended = result.ended();
                }
            }
        }
        return sum / 10;
    }

    @Test
    void firesNoSideEngineInTheMiddleAndTheMainEngineFromHalfPower() {
        LunarLanderContinuous env = new LunarLanderContinuous();
        LunarLander other = new LunarLander();
        env.reset(3);
        other.reset(3);
        assertThat(env.step(new float[] {0, 0.5f}).observation())
                .isEqualTo(other.step(0).observation());
        assertThat(env.step(new float[] {1, -0.5f}).observation())
                .isEqualTo(other.step(2).observation());
        assertThat(env.step(new float[] {-1, -1}).observation())
                .isEqualTo(other.step(1).observation());
        assertThat(env.step(new float[] {-2, 7}).observation())
                .isEqualTo(other.step(3).observation());
        double idle = env.step(new float[] {0, 0}).reward();
        assertThat(idle).isNotNaN();
        env.close();
        other.close();
    }

    @Test
    void chargesForFuelButNotForFallingTwice() {
        LunarLander env = new LunarLander();
        env.reset(1);
        StepResult<float[]> result = env.step(0);
        while (!result.terminated()) {
            result = env.step(2);
        }
        assertThat(result.reward()).isEqualTo(-100);
        env.close();
    }

    @Test
    void blowsOnlyWhereThereIsWind() {
        float[] still = fall(Map.of());
        assertThat(fall(Map.of("wind_power", 20, "turbulence_power", 2))).isEqualTo(still);
        float[] windy = fall(Map.of("enable_wind", true, "wind_power", 20));
        assertThat(windy).isNotEqualTo(still);
        assertThat(fall(Map.of("gravity", -1.5))[3]).isGreaterThan(still[3]);
    }

    private static float[] fall(Map<String, Object> config) {
        @SuppressWarnings("unchecked")
        Env<float[], Integer> env = (Env<float[], Integer>) Envs.make("LunarLander-v3", config);
        env.reset(11);
        for (int i = 0; i < 19; i++) {
            env.step(0);
        }
        float[] last = env.step(0).observation();
        env.close();
        return last;
    }

    @Test
    void makesTheContinuousOneFromTheDiscreteIdAndTheOtherWayRound() {
        assertThat(Envs.make("LunarLander-v3", Map.of("continuous", true)).actionSpace())
                .isEqualTo(Envs.make("LunarLanderContinuous-v3").actionSpace());
        assertThat(Envs.spec("LunarLander-v3").maxEpisodeSteps()).hasValue(1000);
    }

    @Test
    void namesWhatIsWrongWithItsSettingsAndActions() {
        for (double gravity : new double[] {-12, 0, 1, Double.NaN}) {
            assertThatThrownBy(() -> Envs.make("LunarLander-v3", Map.of("gravity", gravity)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gravity")
                    .hasMessageContaining(String.valueOf(gravity));
        }
        LunarLander env = new LunarLander();
        env.reset(1);
        assertThatThrownBy(() -> env.step(4)).hasMessageContaining("action 4").hasMessageContaining("main engine");
        LunarLanderContinuous other = new LunarLanderContinuous();
        other.reset(1);
        assertThatThrownBy(() -> other.step(new float[] {0, Float.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> other.step(new float[] {0})).hasMessageContaining("1 numbers");
    }
}
