package org.rltune.env.vector;

import java.util.function.Function;
import org.rltune.env.Env;
import org.rltune.env.VectorEnv;
import org.rltune.space.DType;

/**
 * Gives arrays of numbers another type, as Gymnasium's vector wrapper of this name; see {@link
 * org.rltune.env.wrapper.DtypeObservation}. The flat arrays of a {@link VectorEnv} hold floats, whatever the type: 64-bit
 * numbers are rounded to them.
 */
public final class DtypeObservation extends VectorizeTransformObservation {
    private <P> DtypeObservation(
            VectorEnv inner, Function<Env<P, Object>, org.rltune.env.wrapper.DtypeObservation<?, Object, P>> wrapper) {
        super(inner, wrapper);
    }

    /** Gives arrays this type; their bounds stay. */
    public static DtypeObservation to(VectorEnv inner, DType<?> dtype) {
        return new DtypeObservation(inner, env -> org.rltune.env.wrapper.DtypeObservation.to(env, dtype));
    }

    /** Gives arrays the type float32, as trainers take them; their bounds stay. */
    public static DtypeObservation toFloats(VectorEnv inner) {
        return new DtypeObservation(inner, env -> org.rltune.env.wrapper.DtypeObservation.toFloats(env));
    }
}
