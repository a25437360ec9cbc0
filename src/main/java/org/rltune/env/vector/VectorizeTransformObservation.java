package org.rltune.env.vector;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.env.VectorEnv;
import org.rltune.env.wrapper.TransformObservation;

/**
 * Applies the transformation of a single wrapper to the observation of each environment, as Gymnasium's wrapper of this
 * name.
 *
 * <pre>{@code
 * new VectorizeTransformObservation(envs, float[].class, env -> DiscretizeObservation.discrete(env, 10))
 * }</pre>
 *
 * <p>Rows of wrappers that know how to transform flat forms, as those of this package, are written in place. For others
 * an object is made for each observation.
 */
public class VectorizeTransformObservation extends VectorObservationWrapper {
    private final TransformObservation<?, ?, ?> wrapper;
    private final int insideSize;

    /**
     * Wraps these environments.
     *
     * @param observationType class of the observations inside, such as {@code float[].class}
     * @param wrapper puts the single wrapper around an environment that has nothing but the two spaces
     * @throws IllegalArgumentException for observations of another type, or those that the wrapper refuses
     */
    public <P> VectorizeTransformObservation(
            VectorEnv inner,
            Class<P> observationType,
            Function<? super Env<P, Object>, ? extends TransformObservation<?, ?, ?>> wrapper) {
        this(typed(inner, observationType), wrapper);
    }

    /** The same for a wrapper that looks at the spaces itself. */
    <P> VectorizeTransformObservation(
            VectorEnv inner, Function<? super Env<P, Object>, ? extends TransformObservation<?, ?, ?>> wrapper) {
        this(inner, wrap(inner, wrapper));
    }

    private VectorizeTransformObservation(VectorEnv inner, TransformObservation<?, ?, ?> wrapper) {
        super(inner, wrapper.observationSpace());
        this.wrapper = wrapper;
        this.insideSize = inner.observationSize();
    }

    private static VectorEnv typed(VectorEnv inner, Class<?> type) {
        SpacesOnly.requireType("VectorizeTransformObservation", "observation", inner.observationSpace(), type);
        return inner;
    }

    private static <P> TransformObservation<?, ?, ?> wrap(
            VectorEnv inner, Function<? super Env<P, Object>, ? extends TransformObservation<?, ?, ?>> wrapper) {
        SpacesOnly<P, Object> spaces = new SpacesOnly<>(inner);
        TransformObservation<?, ?, ?> made = wrapper.apply(spaces);
        return spaces.directly("VectorizeTransformObservation", made, made.inner());
    }

    @Override
    protected final void observations(float[] from, float[] into, boolean[] rows) {
        for (int e = 0; e < rows.length; e++) {
            if (rows[e]) {
                wrapper.observation(from, e * insideSize, into, e * observationSize());
            }
        }
    }
}
