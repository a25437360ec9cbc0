package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.space.Space;

/** An environment around another one with the same spaces; passes on what a subclass does not change. */
public abstract class Wrapper<O, A> implements Env<O, A> {
    private final Env<O, A> inner;

    /** Wraps this environment; closing the wrapper closes it. */
    protected Wrapper(Env<O, A> inner) {
        this.inner = inner;
    }

    /** The environment inside. */
    public final Env<O, A> inner() {
        return inner;
    }

    /** The innermost environment, without any wrapper. */
    public final Env<?, ?> unwrapped() {
        Env<?, ?> env = inner;
        while (env instanceof Wrapper<?, ?> wrapper) {
            env = wrapper.inner;
        }
        return env;
    }

    @Override
    public Space<O> observationSpace() {
        return inner.observationSpace();
    }

    @Override
    public Space<A> actionSpace() {
        return inner.actionSpace();
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        return inner.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        return inner.step(action);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return inner.renderModes();
    }

    @Override
    public int renderFps() {
        return inner.renderFps();
    }

    @Override
    public BufferedImage renderFrame() {
        return inner.renderFrame();
    }

    @Override
    public String renderText() {
        return inner.renderText();
    }

    /**
     * Keeps the wrapper's own fields for a snapshot, each by {@code field = fields.keep(field)}; none unless
     * overridden. A wrapper whose state cannot be kept calls {@link StateFields#unsupported}.
     */
    protected void state(StateFields fields) {}

    /** The snapshot inside with the wrapper's own fields; empty where there is none inside. */
    @Override
    public Optional<byte[]> snapshot() {
        return inner.snapshot()
                .flatMap(inside -> Snapshots.save(this, fields -> {
                    fields.keep(inside);
                    state(fields);
                }));
    }

    @Override
    public void restore(byte[] snapshot) {
        Snapshots.restore(this, snapshot, fields -> {
            inner.restore(fields.keep(new byte[0]));
            state(fields);
        });
    }

    @Override
    public void close() {
        inner.close();
    }
}
