package org.rltune.env;

import java.util.Map;
import org.rltune.space.Box;

/** Adds a Box action of shape (2, 2), with some noise, to a Box observation of the same shape; never ends by itself. */
final class SteerEnv extends SeededEnv<float[], float[]> {
    private float[] state = new float[4];

    SteerEnv() {
        super(Box.of(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 2, 2), Box.of(-1, 1, 2, 2));
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        state = new float[] {random().nextFloat(), 0, 0, random().nextFloat()};
        return state.clone();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        double reward = 0;
        for (int i = 0; i < state.length; i++) {
            state[i] += action[i] + 0.1f * random().nextFloat();
            reward -= Math.abs(state[i]);
        }
        return new StepResult<>(state.clone(), reward, false, false);
    }
}
