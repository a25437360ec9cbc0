package org.rltune.env.vector;

import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Stretches observations to other bounds, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.RescaleObservation}.
 */
public final class RescaleObservation extends VectorizeTransformObservation {
    /** Wraps environments with a {@code Box} of observations; every element gets these bounds outside. */
    public RescaleObservation(VectorEnv inner, double minObs, double maxObs) {
        super(
                inner,
                (Env<float[], Object> env) -> new org.rltune.env.wrapper.RescaleObservation<>(env, minObs, maxObs));
    }

    /** Wraps environments with a {@code Box} of observations; each element has bounds of its own outside. */
    public RescaleObservation(VectorEnv inner, float[] minObs, float[] maxObs) {
        super(
                inner,
                (Env<float[], Object> env) -> new org.rltune.env.wrapper.RescaleObservation<>(env, minObs, maxObs));
    }
}
