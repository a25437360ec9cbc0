package org.rltune.env.vector;

import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Makes images of shape (height, width, 3) gray, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.GrayscaleObservation}.
 */
public final class GrayscaleObservation extends VectorizeTransformObservation {
    /** Wraps environments with colour images; those outside have the shape (height, width). */
    public GrayscaleObservation(VectorEnv inner) {
        this(inner, false);
    }

    /**
     * Wraps environments with colour images.
     *
     * @param keepDim whether images outside have the shape (height, width, 1), not (height, width)
     */
    public GrayscaleObservation(VectorEnv inner, boolean keepDim) {
        super(inner, (Env<byte[], Object> env) -> new org.rltune.env.wrapper.GrayscaleObservation<>(env, keepDim));
    }
}
