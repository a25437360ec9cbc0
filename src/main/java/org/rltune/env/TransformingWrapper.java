package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.Set;

/**
 * An environment around another one whose observations or actions may be of other types; what it shows, keeps and
 * closes is that of the environment inside.
 *
 * @param <O> type of an observation outside
 * @param <A> type of an action outside
 * @param <P> type of an observation inside
 * @param <B> type of an action inside
 */
public abstract class TransformingWrapper<O, A, P, B> implements Env<O, A> {
    private final Env<P, B> inner;

    /** Wraps this environment; closing the wrapper closes it. */
    protected TransformingWrapper(Env<P, B> inner) {
        this.inner = inner;
    }

    /** The environment inside. */
    public final Env<P, B> inner() {
        return inner;
    }

    /** The innermost environment, without any wrapper. */
    public final Env<?, ?> unwrapped() {
        Env<?, ?> env = inner;
        while (env instanceof TransformingWrapper<?, ?, ?, ?> wrapper) {
            env = wrapper.inner;
        }
        return env;
    }

    @Override
    public Optional<EnvSpec> spec() {
        return inner.spec();
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

    @Override
    public Optional<Object> task() {
        return inner.task();
    }

    @Override
    public void setTask(Object task) {
        inner.setTask(task);
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
