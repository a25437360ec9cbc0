package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.Env;
import org.rltune.space.Box;

/**
 * Takes any action and gives the environment the nearest one of its space, as Gymnasium's wrapper of this name. The
 * space outside has the shape of the one inside and no bounds.
 */
public final class ClipAction<O> extends ActionWrapper<O, float[], float[]> {
    private final float[] low;
    private final float[] high;

    /** Wraps an environment with a {@link Box} of actions. */
    public ClipAction(Env<O, float[]> inner) {
        this(inner, Needs.box("ClipAction", "action", inner.actionSpace()));
    }

    private ClipAction(Env<O, float[]> inner, Box inside) {
        super(inner, unbounded(inside));
        low = inside.low();
        high = inside.high();
    }

    private static Box unbounded(Box box) {
        float[] low = new float[box.size()];
        float[] high = new float[box.size()];
        Arrays.fill(low, Float.NEGATIVE_INFINITY);
        Arrays.fill(high, Float.POSITIVE_INFINITY);
        return Box.of(low, high, box.shape());
    }

    @Override
    protected float[] action(float[] action) {
        float[] clipped = new float[low.length];
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.min(Math.max(action[i], low[i]), high[i]);
        }
        return clipped;
    }
}
