package org.rltune.env;

import java.util.Arrays;
import java.util.Map;
import org.rltune.check.Check;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/** An {@link EnvBatch} whose environments have a generator each; the counterpart of {@link SeededEnv}. */
public abstract class SeededBatch implements EnvBatch {
    private final Space<?> observationSpace;
    private final Space<?> actionSpace;
    private final Pcg64[] random;

    /** So many environments with these two spaces. */
    protected SeededBatch(int numEnvs, Space<?> observationSpace, Space<?> actionSpace) {
        Check.atLeast("numEnvs", numEnvs, 1);
        this.observationSpace = observationSpace;
        this.actionSpace = actionSpace;
        this.random = new Pcg64[numEnvs];
        Arrays.setAll(random, e -> new Pcg64(0));
    }

    @Override
    public final int numEnvs() {
        return random.length;
    }

    @Override
    public final Space<?> observationSpace() {
        return observationSpace;
    }

    @Override
    public final Space<?> actionSpace() {
        return actionSpace;
    }

    @Override
    public final void seed(int e, long seed) {
        random[e].reseed(seed);
    }

    @Override
    public final void reset(int e, Map<String, Object> options, VectorStep out) {
        start(e, random[e], options, out.observation);
    }

    /**
     * Sets the state of environment {@code e} to the beginning of an episode.
     *
     * @param random the generator of this environment
     * @param options the options of the reset, empty for an ordinary episode; refuse those you do not know
     * @param observation receives the first observation in row {@code e}
     */
    protected abstract void start(int e, Pcg64 random, Map<String, Object> options, float[] observation);

    /** The generator of environment {@code e}. */
    protected final Pcg64 random(int e) {
        return random[e];
    }
}
