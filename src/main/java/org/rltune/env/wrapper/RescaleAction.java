package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.space.Box;

/**
 * Takes actions between other bounds and stretches them to those of the environment, as Gymnasium's wrapper of this
 * name: most often from [-1, 1].
 *
 * <p>Where a bound inside is infinite the one outside must be the same. An action inside its bounds outside is inside
 * them inside, also where rounding would pass them by a unit in the last place (there Gymnasium passes them).
 */
public final class RescaleAction<O> extends TransformAction<O, float[], float[]> {
    /** Wraps an environment with a {@link Box} of actions; every element gets these bounds outside. */
    public RescaleAction(Env<O, float[]> inner, double minAction, double maxAction) {
        this(inner, rescaling(Needs.box("RescaleAction", "action", inner.actionSpace()), minAction, maxAction));
    }

    /** Wraps an environment with a {@link Box} of actions; each element has bounds of its own outside. */
    public RescaleAction(Env<O, float[]> inner, float[] minAction, float[] maxAction) {
        this(
                inner,
                BoxRescaling.of(
                        "RescaleAction",
                        Needs.box("RescaleAction", "action", inner.actionSpace()),
                        minAction,
                        maxAction));
    }

    private RescaleAction(Env<O, float[]> inner, BoxRescaling rescaling) {
        super(inner, rescaling::backward, rescaling::backward, rescaling.to());
    }

    private static BoxRescaling rescaling(Box box, double min, double max) {
        return BoxRescaling.of("RescaleAction", box, Needs.repeat(min, box.size()), Needs.repeat(max, box.size()));
    }
}
