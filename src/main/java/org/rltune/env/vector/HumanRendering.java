package org.rltune.env.vector;

import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.render.PacedScreen;

/**
 * Shows all environments side by side in a window, at their speed, as Gymnasium's vector wrapper of this name.
 *
 * <p>{@code reset} and {@code step} draw, and wait where less than 1 / {@link #renderFps} seconds have passed since the
 * last picture. When the user closes the window the environments go on at full speed.
 */
public final class HumanRendering extends VectorWrapper {
    private final PacedScreen screen;
    private final int screenWidth; // 0 for that of one environment
    private final int screenHeight;
    private @Nullable Tiles tiles; // made with the first picture

    /**
     * Wraps environments that draw pictures; the window has the size of one of them.
     *
     * @throws IllegalStateException on a machine without a display
     */
    public HumanRendering(VectorEnv inner) {
        this(inner, 0, 0, windowFor(inner));
    }

    /**
     * Wraps environments that draw pictures.
     *
     * @param screenWidth of the window in pixels, at least 1
     * @param screenHeight of the window in pixels, at least 1
     * @throws IllegalStateException on a machine without a display
     */
    public HumanRendering(VectorEnv inner, int screenWidth, int screenHeight) {
        this(
                inner,
                Check.positive("screenWidth", screenWidth),
                Check.positive("screenHeight", screenHeight),
                windowFor(inner));
    }

    HumanRendering(VectorEnv inner, int screenWidth, int screenHeight, PacedScreen screen) {
        super(inner);
        Tiles.requirePictures("HumanRendering", inner);
        this.screenWidth = screenWidth;
        this.screenHeight = screenHeight;
        this.screen = screen;
    }

    private static PacedScreen windowFor(VectorEnv envs) {
        Tiles.requirePictures("HumanRendering", envs);
        return new PacedScreen(envs.toString());
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        screen.show(this::picture, renderFps());
    }

    @Override
    public void step(float[] action, VectorStep out) {
        super.step(action, out);
        screen.show(this::picture, renderFps());
    }

    private BufferedImage picture() {
        Tiles now = tiles;
        if (now == null) {
            BufferedImage first = renderFrame(0);
            int width = first.getWidth();
            int height = first.getHeight();
            boolean given = screenWidth > 0;
            now = Tiles.within(numEnvs(), width, height, given ? screenWidth : width, given ? screenHeight : height);
            tiles = now;
        }
        return now.draw(this, numEnvs());
    }

    @Override
    public void close() {
        screen.close();
        super.close();
    }
}
