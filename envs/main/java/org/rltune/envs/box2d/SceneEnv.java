package org.rltune.envs.box2d;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.env.RenderMode;
import org.rltune.env.ResetNeededException;
import org.rltune.env.SeededEnv;
import org.rltune.space.Space;

/**
 * An environment that plays each episode in a new world.
 *
 * @param <S> the world with what the environment keeps about it
 */
abstract class SceneEnv<S extends SceneEnv.Scene, O, A> extends SeededEnv<O, A> {
    private static final int FRAMES_PER_SECOND = 50;

    private @Nullable S scene;

    SceneEnv(Space<O> observationSpace, Space<A> actionSpace) {
        super(observationSpace, actionSpace);
    }

    /** What an episode takes place in. */
    interface Scene {
        /** The Box2D world, which the environment gives back. */
        OrderedWorld world();
    }

    /** Builds the world of the next episode, drawing from {@link #random}. */
    abstract S build();

    /** The first observation in a world just built. */
    abstract O first(S scene);

    /** Draws the world; must not change it. */
    abstract BufferedImage draw(S scene);

    /** Takes the options of a reset; refuses all unless overridden. */
    void configure(Map<String, Object> options) {
        for (String key : options.keySet()) {
            throw new IllegalArgumentException("Unknown reset option '" + key + "'. "
                    + getClass().getSimpleName() + " has none; its settings belong into the env config.");
        }
    }

    @Override
    protected final O start(Map<String, Object> options) {
        configure(options);
        close();
        S built = build();
        scene = built;
        return first(built);
    }

    /** The world of this episode. */
    final S scene() {
        S current = scene;
        if (current == null) {
            throw new ResetNeededException(getClass().getSimpleName()
                    + " has no world before a reset and after close(). Call reset(seed) first.");
        }
        return current;
    }

    @Override
    public final void close() {
        S current = scene;
        scene = null;
        if (current != null) {
            current.world().dispose();
        }
    }

    @Override
    public final Set<RenderMode> renderModes() {
        return Set.of(RenderMode.RGB_ARRAY);
    }

    @Override
    public final int renderFps() {
        return FRAMES_PER_SECOND;
    }

    @Override
    public final BufferedImage renderFrame() {
        return draw(scene());
    }
}
