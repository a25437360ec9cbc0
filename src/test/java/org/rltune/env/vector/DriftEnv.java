package org.rltune.env.vector;

import java.util.Map;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;

/** A point that drifts by chance and by the action; an episode depends on its seed and actions alone. */
final class DriftEnv extends SeededEnv<float[], float[]> {
    private final float[] place = new float[2];
    private int left;

    DriftEnv() {
        super(Box.of(-1, 1, 2), Box.of(-1, 1, 2));
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        left = (int) random().integers(3, 15);
        move(0, 0);
        return place.clone();
    }

    @Override
    public StepResult<float[]> step(float[] action) {
        left--;
        move(action[0], action[1]);
        return new StepResult<>(place.clone(), place[0] + action[1], left == 0 && place[0] > 0, left == 0);
    }

    private void move(float x, float y) {
        place[0] = Math.min(Math.max(0.5f * x + (float) random().nextDouble() - 0.5f, -1), 1);
        place[1] = Math.min(Math.max(0.5f * y + (float) random().nextDouble() - 0.5f, -1), 1);
    }
}
