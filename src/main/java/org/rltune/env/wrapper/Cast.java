package org.rltune.env.wrapper;

import java.util.List;
import java.util.Map;
import org.rltune.env.Env;

/**
 * Environments whose types are known at run time only, for named wrappers. The constructors of the wrappers look at the
 * spaces and refuse one that does not fit.
 */
@SuppressWarnings("unchecked")
final class Cast {
    private Cast() {}

    static <O> Env<O, float[]> boxActions(Env<O, ?> env) {
        return (Env<O, float[]>) env;
    }

    static <A> Env<float[], A> boxObservations(Env<?, A> env) {
        return (Env<float[], A>) env;
    }

    static <A> Env<byte[], A> images(Env<?, A> env) {
        return (Env<byte[], A>) env;
    }

    static <A> Env<Map<String, Object>, A> maps(Env<?, A> env) {
        return (Env<Map<String, Object>, A>) env;
    }

    static <A> Env<List<Object>, A> lists(Env<?, A> env) {
        return (Env<List<Object>, A>) env;
    }
}
