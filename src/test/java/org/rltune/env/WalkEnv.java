package org.rltune.env;

import java.util.Map;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** A random walk with a push of -1, 0 or 1 (actions 5, 6, 7) that ends beyond 6; chance decides half of each step. */
final class WalkEnv extends SeededEnv<float[], Integer> {
    private double place;
    private int steps;

    WalkEnv() {
        super(Box.of(-8, 100, 2), Discrete.of(3, 5));
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        place = random().uniform(-1, 1);
        steps = 0;
        return observation();
    }

    @Override
    protected Map<String, Object> startInfo() {
        return Map.of("place", place);
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        place += 0.5 * (action - 6) + random().uniform(-0.5, 0.5);
        steps++;
        return new StepResult<>(observation(), place, Math.abs(place) > 6, false);
    }

    private float[] observation() {
        return new float[] {(float) place, steps};
    }
}
