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
                        .withRewardThreshold(195)
                        .withVectorEntryPoint(CartPoleBatch::create),
                EnvSpec.of("CartPole-v1", ClassicControl::cartPole)
                        .withMaxEpisodeSteps(500)
                        .withRewardThreshold(475)
                        .withVectorEntryPoint(CartPoleBatch::create),
                EnvSpec.of("MountainCar-v0", ClassicControl::mountainCar)
                        .withMaxEpisodeSteps(200)
                        .withRewardThreshold(-110),
                EnvSpec.of("MountainCarContinuous-v0", ClassicControl::mountainCarContinuous)
                        .withMaxEpisodeSteps(999)
                        .withRewardThreshold(90),
                EnvSpec.of("Pendulum-v1", ClassicControl::pendulum).withMaxEpisodeSteps(200),
                EnvSpec.of("Acrobot-v1", ClassicControl::acrobot)
                        .withMaxEpisodeSteps(500)
                        .withRewardThreshold(-100));
    }

    private static CartPole cartPole(EnvContext context) {
        return new CartPole(context.allowOnly("sutton_barto_reward").get("sutton_barto_reward", false));
    }

    private static MountainCar mountainCar(EnvContext context) {
        return new MountainCar(context.allowOnly("goal_velocity").get("goal_velocity", 0.0));
    }

    private static MountainCarContinuous mountainCarContinuous(EnvContext context) {
        return new MountainCarContinuous(context.allowOnly("goal_velocity").get("goal_velocity", 0.0));
    }

    private static Pendulum pendulum(EnvContext context) {
        return new Pendulum(context.allowOnly("g").get("g", Pendulum.DEFAULT_GRAVITY));
    }

    private static Acrobot acrobot(EnvContext context) {
        context.allowOnly("book_or_nips", "torque_noise_max");
        String equations = context.get("book_or_nips", "book");
        return new Acrobot(
                switch (equations) {
                    case "book" -> Acrobot.Dynamics.BOOK;
                    case "nips" -> Acrobot.Dynamics.NIPS;
                    default ->
                        throw new IllegalArgumentException(
                                "book_or_nips is '" + equations + "', but must be book or nips");
                },
                context.get("torque_noise_max", 0.0));
    }
}
