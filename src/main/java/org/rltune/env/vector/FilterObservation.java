package org.rltune.env.vector;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.env.VectorEnv;

/**
 * Leaves only some parts of observations that are maps or lists, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.FilterObservation}.
 */
public final class FilterObservation extends VectorizeTransformObservation {
    private <P> FilterObservation(
            VectorEnv inner, Function<Env<P, Object>, org.rltune.env.wrapper.FilterObservation<P, Object>> wrapper) {
        super(inner, wrapper);
    }

    /** Leaves these keys of maps, at least one. */
    public static FilterObservation keys(VectorEnv inner, String... filterKeys) {
        return new FilterObservation(
                inner,
                (Env<Map<String, Object>, Object> env) ->
                        org.rltune.env.wrapper.FilterObservation.keys(env, filterKeys));
    }

    /** Leaves the parts of lists with these indices from 0, at least one, in this order. */
    public static FilterObservation parts(VectorEnv inner, int... filterKeys) {
        return new FilterObservation(
                inner,
                (Env<List<Object>, Object> env) -> org.rltune.env.wrapper.FilterObservation.parts(env, filterKeys));
    }
}
