package org.rltune.ppo;

import java.util.Map;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.Space;

/**
 * Shows a number, -1 or 1, in the first of four observations; the last action earns 1 if it names it. With {@code masked} a
 * third action is there, which is never allowed.
 */
final class RecallEnv extends SeededEnv<Object, Integer> {
    static final String ID = "Recall-v0";
    private static final int STEPS = 4;

    private final boolean masked;
    private int step;
    private int shown;

    private RecallEnv(boolean masked) {
        this.masked = masked;
    }

    static void register() {
        Envs.replace(EnvSpec.of(ID, context -> new RecallEnv(context.get("masked", false))));
    }

    static void unregister() {
        Envs.unregister(ID);
    }

    private Object seen() {
        float[] numbers = {step == 0 ? shown : 0, step == STEPS - 1 ? 1 : 0};
        return masked ? Map.of("action_mask", new byte[] {1, 1, 0}, "seen", numbers) : numbers;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // one of two types
    public Space<Object> observationSpace() {
        Box box = Box.of(-1f, 1f, 2);
        return (Space) (masked ? Dict.of("action_mask", MultiBinary.of(3), "seen", box) : box);
    }

    @Override
    public Space<Integer> actionSpace() {
        return Discrete.of(masked ? 3 : 2);
    }

    @Override
    protected Object start(Map<String, Object> options) {
        step = 0;
        shown = random().choice(2) * 2 - 1;
        return seen();
    }

    @Override
    public StepResult<Object> step(Integer action) {
        step++;
        boolean ended = step == STEPS;
        double reward = ended && action == (shown + 1) / 2 ? 1 : 0;
        return new StepResult<>(seen(), reward, ended, false, Map.of());
    }
}
