package org.rltune.envs.pixels;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.ResetNeededException;
import org.rltune.env.SeededEnv;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.space.ArrayBox;
import org.rltune.space.Discrete;

/**
 * Catch-v0: balls fall aslant, one after the other, and bounce off the walls; a paddle at the bottom catches them.
 *
 * <p>The observation is the image alone. A ball leaves a dim trail, its place one step before, so that a single image tells
 * where it is going. A ball takes {@code size - 1} steps to fall, in which the paddle can come from any place to any other, so
 * that all can be caught. The page {@code docs/envs/catch.md} has the details. The game with balls that fall straight down is
 * that of Mnih et al. 2014 (arXiv:1406.6247).
 */
public final class Catch extends SeededEnv<byte[], Integer> {
    /** Pixels of the paddle on either side of its middle. */
    static final int REACH = 1;

    private static final byte BALL = (byte) 255;
    private static final byte PADDLE = (byte) 192;
    private static final byte TRAIL = 96;

    final int size;
    private final int balls;
    int row;
    int column;
    int drift;
    /** Column of the ball one step before, or -1. */
    int trail;

    int paddle;
    int fallen;
    int caught;
    private boolean begun;

    /** A game on an image of {@code size} by {@code size} pixels. */
    Catch(int size, int balls) {
        super(ArrayBox.uint8(0, 255, size, size, 1), Discrete.of(3));
        this.size = size;
        this.balls = balls;
    }

    @Override
    protected byte[] start(Map<String, Object> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    "Catch has no reset options, but was given " + options.keySet() + ". Leave them out");
        }
        paddle = size / 2;
        fallen = 0;
        caught = 0;
        begun = true;
        drop();
        return image();
    }

    private void drop() {
        row = 0;
        column = random().nextInt(size);
        drift = random().nextInt(3) - 1;
        trail = -1;
    }

    @Override
    public StepResult<byte[]> step(Integer action) {
        if (!begun || fallen == balls) {
            throw new ResetNeededException(
                    "Catch: " + (begun ? "the last ball has fallen" : "no ball has fallen yet") + ". Call reset(seed)");
        }
        if (!actionSpace().contains(action)) {
            throw new IllegalArgumentException(
                    "Catch: the action is " + action + ", but must be 0 (left), 1 (stay) or 2 (right)");
        }
        paddle = Math.min(size - 1 - REACH, Math.max(REACH, paddle + action - 1));
        trail = column;
        if (column + drift < 0 || column + drift >= size) {
            drift = -drift;
        }
        column += drift;
        row++;
        double reward = 0;
        if (row == size - 1) {
            boolean hit = Math.abs(column - paddle) <= REACH;
            reward = hit ? 1 : -1;
            caught += hit ? 1 : 0;
            fallen++;
            if (fallen < balls) {
                drop();
            }
        }
        return new StepResult<>(image(), reward, fallen == balls, false, Map.of("caught", caught));
    }

    private byte[] image() {
        byte[] image = new byte[size * size];
        if (trail >= 0) {
            image[(row - 1) * size + trail] = TRAIL;
        }
        for (int x = paddle - REACH; x <= paddle + REACH; x++) {
            image[(size - 1) * size + x] = PADDLE;
        }
        image[row * size + column] = BALL;
        return image;
    }

    @Override
    protected void state(StateFields fields) {
        row = fields.keep(row);
        column = fields.keep(column);
        drift = fields.keep(drift);
        trail = fields.keep(trail);
        paddle = fields.keep(paddle);
        fallen = fields.keep(fallen);
        caught = fields.keep(caught);
        begun = fields.keep(begun);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY, RenderMode.ANSI);
    }

    @Override
    public int renderFps() {
        return 15;
    }

    @Override
    public BufferedImage renderFrame() {
        requireBegun();
        return CatchPicture.draw(this, image());
    }

    @Override
    public String renderText() {
        requireBegun();
        return CatchPicture.text(this, image());
    }

    private void requireBegun() {
        if (!begun) {
            throw new ResetNeededException("Catch: nothing to show before the first reset. Call reset(seed)");
        }
    }
}
