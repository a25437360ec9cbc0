package org.rltune.env.wrapper;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;
import org.rltune.env.render.EnvWindow;
import org.rltune.env.render.FrameSink;

/**
 * Shows every reset and step in a window, at the speed of the environment, as Gymnasium's wrapper of this name.
 *
 * <p>{@code reset} and {@code step} draw, and wait where less than 1 / {@link #renderFps} seconds have passed since the
 * last picture. When the user closes the window the environment goes on at full speed.
 */
public final class HumanRendering<O, A> extends Wrapper<O, A> {
    private static final long SECOND = 1_000_000_000;

    private final FrameSink screen;
    private final LongSupplier nanoTime;
    private final LongConsumer sleep;
    private long nextPicture;
    private boolean shown;

    /**
     * Wraps an environment that draws pictures.
     *
     * @throws IllegalStateException on a machine without a display
     */
    public HumanRendering(Env<O, A> inner) {
        this(inner, windowFor(inner), System::nanoTime, LockSupport::parkNanos);
    }

    HumanRendering(Env<O, A> inner, FrameSink screen, LongSupplier nanoTime, LongConsumer sleep) {
        super(inner);
        Needs.pictures("HumanRendering", inner);
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.sleep = sleep;
    }

    private static FrameSink windowFor(Env<?, ?> env) {
        Needs.pictures("HumanRendering", env);
        return new EnvWindow(Needs.innermost(env).getClass().getSimpleName());
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<O> result = super.reset(seed, options);
        show();
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        show();
        return result;
    }

    private void show() {
        if (screen.isClosed()) {
            return;
        }
        long now = nanoTime.getAsLong();
        // Parking may end early, without a reason.
        while (shown && nextPicture - now > 0 && !Thread.currentThread().isInterrupted()) {
            sleep.accept(nextPicture - now);
            now = nanoTime.getAsLong();
        }
        screen.show(renderFrame());
        nextPicture = now + SECOND / renderFps();
        shown = true;
    }

    @Override
    public void close() {
        screen.close();
        super.close();
    }
}
