package org.rltune.envs.box2d;

import org.rltune.env.StepResult;
import org.rltune.space.Discrete;

/**
 * CarRacing-v3 with five actions: 0 nothing, 1 steer right, 2 steer left, 3 gas, 4 brake. All else is as in
 * {@link CarRacing}.
 */
public final class CarRacingDiscrete extends Race<Integer> {
    private static final Discrete ACTIONS = Discrete.of(5);
    private static final double STEER = 0.6;
    private static final double GAS = 0.2;
    private static final double BRAKE = 0.8;

    /** A race in the usual colours, complete with 95 % of the tiles. */
    public CarRacingDiscrete() {
        this(Settings.USUAL);
    }

    CarRacingDiscrete(Settings settings) {
        super(ACTIONS, settings);
    }

    @Override
    public StepResult<byte[]> step(Integer action) {
        int chosen = action;
        return switch (chosen) {
            case 0 -> drive(0, 0, 0);
            case 1 -> drive(-STEER, 0, 0);
            case 2 -> drive(STEER, 0, 0);
            case 3 -> drive(0, GAS, 0);
            case 4 -> drive(0, 0, BRAKE);
            default ->
                throw new IllegalArgumentException("CarRacing: action " + chosen
                        + " must be 0 (nothing), 1 (right), 2 (left), 3 (gas) or 4 (brake)");
        };
    }
}
