package org.rltune.env.wrapper;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.ResetResult;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Now and then takes the last action again instead of the one given, as Gymnasium's wrapper of this name.
 *
 * <p>The method is that of M. C. Machado et al., "Revisiting the Arcade Learning Environment" (2018), section 5.2, with
 * repeats of more than one step. As in Gymnasium the numbers come from the generator of the environment itself, so they
 * change what it draws later; for an environment that is no {@link org.rltune.env.SeededEnv} the wrapper has a
 * generator of its own with the same seed.
 */
public final class StickyAction<O, A> extends Wrapper<O, A> {
    private final double probability;
    private final int minDuration;
    private final int maxDuration;
    private final EnvRandom random;
    private @Nullable A lastAction;
    private boolean sticky;
    private int repeats;
    private int taken;

    /** Repeats for one step at a time. */
    public StickyAction(Env<O, A> inner, double repeatActionProbability) {
        this(inner, repeatActionProbability, 1, 1);
    }

    /**
     * Wraps this environment.
     *
     * @param repeatActionProbability in [0, 1): that a series of repeats begins with a step
     * @param minDuration least number of steps in a series, at least 1
     * @param maxDuration greatest number of steps in a series; all from the least on are equally likely
     */
    public StickyAction(Env<O, A> inner, double repeatActionProbability, int minDuration, int maxDuration) {
        super(inner);
        this.probability = Check.inClosedOpen("repeatActionProbability", repeatActionProbability, 0, 1);
        this.minDuration = Check.positive("minDuration", minDuration);
        this.maxDuration = Check.atLeast("maxDuration", maxDuration, minDuration);
        this.random = new EnvRandom(this);
    }

    @Override
    public ResetResult<O> reset(@Nullable Long seed, Map<String, Object> options) {
        lastAction = null;
        sticky = false;
        repeats = 0;
        taken = 0;
        random.reset(seed);
        return super.reset(seed, options);
    }

    @Override
    public StepResult<O> step(A action) {
        A last = lastAction;
        A next = action;
        if (last != null && (sticky || random.get().nextDouble() < probability)) {
            if (repeats == 0) {
                repeats = (int) random.get().integers(minDuration, maxDuration + 1L);
            }
            next = last;
            sticky = true;
            taken++;
        } else {
            lastAction = Values.copy(action);
        }
        if (sticky && repeats == taken) {
            sticky = false;
            repeats = 0;
            taken = 0;
        }
        return super.step(next);
    }

    @Override
    protected void state(StateFields fields) {
        lastAction = Values.keep(fields, lastAction);
        sticky = fields.keep(sticky);
        repeats = fields.keep(repeats);
        taken = fields.keep(taken);
        random.state(fields);
    }
}
