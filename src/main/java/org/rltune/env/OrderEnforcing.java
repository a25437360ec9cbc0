package org.rltune.env;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a step or a picture before the first reset, as Gymnasium's wrapper of this name, and a step after the end of
 * an episode.
 *
 * <p>It stands outside the time limit, so that a truncated episode counts as ended.
 */
public final class OrderEnforcing<O, A> extends Wrapper<O, A> {
    private final String id;
    private final @Nullable EnvSpec spec;
    private boolean begun;
    private boolean running;

    /** Guards an environment that messages call by this id. */
    public OrderEnforcing(Env<O, A> inner, String id) {
        super(inner);
        this.id = id;
        this.spec = null;
    }

    /** Guards an environment that was made from this spec. */
    OrderEnforcing(Env<O, A> inner, EnvSpec spec) {
        super(inner);
        this.id = spec.id();
        this.spec = spec;
    }

    @Override
    public Optional<EnvSpec> spec() {
        return spec == null ? super.spec() : Optional.of(spec);
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        running = false;
        ResetResult<O> result = super.reset(seed, options);
        if (result == null) {
            throw new EnvException(id + ": reset returned null; it must return a ResetResult", null);
        }
        begun = true;
        running = true;
        return result;
    }

    @Override
    public StepResult<O> step(A action) {
        if (!running) {
            throw new ResetNeededException(
                    begun
                            ? id + ": step after the end of the episode. Call reset() to begin the next one"
                            : id + ": step before the first reset. Call reset(seed) to begin an episode");
        }
        StepResult<O> result = super.step(action);
        if (result == null) {
            throw new EnvException(id + ": step returned null; it must return a StepResult", null);
        }
        running = !result.ended();
        return result;
    }

    @Override
    public BufferedImage renderFrame() {
        requireBegun();
        return super.renderFrame();
    }

    @Override
    public String renderText() {
        requireBegun();
        return super.renderText();
    }

    private void requireBegun() {
        if (!begun) {
            throw new ResetNeededException(id + ": nothing to show yet. Call reset(seed) to begin an episode");
        }
    }

    @Override
    protected void state(StateFields fields) {
        begun = fields.keep(begun);
        running = fields.keep(running);
    }
}
