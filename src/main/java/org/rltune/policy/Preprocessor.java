package org.rltune.policy;

import java.util.Arrays;
import java.util.Map;
import org.rltune.space.ArrayBox;
import org.rltune.space.Box;
import org.rltune.space.DType;
import org.rltune.space.Dict;
import org.rltune.space.MultiBinary;
import org.rltune.space.Space;
import org.rltune.space.Tuple;

/**
 * Turns the flat form of an observation ({@link Space#flatten}: discrete parts one-hot, parts one after the other) into
 * what the network sees: features, then the mask of allowed actions if there is one.
 *
 * <ul>
 *   <li>Bytes (uint8: images) are scaled by their bounds to [0, 1]; everything else passes unchanged.
 *   <li>The part {@value #MASK_KEY} of a {@code Dict} is no feature: it says for each choice whether it is allowed (not 0),
 *       in the order of the distribution's logits: {@code n} for {@code Discrete}, the sum of {@code nvec} for
 *       {@code MultiDiscrete}, "0" and "1" of each element for {@code MultiBinary}.
 * </ul>
 *
 * <p>Immutable.
 */
public final class Preprocessor {
    /** The key of the mask in a {@code Dict} observation, RLlib's {@code action_mask_key}. */
    public static final String MASK_KEY = "action_mask";

    private final int rawSize;
    private final int maskAt;
    /** Choices of each component of an action; empty without a mask. */
    private final int[] choices;

    private final int maskSize;
    private final int features;
    private final int[] source;
    private final float[] low;
    private final float[] factor;
    private final boolean[] filtered;
    private final boolean identity;

    /**
     * Makes the preprocessor of an environment's spaces.
     *
     * @throws IllegalArgumentException if the mask does not fit the actions, or nothing is left beside it
     */
    public Preprocessor(Space<?> observations, Space<?> actions) {
        rawSize = observations.flatSize();
        source = new int[rawSize];
        low = new float[rawSize];
        factor = new float[rawSize];
        filtered = new boolean[rawSize];
        Arrays.fill(factor, 1f);
        int at = 0;
        int count = 0;
        int mask = -1;
        int[] masked = {};
        if (observations instanceof Dict dict) {
            for (Map.Entry<String, Space<?>> part : dict.spaces().entrySet()) {
                int size = part.getValue().flatSize();
                if (part.getKey().equals(MASK_KEY)) {
                    masked = choices(part.getValue(), actions);
                    mask = at;
                } else {
                    count = addFeatures(part.getValue(), at, count);
                }
                at += size;
            }
        } else {
            count = addFeatures(observations, 0, 0);
        }
        if (count == 0) {
            throw new IllegalArgumentException("The observation space " + observations + " has nothing but " + MASK_KEY
                    + ", and a policy must see something. Add a part that describes the state.");
        }
        features = count;
        maskAt = mask;
        choices = masked;
        maskSize = Arrays.stream(masked).sum();
        identity = mask < 0 && isOne(factor);
    }

    private static boolean isOne(float[] factors) {
        for (float f : factors) {
            if (f != 1f) {
                return false;
            }
        }
        return true;
    }

    private static int[] choices(Space<?> mask, Space<?> actions) {
        int[] choices = ActionScaling.choices(actions);
        int expected = Arrays.stream(choices).sum();
        if (choices.length == 0) {
            throw new IllegalArgumentException("The observation has a part " + MASK_KEY + ", but the actions "
                    + actions + " are not choices alone, so nothing can be forbidden. Use Discrete, MultiDiscrete or"
                    + " MultiBinary actions, or give the part another name.");
        }
        boolean flags = mask instanceof MultiBinary || mask instanceof Box || mask instanceof ArrayBox;
        if (!flags || mask.flatSize() != expected) {
            throw new IllegalArgumentException("The part " + MASK_KEY + " of the observation is " + mask + ", but "
                    + actions + " needs one flag for each of its " + expected + " choices. Declare MultiBinary("
                    + expected + ").");
        }
        return choices;
    }

