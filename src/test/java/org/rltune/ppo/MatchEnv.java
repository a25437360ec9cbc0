package org.rltune.ppo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededEnv;
import org.rltune.env.StepResult;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.MultiDiscrete;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Shows a target, one of three, in every way that an observation can, and rewards every part of an action that matches it:
 * choices that name it, bits that are set at its place, numbers near to it.
 */
final class MatchEnv extends SeededEnv<Map<String, Object>, Object> {
    static final String ID = "Match-v0";
    private static final int STEPS = 10;

    static final Map<String, Space<?>> ACTIONS = actions();

    private static Map<String, Space<?>> actions() {
        Map<String, Space<?>> all = new LinkedHashMap<>();
        all.put("discrete", Discrete.of(3, 5));
        all.put("multi_discrete", MultiDiscrete.of(new int[] {3, 4}, new int[] {0, 7}));
        all.put("multi_binary", MultiBinary.of(3));
        all.put("box", Box.of(-4f, 8f, 2));
        all.put("tuple", Tuple.of(Discrete.of(3), Box.of(0f, 4f, 1)));
        all.put(
                "dict",
                Dict.of("bits", MultiBinary.of(3), "inner", Tuple.of(MultiDiscrete.of(3, 3), Box.of(-1f, 3f, 1))));
        return all;
    }

    private final Space<?> actionSpace;
    private final String mask;
    private int target;
    private int steps;

    private MatchEnv(Space<?> actionSpace, String mask) {
        this.actionSpace = actionSpace;
        this.mask = mask;
    }

    /** With {@code env_config} action: a key of {@link #ACTIONS}; mask: none, others (the target is forbidden), all. */
    static void register() {
        Envs.replace(EnvSpec.of(
                        ID,
                        context -> new MatchEnv(
                                ACTIONS.get(context.get("action", "discrete")), context.get("mask", "none")))
                .withMaxEpisodeSteps(STEPS));
    }

    @Override
    public Space<Map<String, Object>> observationSpace() {
        Map<String, Space<?>> parts = new LinkedHashMap<>();
        parts.put("one", Discrete.of(3, 1));
        parts.put("many", MultiDiscrete.of(3, 2));
        parts.put("numbers", Tuple.of(Box.of(0f, 5f, 1), MultiBinary.of(3)));
        if (!mask.equals("none")) {
            parts.put("action_mask", MultiBinary.of(Arrays.stream(choices()).sum()));
        }
        parts.put("picture", ArrayBox.uint8(0, 255, 2, 2));
        return Dict.of(parts);
    }

    @Override
    @SuppressWarnings("unchecked") // its actions are looked at one by one
    public Space<Object> actionSpace() {
        return (Space<Object>) actionSpace;
    }

    private int[] choices() {
        if (actionSpace instanceof MultiDiscrete multi) {
            return multi.nvec();
        }
        return actionSpace instanceof MultiBinary ? new int[] {2, 2, 2} : new int[] {3};
    }

    private Map<String, Object> observation() {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("one", target + 1);
        parts.put("many", new int[] {target, steps % 2});
        byte[] bits = new byte[3];
        bits[target] = 1;
        parts.put("numbers", List.of(new float[] {0.5f * target}, bits));
        if (!mask.equals("none")) {
            parts.put("action_mask", mask());
        }
        parts.put("picture", new byte[] {(byte) (120 * target), (byte) 255, 0, 7});
        return parts;
    }

    /** Forbids the target, everywhere or, after half of the steps, everything. */
    private byte[] mask() {
        List<Byte> flags = new ArrayList<>();
        for (int n : choices()) {
            for (int c = 0; c < n; c++) {
                boolean forbidden = c == target || (mask.equals("all") && steps >= STEPS / 2);
                flags.add((byte) (forbidden ? 0 : 1));
            }
        }
        byte[] all = new byte[flags.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = flags.get(i);
        }
        return all;
    }

    @Override
    protected Map<String, Object> start(Map<String, Object> options) {
        steps = 0;
        target = random().nextInt(3);
        return observation();
    }

    @Override
    public StepResult<Map<String, Object>> step(Object action) {
        if (!actionSpace().contains(action)) {
            throw new IllegalArgumentException("not of the space: " + action);
        }
        double reward = reward(actionSpace, action);
        steps++;
        target = random().nextInt(3);
        return new StepResult<>(observation(), reward, false, false, Map.of());
    }

    private double reward(Space<?> space, Object action) {
        if (action instanceof Integer choice) {
            return match(choice - ((Discrete) space).start());
        }
        if (action instanceof int[] choices) {
            int[] start = ((MultiDiscrete) space).start();
            return match(choices[0] - start[0]) + match(choices[1] - start[1]);
        }
        if (action instanceof byte[] bits) {
            double sum = 0;
            for (int j = 0; j < bits.length; j++) {
                sum += (bits[j] == 1) == (j == target) ? 1 : 0;
            }
            return sum;
        }
        if (action instanceof float[] numbers) {
            double sum = 0;
            for (float x : numbers) {
                sum += 1 - Math.abs(x - target);
            }
            return sum;
        }
        if (action instanceof List<?> parts) {
            double sum = 0;
            for (int i = 0; i < parts.size(); i++) {
                sum += reward(((Tuple) space).spaces().get(i), parts.get(i));
            }
            return sum;
        }
        double sum = 0;
        for (Map.Entry<?, ?> part : ((Map<?, ?>) action).entrySet()) {
            sum += reward(((Dict) space).get((String) part.getKey()), part.getValue());
        }
        return sum;
    }

    private double match(int choice) {
        if (choice == target && !mask.equals("none")) {
            throw new IllegalStateException("the forbidden choice was taken");
        }
        return choice == target ? 1 : mask.equals("none") ? 0 : choice;
    }

    /** The best return of an episode without masks. */
    static double best(String action) {
        return STEPS
                * switch (action) {
                    case "discrete" -> 1;
                    case "multi_discrete", "box", "tuple" -> 2;
                    case "multi_binary" -> 3;
                    default -> 6;
                };
    }
}
