package org.rltune.envs;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import org.rltune.env.RenderMode;
import org.rltune.env.ResetNeededException;
import org.rltune.env.SeededEnv;
import org.rltune.env.StateFields;
import org.rltune.env.render.Canvas;
import org.rltune.space.Space;

/** An environment that can be drawn, from its first reset on, and that has snapshots. */
abstract class DrawnEnv<O, A> extends SeededEnv<O, A> {
    private final int framesPerSecond;
    private boolean begun;

    DrawnEnv(Space<O> observationSpace, Space<A> actionSpace, int framesPerSecond) {
        super(observationSpace, actionSpace);
        this.framesPerSecond = framesPerSecond;
    }

    /** Sets the state to the beginning of an episode and returns the first observation. */
    abstract O begin(Map<String, Object> options);

    /** Keeps what {@link #step} reads and changes, and what {@link #draw} shows. */
    abstract void keep(StateFields fields);

    /** Draws the state; must not change it. */
    abstract Canvas draw();

    @Override
    protected final O start(Map<String, Object> options) {
        O first = begin(options);
        begun = true;
        return first;
    }

    @Override
    protected final void state(StateFields fields) {
        begun = fields.keep(begun);
        keep(fields);
    }

    @Override
    public Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY);
    }

    @Override
    public final int renderFps() {
        return framesPerSecond;
    }

    @Override
    public final BufferedImage renderFrame() {
        requireBegun();
        return draw().toImage();
    }

    /** Requires a reset before anything is shown. */
    final void requireBegun() {
        if (!begun) {
            throw new ResetNeededException(
                    getClass().getSimpleName() + ": nothing to show before the first reset. Call reset(seed)");
        }
    }
}
