package org.rltune.env;

import java.util.Map;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** Behaves well until its third step, where it breaks its contract in the way that its config names. */
final class FaultyEnv extends SeededEnv<float[], Integer> {
    static final String ID = "Faulty-v0";
    private final String fault;
    private int steps;

    FaultyEnv(EnvContext context) {
        super(Box.of(-2.4f, 2.4f, 3), Discrete.of(2));
        fault = context.allowOnly("fault").get("fault", "none");
        if (fault.equals("creator")) {
            throw new IllegalStateException("no licence");
        }
    }

    static Map<String, Object> with(String fault) {
        return Map.of("fault", fault);
    }

    @Override
    protected float[] start(Map<String, Object> options) {
        steps = 0;
        return fault.equals("reset") ? new float[] {0, 9, 0} : new float[3];
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // the faults that are tested
    public StepResult<float[]> step(Integer action) {
        if (++steps < 3) {
            return result(new float[3], 0);
        }
        return switch (fault) {
            case "nan" -> result(new float[] {0, Float.NaN, 0}, 0);
            case "bound" -> result(new float[] {0, 0, 5}, 0);
            case "length" -> result(new float[4], 0);
            case "null" -> result(null, 0);
            case "no result" -> null;
            case "type" -> (StepResult<float[]>) (StepResult) new StepResult<>(new double[3], 0, false, false);
            case "reward" -> result(new float[3], Double.NaN);
            case "endless reward" -> result(new float[3], Double.POSITIVE_INFINITY);
            case "throw" -> throw new ArithmeticException("by zero");
            default -> result(new float[3], 0);
        };
    }

    private static StepResult<float[]> result(float[] observation, double reward) {
        return new StepResult<>(observation, reward, false, false);
    }
}
