package org.rltune.envs.box2d;

import java.util.List;
import org.rltune.env.Env;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/**
 * The environments of Gymnasium 1.3 that use Box2D, with its limits and thresholds. To list or make them loads no native
 * code; their first reset does.
 */
public final class Box2dEnvs implements EnvProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public Box2dEnvs() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(
                EnvSpec.of("LunarLander-v3", context -> lander(context, false))
                        .withMaxEpisodeSteps(1000)
                        .withRewardThreshold(200),
                EnvSpec.of("LunarLanderContinuous-v3", context -> lander(context, true))
                        .withMaxEpisodeSteps(1000)
                        .withRewardThreshold(200),
                EnvSpec.of("BipedalWalker-v3", context -> walker(context, false))
                        .withMaxEpisodeSteps(1600)
                        .withRewardThreshold(300),
                EnvSpec.of("BipedalWalkerHardcore-v3", context -> walker(context, true))
                        .withMaxEpisodeSteps(2000)
                        .withRewardThreshold(300),
                EnvSpec.of("CarRacing-v3", Box2dEnvs::race)
                        .withMaxEpisodeSteps(1000)
                        .withRewardThreshold(900));
    }

    private static Env<byte[], ?> race(EnvContext context) {
        context.allowOnly("continuous", "lap_complete_percent", "domain_randomize");
        Race.Settings settings = new Race.Settings(
                context.get("lap_complete_percent", Race.Settings.USUAL.lapCompletePercent()),
                context.get("domain_randomize", Race.Settings.USUAL.domainRandomize()));
        return context.get("continuous", true) ? new CarRacing(settings) : new CarRacingDiscrete(settings);
    }

    private static BipedalWalker walker(EnvContext context, boolean hardcore) {
        return new BipedalWalker(context.allowOnly("hardcore").get("hardcore", hardcore));
    }

    private static Env<float[], ?> lander(EnvContext context, boolean continuous) {
        context.allowOnly("continuous", "gravity", "enable_wind", "wind_power", "turbulence_power");
        Lander.Settings settings = new Lander.Settings(
                context.get("gravity", Lander.Settings.USUAL.gravity()),
                context.get("enable_wind", Lander.Settings.USUAL.wind()),
                context.get("wind_power", Lander.Settings.USUAL.windPower()),
                context.get("turbulence_power", Lander.Settings.USUAL.turbulencePower()));
        return context.get("continuous", continuous) ? new LunarLanderContinuous(settings) : new LunarLander(settings);
    }
}
