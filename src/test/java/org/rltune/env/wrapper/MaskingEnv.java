package org.rltune.env.wrapper;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/** Three choices, of which the one that was taken last is forbidden; tells it in the info, as Gymnasium's Taxi does. */
final class MaskingEnv extends SeededEnv<float[], Integer> {
    private @Nullable Object mask = new byte[] {1, 1, 0};

    /** What the next infos tell. */
    void tell(@Nullable Object next) {
        mask = next;
    }

    @Override
    public Space<float[]> observationSpace() {
        return Box.of(-1, 1, 2);
    }

    @Override
    public Space<Integer> actionSpace() {
        return Discrete.of(3);
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        return new float[] {0.5f, -0.5f};
    }

    @Override
    protected Map<String, Object> startInfo() {
        return info();
    }

    private Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        if (mask != null) {
            info.put("action_mask", mask);
        }
        return info;
    }

    @Override
    public StepResult<float[]> step(Integer action) {
        return new StepResult<>(new float[] {0.1f * action, 0}, action, action == 2, false, info());
    }
}
