package org.rltune.envs.box2d;

import org.rltune.env.StepResult;
import org.rltune.space.Box;

/**
 * CarRacing-v3: drive a car around a track, seen from above.
 *
 * <p>An action is steering from -1 (left) to 1 (right), gas from 0 to 1 and brake from 0 to 1. An observation is a picture
 * of 96 x 96 pixels, bytes red, green, blue, row by row from the top. Physics, track and rewards are Gymnasium's; the
 * picture is its picture drawn by other means, so pixels differ a little. Spaces, rewards, start, end and arguments:
 * {@code docs/envs/car_racing.md}.
 */
public final class CarRacing extends Race<float[]> {
    private static final Box ACTIONS = Box.of(new float[] {-1, 0, 0}, new float[] {1, 1, 1});

    /** A race in the usual colours, complete with 95 % of the tiles. */
    public CarRacing() {
        this(Settings.USUAL);
    }

    CarRacing(Settings settings) {
        super(ACTIONS, settings);
    }

    @Override
    public StepResult<byte[]> step(float[] action) {
        Throttle.require("CarRacing", action, 3);
        return drive(-(double) action[0], action[1], action[2]);
    }
}
