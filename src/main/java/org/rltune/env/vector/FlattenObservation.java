package org.rltune.env.vector;

import org.rltune.env.VectorEnv;

/**
 * Makes each observation one flat array, as Gymnasium's vector wrapper of this name. The flat arrays of a {@link VectorEnv}
 * are just that already: only the space changes. See {@link org.rltune.env.wrapper.FlattenObservation}.
 */
public final class FlattenObservation extends VectorizeTransformObservation {
    /** Wraps environments whose observations have a flat form of one size. */
    public FlattenObservation(VectorEnv inner) {
        super(inner, env -> new org.rltune.env.wrapper.FlattenObservation<>(env));
    }
}
