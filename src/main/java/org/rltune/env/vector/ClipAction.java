package org.rltune.env.vector;

import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Takes any finite action and gives each environment the nearest one of its space, as Gymnasium's vector wrapper of this
 * name; see {@link org.rltune.env.wrapper.ClipAction}.
 */
public final class ClipAction extends VectorizeTransformAction {
    /** Wraps environments with a {@code Box} of actions. */
    public ClipAction(VectorEnv inner) {
        super(inner, (Env<Object, float[]> env) -> new org.rltune.env.wrapper.ClipAction<>(env));
    }
}
