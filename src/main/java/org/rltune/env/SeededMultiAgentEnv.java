package org.rltune.env;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;

/**
 * An environment with several agents and a random generator that {@code reset} seeds, NumPy's PCG64; what
 * {@link SeededEnv} is to an {@link Env}. Before the first seed the generator is that of seed 0.
 */
public abstract class SeededMultiAgentEnv implements MultiAgentEnv {
    private Pcg64 random = new Pcg64(0);

    @Override
    public final MultiAgentReset reset(@Nullable Long seed, Map<String, Object> options) {
        if (seed != null) {
            random = SeededEnv.generator(seed);
        }
        return start(options);
    }

    /**
     * Sets the state to the beginning of an episode.
     *
     * @param options the options of {@code reset}, empty for an ordinary episode; refuse those you do not know
     */
    protected abstract MultiAgentReset start(Map<String, Object> options);

    /** The generator of this environment; the object changes with each seeded reset. */
    protected final Pcg64 random() {
        return random;
    }
}
