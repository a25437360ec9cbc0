package org.rltune;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Five cells; right earns 1 at the end, left goes back. */
final class Corridor implements Env<float[], Integer> {
    static final String ID = "TuneTestCorridor-v0";

    private int cell;
    private int steps;

    @Override
    public Space<float[]> observationSpace() {
        return Box.of(0, 1, 1);
    }

    @Override
    public Space<Integer> actionSpace() {
        return Discrete.of(2);
    }

    @Override
    public ResetResult<float[]> reset(@Nullable Long seed, Map<String, Object> options) {
        cell = 0;
        steps = 0;
        return new ResetResult<>(observation());
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        cell = Math.max(0, cell + (action == 1 ? 1 : -1));
        steps++;
        return new StepResult<>(observation(), cell == 4 ? 1 : -0.01, cell == 4, steps == 30);
    }

    private float[] observation() {
        return new float[] {cell / 4f};
    }

    static void register() {
        Envs.register(ID, context -> new Corridor());
    }

    static void unregister() {
        Envs.unregister(ID);
    }
}
