package org.rltune.env.vector;

import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Takes actions between other bounds and stretches them to those of the environments, as Gymnasium's vector wrapper of
 * this name; see {@link org.rltune.env.wrapper.RescaleAction}.
 */
public final class RescaleAction extends VectorizeTransformAction {
    /** Wraps environments with a {@code Box} of actions; every element gets these bounds outside. */
    public RescaleAction(VectorEnv inner, double minAction, double maxAction) {
        super(
                inner,
                (Env<Object, float[]> env) -> new org.rltune.env.wrapper.RescaleAction<>(env, minAction, maxAction));
    }

    /** Wraps environments with a {@code Box} of actions; each element has bounds of its own outside. */
    public RescaleAction(VectorEnv inner, float[] minAction, float[] maxAction) {
        super(
                inner,
                (Env<Object, float[]> env) -> new org.rltune.env.wrapper.RescaleAction<>(env, minAction, maxAction));
    }
}
