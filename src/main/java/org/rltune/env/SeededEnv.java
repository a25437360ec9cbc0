package org.rltune.env;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rltune.random.Pcg64;
import org.rltune.space.Space;

/**
 * An environment with a random generator that {@code reset} seeds, NumPy's PCG64 as in Gymnasium.
 *
 * <p>A subclass implements {@link #start} and {@link #step}, draws from {@link #random} only, and keeps no other state
 * from one episode to the next. Before the first seed the generator is that of seed 0 (Gymnasium takes one from the
 * operating system; here no result depends on chance).
 *
 * <p>A subclass that overrides {@link #state} has a {@link #snapshot}.
 */
public abstract class SeededEnv<O, A> implements Env<O, A> {
    private final @Nullable Space<O> observationSpace;
    private final @Nullable Space<A> actionSpace;
    private Pcg64 random = new Pcg64(0);

    /** An environment with these two spaces. */
    protected SeededEnv(Space<O> observationSpace, Space<A> actionSpace) {
        this.observationSpace = observationSpace;
        this.actionSpace = actionSpace;
    }

    /** For a subclass that overrides {@link #observationSpace} and {@link #actionSpace}. */
    protected SeededEnv() {
        this.observationSpace = null;
        this.actionSpace = null;
    }

    @Override
    public Space<O> observationSpace() {
        return given(observationSpace, "observationSpace");
    }

    @Override
    public Space<A> actionSpace() {
        return given(actionSpace, "actionSpace");
    }

    @Override
    public final ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        if (seed != null) {
            random = generator(seed);
        }
        O first = start(options);
        return new ResetResult<>(first, startInfo());
    }

    /** The generator of a seed. */
    static Pcg64 generator(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("reset(" + seed + "): a seed must be at least 0");
        }
        return new Pcg64(seed);
    }

    /**
     * Sets the state to the beginning of an episode and returns the first observation.
     *
     * @param options the options of {@code reset}, empty for an ordinary episode; refuse those you do not know
     */
    protected abstract O start(Map<String, Object> options);

    /** The info of the reset, asked for after {@link #start}; empty unless overridden. */
    protected Map<String, Object> startInfo() {
        return Map.of();
    }

    /**
     * Keeps the fields that a snapshot needs, each by {@code field = fields.keep(field)}: all that a step reads and an
     * earlier step may have changed. The generator is kept already. There is no snapshot unless this is overridden.
     */
    protected void state(StateFields fields) {
        fields.unsupported();
    }

    @Override
    public Optional<byte[]> snapshot() {
        return Snapshots.save(this, this::all);
    }

    @Override
    public void restore(byte[] snapshot) {
        if (snapshot().isEmpty()) {
            throw new UnsupportedOperationException(getClass().getName()
                    + " has no snapshot: override state(StateFields), or repeat the episode's seed and actions");
        }
        Snapshots.restore(this, snapshot, this::all);
    }

    private void all(StateFields fields) {
        fields.keep(random);
        state(fields);
    }

    private <T> Space<T> given(@Nullable Space<T> space, String name) {
        if (space == null) {
            throw new IllegalStateException(getClass().getName() + " has no " + name
                    + ": pass the spaces to the constructor of SeededEnv, or override " + name + "()");
        }
        return space;
    }

    /**
     * The generator of this environment; the object changes with each seeded reset. Public for wrappers that draw from
     * it, as those of Gymnasium do with {@code np_random}.
     */
    public final Pcg64 random() {
        return random;
    }
}
