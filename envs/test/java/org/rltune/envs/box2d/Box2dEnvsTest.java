package org.rltune.envs.box2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.StepResult;

final class Box2dEnvsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LunarLander-v3           | {continuous=false, gravity=-10.0, enable_wind=false, wind_power=15.0, turbulence_power=1.5}
            LunarLanderContinuous-v3 | {continuous=true, gravity=-10.0, enable_wind=false, wind_power=15.0, turbulence_power=1.5}
            BipedalWalker-v3         | {hardcore=false}
            BipedalWalkerHardcore-v3 | {hardcore=true}
            CarRacing-v3             | {continuous=true, lap_complete_percent=0.95, domain_randomize=false}
            """)
    void declareTheDefaultsOfGymnasium(String id, String defaults) {
        assertThat(Envs.spec(id).configSchema().orElseThrow().defaults()).hasToString(defaults);
    }

    @Test
    void giveWayToTheSettingsOfTheCaller() {
        assertThat(Envs.make("LunarLanderContinuous-v3", Map.of("continuous", false))
                        .actionSpace())
                .isEqualTo(Envs.make("LunarLander-v3").actionSpace());
        assertThat(Envs.make("CarRacing-v3", Map.of("continuous", false)).actionSpace())
                .isEqualTo(new CarRacingDiscrete().actionSpace());
        assertThat(total("BipedalWalkerHardcore-v3", Map.of("hardcore", false)))
                .isEqualTo(total("BipedalWalker-v3", Map.of()))
                .isNotEqualTo(total("BipedalWalkerHardcore-v3", Map.of()));
    }

    /** The sum of a few observations: the lidar sees obstacles from the start on. */
    @SuppressWarnings("unchecked")
    private static double total(String id, Map<String, Object> config) {
        double sum = 0;
        try (Env<float[], float[]> env = (Env<float[], float[]>) Envs.make(id, config)) {
            for (int seed = 0; seed < 5; seed++) {
                env.reset(seed);
                StepResult<float[]> result = env.step(new float[4]);
                for (float value : result.observation()) {
                    sum += value;
                }
            }
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({
        "LunarLander-v3,          gravitation,          gravity",
        "LunarLanderContinuous-v3, wind_pover,          wind_power",
        "BipedalWalker-v3,        hard_core,            hardcore",
        "BipedalWalkerHardcore-v3, hardcor,             hardcore",
        "CarRacing-v3,            domain_randomise,     domain_randomize"
    })
    void nameTheSettingsThatThereAre(String id, String wrong, String known) {
        assertThatThrownBy(() -> Envs.make(id, Map.of(wrong, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + wrong + "'")
                .hasMessageContaining("Known: ")
                .hasMessageContaining(known);
    }

    @Test
    void refuseValuesOfAWrongTypeOrOutsideTheRange() {
        refuses("LunarLander-v3", "gravity", -12.5, "number from -12.0 to 0.0");
        refuses("LunarLander-v3", "gravity", "strong", "number from -12.0 to 0.0");
        refuses("LunarLander-v3", "gravity", -12, "both excluded");
        refuses("LunarLander-v3", "gravity", 0, "both excluded");
        refuses("LunarLander-v3", "enable_wind", 1, "true or false");
        refuses("LunarLanderContinuous-v3", "wind_power", Double.POSITIVE_INFINITY, "number");
        refuses("LunarLanderContinuous-v3", "turbulence_power", "much", "number");
        refuses("BipedalWalkerHardcore-v3", "hardcore", "very", "true or false");
        refuses("CarRacing-v3", "lap_complete_percent", 95, "number from 0.0 to 1.0");
        refuses("CarRacing-v3", "continuous", 0, "true or false");
        refuses("CarRacing-v3", "domain_randomize", "yes", "true or false");
    }

    private static void refuses(String id, String name, Object value, String rule) {
        assertThatThrownBy(() -> Envs.make(id, Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(String.valueOf(value))
                .hasMessageContaining(rule);
    }
}
