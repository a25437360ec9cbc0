package org.rltune.env.wrapper;

import org.jspecify.annotations.Nullable;
import org.rltune.env.SeededEnv;
import org.rltune.env.StateFields;
import org.rltune.env.TransformingWrapper;
import org.rltune.random.Pcg64;

/**
 * The generator that a wrapper draws from: that of the innermost environment, as Gymnasium's {@code np_random} of a
 * wrapper; for an environment that shows none, one of the wrapper's own that {@code reset} seeds alike.
 */
final class EnvRandom {
    private final @Nullable SeededEnv<?, ?> env;
    private Pcg64 own = new Pcg64(0);

    EnvRandom(TransformingWrapper<?, ?, ?, ?> wrapper) {
        env = wrapper.unwrapped() instanceof SeededEnv<?, ?> seeded ? seeded : null;
    }

    Pcg64 get() {
        return env == null ? own : env.random();
    }

    /** Called before the reset of the environment, which refuses a seed below 0. */
    void reset(@Nullable Long seed) {
        if (env == null && seed != null && seed >= 0) {
            own = new Pcg64(seed);
        }
    }

    /** Keeps the wrapper's own generator; that of the environment is in the snapshot of the environment. */
    void state(StateFields fields) {
        if (env == null) {
            fields.keep(own);
        }
    }
}
