package org.rltune.envs.box2d;

import org.rltune.env.StepResult;
import org.rltune.space.Discrete;

/**
 * LunarLander-v3: land a rocket on its pad with three engines that are on or off.
 *
 * <p>Actions are 0 (nothing), 1 (left engine), 2 (main engine) and 3 (right engine). Observed are position, velocity, angle,
 * angular velocity and which leg touches the ground. Free flight has the bits of Gymnasium 1.3 with its Box2D; from the
 * first contact on the two drift apart. Spaces, rewards, start, end and arguments: {@code docs/envs/lunar_lander.md}.
 */
public final class LunarLander extends Lander<Integer> {
    private static final Discrete ACTIONS = Discrete.of(4);
    private static final int MAIN = 2;

    /** A lander without wind on a moon with Gymnasium's gravity. */
    public LunarLander() {
        this(Settings.USUAL);
    }

    LunarLander(Settings settings) {
        super(ACTIONS, settings);
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        int engine = action;
        return switch (engine) {
            case 0 -> fly(0, 0, 0);
            case MAIN -> fly(1, 0, 0);
            case 1, 3 -> fly(0, 1, engine - MAIN);
            default ->
                throw new IllegalArgumentException("LunarLander: action " + engine
                        + " must be 0 (nothing), 1 (left engine), 2 (main engine) or 3 (right engine)");
        };
    }
}
