package org.rltune.env.vector;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.VectorEnv;
import org.rltune.space.Space;

/** What a single wrapper is put around when it is vectorized: the two spaces of one of many environments. */
final class SpacesOnly<O, A> implements Env<O, A> {
    private final Space<O> observationSpace;
    private final Space<A> actionSpace;

    @SuppressWarnings("unchecked") // the caller knows the types, or the wrapper looks at the spaces
    SpacesOnly(VectorEnv envs) {
        observationSpace = (Space<O>) envs.observationSpace();
        actionSpace = (Space<A>) envs.actionSpace();
    }

    @Override
    public Space<O> observationSpace() {
        return observationSpace;
    }

    @Override
    public Space<A> actionSpace() {
        return actionSpace;
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        throw noEnvironment();
    }

    @Override
    public StepResult<O> step(A action) {
        throw noEnvironment();
    }

    private static UnsupportedOperationException noEnvironment() {
        return new UnsupportedOperationException(
                "A vectorized wrapper has no single environment inside: it only transforms. Do not reset or step it");
    }

    /** Requires that a wrapper was put around this and nothing else, for only its own transformation is applied. */
    <W> W directly(String name, W wrapper, Env<?, ?> inside) {
        if (inside != this) {
            throw new IllegalArgumentException(
                    name + " got " + wrapper.getClass().getSimpleName() + " around "
                            + inside.getClass().getSimpleName()
                            + ", but it must be around the environment that the function gets. Vectorize one wrapper after the"
                            + " other");
        }
        return wrapper;
    }

    /** Requires values of this class. */
    static void requireType(String name, String whose, Space<?> space, Class<?> type) {
        if (!type.isAssignableFrom(space.valueType())) {
            throw new IllegalArgumentException(name + " takes " + whose + "s of the type " + type.getSimpleName()
                    + ", but the " + whose + " space is " + space + " with values of the type "
                    + space.valueType().getSimpleName() + ". Name that type");
        }
    }
}
