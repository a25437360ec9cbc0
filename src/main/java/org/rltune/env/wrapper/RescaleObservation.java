package org.rltune.env.wrapper;

import org.rltune.env.Env;
import org.rltune.space.Box;

/**
 * Stretches observations to other bounds, as Gymnasium's wrapper of this name.
 *
 * <p>Where a bound inside is infinite the one outside must be the same. An observation inside its bounds inside is
 * inside them outside, also where rounding would pass them by a unit in the last place (there Gymnasium passes them).
 */
public final class RescaleObservation<A> extends TransformObservation<float[], A, float[]> {
    /** Wraps an environment with a {@link Box} of observations; every element gets these bounds outside. */
    public RescaleObservation(Env<float[], A> inner, double minObs, double maxObs) {
        this(
                inner,
                rescaling(Needs.box("RescaleObservation", "observation", inner.observationSpace()), minObs, maxObs));
    }

    /** Wraps an environment with a {@link Box} of observations; each element has bounds of its own outside. */
    public RescaleObservation(Env<float[], A> inner, float[] minObs, float[] maxObs) {
        this(
                inner,
                BoxRescaling.of(
                        "RescaleObservation",
                        Needs.box("RescaleObservation", "observation", inner.observationSpace()),
                        minObs,
                        maxObs));
    }

    private RescaleObservation(Env<float[], A> inner, BoxRescaling rescaling) {
        super(inner, rescaling::forward, rescaling::forward, rescaling.to());
    }

    private static BoxRescaling rescaling(Box box, double min, double max) {
        return BoxRescaling.of("RescaleObservation", box, Needs.repeat(min, box.size()), Needs.repeat(max, box.size()));
    }
}
