package org.rltune.policy;

import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

/**
 * Turns raw actions of a policy into actions of the environment, in training and in use alike.
 *
 * <p>A {@code Discrete} action is an index and passes unchanged. An element of a {@code Box} with two finite bounds is
 * clipped to [-1, 1] and mapped linearly onto [low, high] if actions are normalised (RLlib's {@code normalize_actions}),
 * or else clipped to [low, high] (as Stable-Baselines3 does); an element without two finite bounds is clipped to the
 * bounds that it has. Log-probabilities are always those of the raw action.
 */
public final class ActionScaling {
    private final boolean discrete;
    private final boolean normalize;
    private final float[] low;
    private final float[] high;

    /**
     * Makes the scaling for one space.
     *
     * @param space a {@code Discrete} or a {@code Box}
     * @param normalize whether bounded elements are mapped from [-1, 1]
     */
    public ActionScaling(Space<?> space, boolean normalize) {
        this.discrete = space instanceof Discrete;
        this.normalize = normalize;
        this.low = space instanceof Box box ? box.low() : new float[1];
        this.high = space instanceof Box box ? box.high() : new float[1];
    }

    /** Returns whether bounded elements are mapped from [-1, 1]. */
    public boolean normalize() {
        return normalize;
    }

    /**
     * Writes the environment's actions for {@code rows} raw ones, row-major.
     *
     * @param raw raw actions, from {@code rawOffset}
     * @param out filled from index 0
     */
    public void toEnv(float[] raw, int rawOffset, int rows, float[] out) {
        if (discrete) {
            System.arraycopy(raw, rawOffset, out, 0, rows);
            return;
        }
        int size = low.length;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < size; j++) {
                int at = row * size + j;
                out[at] = scale(raw[rawOffset + at], low[j], high[j]);
            }
        }
    }

    private float scale(float raw, float low, float high) {
        if (normalize && low > Float.NEGATIVE_INFINITY && high < Float.POSITIVE_INFINITY) {
            float unit = Math.max(-1f, Math.min(1f, raw));
            // The clip after the map keeps the last bit of rounding inside the space.
            return Math.max(low, Math.min(high, Math.fma((unit + 1f) * 0.5f, high - low, low)));
        }
        return Math.max(low, Math.min(high, raw));
    }
}
