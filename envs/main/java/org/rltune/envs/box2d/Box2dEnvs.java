package org.rltune.envs.box2d;

import java.util.List;
import org.rltune.env.Env;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/**
 * The environments of Gymnasium 1.3 that use Box2D, with its limits and thresholds. To list or make them loads no native
 * code; their first reset does.
 */
public final class Box2dEnvs implements EnvProvider {
    private static final EnvConfigSchema WALKER = walker(false);
    private static final EnvConfigSchema HARDCORE = walker(true);
    private static final EnvConfigSchema RACE = EnvConfigSchema.builder()
            .flag("continuous", true, "whether an action is three numbers; else one of five choices")
            .number(
                    "lap_complete_percent",
                    Race.Settings.USUAL.lapCompletePercent(),
                    "share of the tiles above which a lap is complete at the first tile",
                    0,
                    1)
            .flag("domain_randomize", Race.Settings.USUAL.domainRandomize(), "new colours at each reset")
            .build();

    /** Called by {@link java.util.ServiceLoader}. */
    public Box2dEnvs() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(
                lander("LunarLander-v3", false),
                lander("LunarLanderContinuous-v3", true),
                EnvSpec.of("BipedalWalker-v3", context -> new BipedalWalker(context.flag("hardcore")))
                        .withConfig(WALKER)
                        .withMaxEpisodeSteps(1600)
                        .withRewardThreshold(300),
                EnvSpec.of("BipedalWalkerHardcore-v3", context -> new BipedalWalker(context.flag("hardcore")))
                        .withConfig(HARDCORE)
                        .withMaxEpisodeSteps(2000)
                        .withRewardThreshold(300),
                EnvSpec.of("CarRacing-v3", Box2dEnvs::race)
                        .withConfig(RACE)
                        .withMaxEpisodeSteps(1000)
                        .withRewardThreshold(900));
    }

    private static EnvConfigSchema walker(boolean hardcore) {
        return EnvConfigSchema.builder()
                .flag("hardcore", hardcore, "whether there are stumps, stairs and pits")
                .build();
    }

    private static Env<byte[], ?> race(EnvContext context) {
        Race.Settings settings =
                new Race.Settings(context.number("lap_complete_percent"), context.flag("domain_randomize"));
        return context.flag("continuous") ? new CarRacing(settings) : new CarRacingDiscrete(settings);
    }

    private static EnvSpec lander(String id, boolean continuous) {
        Lander.Settings usual = Lander.Settings.USUAL;
        EnvConfigSchema schema = EnvConfigSchema.builder()
                .flag("continuous", continuous, "whether an action is two throttles; else one of four choices")
                // Both bounds are excluded: Lander.Settings refuses them.
                .number("gravity", usual.gravity(), "acceleration along y in m/s2", Lander.LEAST_GRAVITY, 0)
                .flag("enable_wind", usual.wind(), "whether there is wind")
                .number("wind_power", usual.windPower(), "strongest wind in N; 0 to 20 is recommended")
                .number(
                        "turbulence_power",
                        usual.turbulencePower(),
                        "its strongest torque in Nm; 0 to 2 is recommended")
                .build();
        return EnvSpec.of(id, Box2dEnvs::lander)
                .withConfig(schema)
                .withMaxEpisodeSteps(1000)
                .withRewardThreshold(200);
    }

    private static Env<float[], ?> lander(EnvContext context) {
        Lander.Settings settings = new Lander.Settings(
                context.number("gravity"),
                context.flag("enable_wind"),
                context.number("wind_power"),
                context.number("turbulence_power"));
        return context.flag("continuous") ? new LunarLanderContinuous(settings) : new LunarLander(settings);
    }
}
