package org.rltune.env.vector;

import org.rltune.env.VectorEnv;
import org.rltune.env.wrapper.RowFunction;
import org.rltune.space.Space;

/**
 * Gives each row of flat observations to a function, as Gymnasium's wrapper of this name (whose function gets all rows at
 * once). For a function of observation objects see {@link VectorizeTransformObservation}.
 */
public final class TransformObservation extends VectorObservationWrapper {
    private final RowFunction function;
    private final int insideSize;

    /**
     * Wraps these environments.
     *
     * @param function makes the flat form of an observation outside; every element must be inside its bounds
     * @param observationSpace the space of what the function makes
     */
    public TransformObservation(VectorEnv inner, RowFunction function, Space<?> observationSpace) {
        super(inner, observationSpace);
        this.function = function;
        this.insideSize = inner.observationSize();
    }

    @Override
    protected void observations(float[] from, float[] into, boolean[] rows) {
        for (int e = 0; e < rows.length; e++) {
            if (rows[e]) {
                function.apply(from, e * insideSize, into, e * observationSize());
            }
        }
    }
}
