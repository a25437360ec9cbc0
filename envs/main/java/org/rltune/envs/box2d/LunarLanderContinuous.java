package org.rltune.envs.box2d;

import org.rltune.env.StepResult;
import org.rltune.space.Box;

/**
 * LunarLanderContinuous-v3: land a rocket on its pad with engines whose power can be chosen.
 *
 * <p>An action is two numbers from -1 to 1. The first is the main engine: off up to 0, then from 50 % of its power to all of
 * it at 1. The second is the side engines: the left one from 50 % at -0.5 to all at -1, the right one from 50 % at 0.5 to
 * all at 1, both off between. All else is as in {@link LunarLander}.
 */
public final class LunarLanderContinuous extends Lander<float[]> {
    private static final Box ACTIONS = Box.of(-1, 1, 2);

    /** A lander without wind on a moon with Gymnasium's gravity. */
    public LunarLanderContinuous() {
        this(Settings.USUAL);
    }

    LunarLanderContinuous(Settings settings) {
        super(ACTIONS, settings);
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        Throttle.require("LunarLanderContinuous", action, 2);
        double main = Throttle.clip(action[0]);
        double side = Throttle.clip(action[1]);
        double size = Math.abs(side);
        return fly(main > 0 ? (main + 1) * 0.5 : 0, size > 0.5 ? size : 0, Math.signum(side));
    }
}