    /** Adds what lies at {@code at} of the flat form; returns the number of features so far. */
    private int addFeatures(Space<?> space, int at, int count) {
        if (space instanceof Dict dict) {
            int next = at;
            int sum = count;
            for (Space<?> part : dict.spaces().values()) {
                sum = addFeatures(part, next, sum);
                next += part.flatSize();
            }
            return sum;
        }
        if (space instanceof Tuple tuple) {
            int next = at;
            int sum = count;
            for (Space<?> part : tuple.spaces()) {
                sum = addFeatures(part, next, sum);
                next += part.flatSize();
            }
            return sum;
        }
        int size = space.flatSize();
        boolean bytes = space instanceof ArrayBox<?> array && array.dtype().equals(DType.UINT8);
        Box bounds = bytes ? space.flattened() : null;
        for (int j = 0; j < size; j++) {
            source[count + j] = at + j;
            filtered[count + j] = space instanceof Box || space instanceof ArrayBox;
            if (bounds != null && bounds.high(j) > bounds.low(j)) {
                low[count + j] = bounds.low(j);
                factor[count + j] = 1f / (bounds.high(j) - bounds.low(j));
            }
        }
        return count + size;
    }

    /** Returns the numbers in the flat form of an observation. */
    public int rawSize() {
        return rawSize;
    }

    /** Returns the numbers that describe the state to the network. */
    public int features() {
        return features;
    }

    /** Returns the numbers of the mask, 0 without one. */
    public int maskSize() {
        return maskSize;
    }

    /** Returns the numbers in a row of what the network gets: features, then mask. */
    public int size() {
        return features + maskSize;
    }

    /** Returns whether the flat form is what the network gets. */
    public boolean identity() {
        return identity;
    }

    /** Returns for each number of a row whether a running filter may work on it: not on discrete parts and masks. */
    public boolean[] filtered() {
        return Arrays.copyOf(Arrays.copyOf(filtered, features), size());
    }

    /** Returns where feature {@code j} stands in the flat form. */
    public int source(int j) {
        return source[j];
    }

    /** Returns the smallest value of a scaled feature, which is subtracted first; 0 for others. */
    public float low(int j) {
        return low[j];
    }

    /** Returns the factor of a feature, 1 where it is not scaled. */
    public float factor(int j) {
        return factor[j];
    }

    /** Returns where flag {@code j} of the mask stands in the flat form. */
    int maskSource(int j) {
        return maskAt + j;
    }

    /** Writes rows of {@link #size()} numbers for rows of {@link #rawSize()}. */
    public void apply(float[] raw, int at, int rows, float[] out, int outAt) {
        int size = size();
        for (int i = 0; i < rows; i++) {
            int from = at + i * rawSize;
            int to = outAt + i * size;
            for (int j = 0; j < features; j++) {
                out[to + j] = (raw[from + source[j]] - low[j]) * factor[j];
            }
            for (int j = 0; j < maskSize; j++) {
                out[to + features + j] = raw[from + maskAt + j] != 0f ? 1f : 0f;
            }
        }
    }

    /**
     * Returns what is wrong with the mask of a row that {@link #apply} wrote at {@code at}: a component of the action with
     * all choices forbidden; or "" if nothing is.
     */
    public String maskError(float[] out, int at) {
        int next = at + features;
        for (int c = 0; c < choices.length; c++) {
            boolean any = false;
            for (int j = 0; j < choices[c]; j++) {
                any |= out[next + j] != 0f;
            }
            if (!any) {
                return MASK_KEY + " forbids all " + choices[c] + " choices"
                        + (choices.length == 1 ? "" : " of action element " + c)
                        + ", but one at least must be allowed. Allow one, or end the episode before nothing can be done.";
            }
            next += choices[c];
        }
        return "";
    }
}
