package org.rltune.env.vector;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.env.VectorEnv;
import org.rltune.env.wrapper.TransformAction;

/**
 * Applies the transformation of a single wrapper to the action of each environment, as Gymnasium's wrapper of this name.
 *
 * <pre>{@code
 * new VectorizeTransformAction(envs, float[].class, env -> DiscretizeAction.discrete(env, 5))
 * }</pre>
 *
 * <p>Rows of wrappers that know how to transform flat forms, as those of this package, are written in place. For others
 * an object is made for each action.
 */
public class VectorizeTransformAction extends VectorActionWrapper {
    private final TransformAction<?, ?, ?> wrapper;
    private final int insideSize;

    /**
     * Wraps these environments.
     *
     * @param actionType class of the actions inside, such as {@code float[].class}
     * @param wrapper puts the single wrapper around an environment that has nothing but the two spaces
     * @throws IllegalArgumentException for actions of another type, or those that the wrapper refuses
     */
    public <B> VectorizeTransformAction(
            VectorEnv inner,
            Class<B> actionType,
            Function<? super Env<Object, B>, ? extends TransformAction<?, ?, ?>> wrapper) {
        this(typed(inner, actionType), wrapper);
    }

    /** The same for a wrapper that looks at the spaces itself. */
    <B> VectorizeTransformAction(
            VectorEnv inner, Function<? super Env<Object, B>, ? extends TransformAction<?, ?, ?>> wrapper) {
        this(inner, wrap(inner, wrapper));
    }

    private VectorizeTransformAction(VectorEnv inner, TransformAction<?, ?, ?> wrapper) {
        super(inner, wrapper.actionSpace());
        this.wrapper = wrapper;
        this.insideSize = inner.actionSize();
    }

    private static VectorEnv typed(VectorEnv inner, Class<?> type) {
        SpacesOnly.requireType("VectorizeTransformAction", "action", inner.actionSpace(), type);
        return inner;
    }

    private static <B> TransformAction<?, ?, ?> wrap(
            VectorEnv inner, Function<? super Env<Object, B>, ? extends TransformAction<?, ?, ?>> wrapper) {
        SpacesOnly<Object, B> spaces = new SpacesOnly<>(inner);
        TransformAction<?, ?, ?> made = wrapper.apply(spaces);
        return spaces.directly("VectorizeTransformAction", made, made.inner());
    }

    @Override
    protected final void actions(float[] from, float[] into, boolean[] rows) {
        for (int e = 0; e < rows.length; e++) {
            if (rows[e]) {
                wrapper.action(from, e * actionSize(), into, e * insideSize);
            }
        }
    }
}
