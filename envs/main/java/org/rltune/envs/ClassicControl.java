package org.rltune.envs;

import java.util.List;
import org.rltune.env.EnvConfigSchema;
import org.rltune.env.EnvContext;
import org.rltune.env.EnvProvider;
import org.rltune.env.EnvSpec;

/** The classic control environments, with the limits and thresholds of Gymnasium 1.3. */
public final class ClassicControl implements EnvProvider {
    private static final EnvConfigSchema CART_POLE = EnvConfigSchema.builder()
            .flag("sutton_barto_reward", false, "the rewards of the original paper: 0, and -1 for the fall")
            .build();
    private static final EnvConfigSchema MOUNTAIN_CAR = EnvConfigSchema.builder()
            .number("goal_velocity", 0, "least velocity at the flag, in units of length per step")
            .build();
    private static final EnvConfigSchema PENDULUM = EnvConfigSchema.builder()
            .number("g", Pendulum.DEFAULT_GRAVITY, "acceleration of gravity in m/s^2")
            .build();
    private static final EnvConfigSchema ACROBOT = EnvConfigSchema.builder()
            .choice("book_or_nips", "book", List.of("book", "nips"), "equations of the book, or of the paper of 1995")
            .number("torque_noise_max", 0, "largest noise of the torque in N m", 0, Double.POSITIVE_INFINITY)
            .build();

    /** Called by {@link java.util.ServiceLoader}. */
    public ClassicControl() {}

    @Override
    public List<EnvSpec> environments() {
        return List.of(
                cartPole("CartPole-v0", 200, 195),
                cartPole("CartPole-v1", 500, 475),
                EnvSpec.of("MountainCar-v0", context -> new MountainCar(context.number("goal_velocity")))
                        .withConfig(MOUNTAIN_CAR)
                        .withMaxEpisodeSteps(200)
                        .withRewardThreshold(-110)
                        .withVectorEntryPoint(MountainCarBatch::create),
                EnvSpec.of(
                                "MountainCarContinuous-v0",
                                context -> new MountainCarContinuous(context.number("goal_velocity")))
                        .withConfig(MOUNTAIN_CAR)
                        .withMaxEpisodeSteps(999)
                        .withRewardThreshold(90)
                        .withVectorEntryPoint(MountainCarContinuousBatch::create),
                EnvSpec.of("Pendulum-v1", context -> new Pendulum(context.number("g")))
                        .withConfig(PENDULUM)
                        .withMaxEpisodeSteps(200)
                        .withVectorEntryPoint(PendulumBatch::create),
                EnvSpec.of("Acrobot-v1", ClassicControl::acrobot)
                        .withConfig(ACROBOT)
                        .withMaxEpisodeSteps(500)
                        .withRewardThreshold(-100)
                        .withVectorEntryPoint(AcrobotBatch::create));
    }

    private static EnvSpec cartPole(String id, int maxEpisodeSteps, double threshold) {
        return EnvSpec.of(id, context -> new CartPole(context.flag("sutton_barto_reward")))
                .withConfig(CART_POLE)
                .withMaxEpisodeSteps(maxEpisodeSteps)
                .withRewardThreshold(threshold)
                .withVectorEntryPoint(CartPoleBatch::create);
    }

    private static Acrobot acrobot(EnvContext context) {
        boolean nips = context.text("book_or_nips").equals("nips");
        return new Acrobot(nips ? Acrobot.Dynamics.NIPS : Acrobot.Dynamics.BOOK, context.number("torque_noise_max"));
    }
}
