package org.rltune.env.vector;

import org.rltune.env.VectorEnv;
import org.rltune.env.wrapper.RowFunction;
import org.rltune.space.Space;

/**
 * Gives each row of flat actions to a function before its environment gets it, as Gymnasium's wrapper of this name
 * (whose function gets all rows at once). For a function of action objects see {@link VectorizeTransformAction}.
 */
public final class TransformAction extends VectorActionWrapper {
    private final RowFunction function;
    private final int insideSize;

    /**
     * Wraps these environments.
     *
     * @param function makes the flat form of an action inside, see {@link org.rltune.env.FlatActions}
     * @param actionSpace the space of the actions that the function takes
     */
    public TransformAction(VectorEnv inner, RowFunction function, Space<?> actionSpace) {
        super(inner, actionSpace);
        this.function = function;
        this.insideSize = inner.actionSize();
    }

    @Override
    protected void actions(float[] from, float[] into, boolean[] rows) {
        for (int e = 0; e < rows.length; e++) {
            if (rows[e]) {
                function.apply(from, e * actionSize(), into, e * insideSize);
            }
        }
    }
}
