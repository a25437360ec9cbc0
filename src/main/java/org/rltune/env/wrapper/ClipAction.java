package org.rltune.env.wrapper;

import java.util.Arrays;
import org.rltune.env.Env;
import org.rltune.space.Box;

/**
 * Takes any action and gives the environment the nearest one of its space, as Gymnasium's wrapper of this name. The
 * space outside has the shape of the one inside and no bounds.
 */
public final class ClipAction<O> extends TransformAction<O, float[], float[]> {
    /** Wraps an environment with a {@link Box} of actions. */
    public ClipAction(Env<O, float[]> inner) {
        this(inner, Needs.box("ClipAction", "action", inner.actionSpace()));
    }

    private ClipAction(Env<O, float[]> inner, Box inside) {
        super(inner, action -> clipped(inside, action), clipping(inside), unbounded(inside));
    }

    private static Box unbounded(Box box) {
        float[] low = new float[box.size()];
        float[] high = new float[box.size()];
        Arrays.fill(low, Float.NEGATIVE_INFINITY);
        Arrays.fill(high, Float.POSITIVE_INFINITY);
        return Box.of(low, high, box.shape());
    }

    private static RowFunction clipping(Box box) {
        return (from, at, into, to) -> {
            for (int i = 0; i < box.size(); i++) {
                into[to + i] = Math.min(Math.max(from[at + i], box.low(i)), box.high(i));
            }
        };
    }

    private static float[] clipped(Box box, float[] action) {
        float[] clipped = new float[box.size()];
        clipping(box).apply(action, 0, clipped, 0);
        return clipped;
    }
}
