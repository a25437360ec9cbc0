package org.rltune.env.vector;

import org.rltune.env.VectorEnv;

/**
 * Gives observations another shape with as many elements, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.ReshapeObservation}.
 */
public final class ReshapeObservation extends VectorizeTransformObservation {
    /** Wraps environments whose observations are arrays; the shape has as many elements as theirs. */
    public ReshapeObservation(VectorEnv inner, int... shape) {
        super(inner, env -> new org.rltune.env.wrapper.ReshapeObservation<>(env, shape));
    }
}
