package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;
import org.rltune.env.render.PacedScreen;

/**
 * Shows every reset and step in a window, at the speed of the environment, as Gymnasium's wrapper of this name.
 *
 * <p>{@code reset} and {@code step} draw, and wait where less than 1 / {@link #renderFps} seconds have passed since the
 * last picture. When the user closes the window the environment goes on at full speed.
 */
public final class HumanRendering<O, A> extends Wrapper<O, A> {
    private final PacedScreen screen;

    /**
     * Wraps an environment that draws pictures.
     *
     * @throws IllegalStateException on a machine without a display
     */
    public HumanRendering(Env<O, A> inner) {
        this(inner, windowFor(inner));
    }

    HumanRendering(Env<O, A> inner, PacedScreen screen) {
        super(inner);
        Needs.pictures("HumanRendering", inner);
        this.screen = screen;
    }

    private static PacedScreen windowFor(Env<?, ?> env) {
        Needs.pictures("HumanRendering", env);
        return new PacedScreen(Needs.innermost(env).getClass().getSimpleName());
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
        screen.show(this::renderFrame, renderFps());
    }

    @Override
    public void close() {
        screen.close();
        super.close();
    }
}
