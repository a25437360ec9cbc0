package org.rltune.env.vector;

import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Gives images another size, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.ResizeObservation}.
 */
public final class ResizeObservation extends VectorizeTransformObservation {
    /**
     * Wraps environments with images of shape (height, width) or (height, width, channels).
     *
     * @param height rows of the images outside, at least 1
     * @param width columns of the images outside, at least 1
     */
    public ResizeObservation(VectorEnv inner, int height, int width) {
        super(inner, (Env<byte[], Object> env) -> new org.rltune.env.wrapper.ResizeObservation<>(env, height, width));
    }
}
