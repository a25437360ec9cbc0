package org.rltune.envs;

import java.util.List;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** The classic control environments, with the limits and thresholds of Gymnasium 1.3. */
public final class ClassicControl implements EnvProvider {
    /** Called by {@link java.util.ServiceLoader}. */
    public ClassicControl() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(
                EnvSpec.of("CartPole-v0", ClassicControl::cartPole)
                        .withMaxEpisodeSteps(200)
                        .withRewardThreshold(195),
                EnvSpec.of("CartPole-v1", ClassicControl::cartPole)
                        .withMaxEpisodeSteps(500)
                        .withRewardThreshold(475),
                EnvSpec.of("Pendulum-v1", ClassicControl::pendulum).withMaxEpisodeSteps(200));
    }

    private static CartPole cartPole(EnvContext context) {
        return new CartPole(context.allowOnly("sutton_barto_reward").get("sutton_barto_reward", false));
    }

    private static Pendulum pendulum(EnvContext context) {
        return new Pendulum(context.allowOnly("g").get("g", Pendulum.DEFAULT_GRAVITY));
    }
}
