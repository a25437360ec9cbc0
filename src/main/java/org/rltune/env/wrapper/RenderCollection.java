package org.rltune.env.wrapper;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Keeps the picture after every reset and step, as Gymnasium's wrapper of this name; {@link #frames} gives them. A
 * snapshot holds none: a restore forgets those of the time before it.
 */
public final class RenderCollection<O, A> extends Wrapper<O, A> {
    private final boolean popFrames;
    private final boolean resetClean;
    private List<BufferedImage> frames = new ArrayList<>();

    /** Keeps the pictures of one episode until they are asked for: Gymnasium's default. */
    public RenderCollection(Env<O, A> inner) {
        this(inner, true, true);
    }

    /**
     * Wraps an environment that draws pictures.
     *
     * @param popFrames whether asking for the pictures forgets them
     * @param resetClean whether a reset forgets those of the episodes before
     */
    public RenderCollection(Env<O, A> inner, boolean popFrames, boolean resetClean) {
        super(inner);
        Needs.pictures("RenderCollection", inner);
        this.popFrames = popFrames;
        this.resetClean = resetClean;
    }

    /** The pictures so far, the oldest first. */
    public List<BufferedImage> frames() {
        List<BufferedImage> now = Collections.unmodifiableList(new ArrayList<>(frames));
        if (popFrames) {
            frames = new ArrayList<>();
        }
        return now;
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        ResetResult<O> result = super.reset(seed, options);
        if (resetClean) {
            frames = new ArrayList<>();
        }
        frames.add(renderFrame());
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        frames.add(renderFrame());
        return result;
    }

    @Override
    protected void state(StateFields fields) {
        if (fields.restoring()) {
            frames = new ArrayList<>();
        }
    }
}
