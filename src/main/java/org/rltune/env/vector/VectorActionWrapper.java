package org.rltune.env.vector;

import java.util.Arrays;
import java.util.List;
import org.rltune.env.AutoresetMode;
import org.rltune.env.EpisodeState;
import org.rltune.env.FlatActions;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.space.Space;

/** A vector environment around another one with other actions, as Gymnasium's {@code VectorActionWrapper}. */
public abstract class VectorActionWrapper extends VectorWrapper {
    private final FlatActions outside;
    private final float[] inside;
    private final boolean[] rows; // the others are reset by the next step, which ignores their actions

    /**
     * Wraps these environments.
     *
     * @param actionSpace the space of an action outside
     * @throws IllegalArgumentException for a space without a flat form
     */
    protected VectorActionWrapper(VectorEnv inner, Space<?> actionSpace) {
        super(inner);
        try {
            this.outside = FlatActions.of(actionSpace);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
        this.inside = new float[inner.numEnvs() * inner.actionSize()];
        this.rows = new boolean[inner.numEnvs()];
        Arrays.fill(rows, true);
    }

    /**
     * Makes actions inside from those outside; called once for each step.
     *
     * @param from actions outside, (numEnvs, actionSize), valid where they are used; they stay as they are
     * @param into receives those inside, (numEnvs, actionSize of the inner one)
     * @param rows which environments use their action; the others are reset by this step
     */
    protected abstract void actions(float[] from, float[] into, boolean[] rows);

    @Override
    public final Space<?> actionSpace() {
        return outside.space();
    }

    @Override
    public final int actionSize() {
        return outside.size();
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        for (int e = 0; e < rows.length; e++) {
            rows[e] |= request.chooses(e);
        }
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        super.restart(episode, observation);
        Arrays.fill(rows, true);
    }

    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        super.restore(states, observation);
        Arrays.fill(rows, true);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        requireLength("action", action.length, numEnvs() * outside.size());
        for (int e = 0; e < rows.length; e++) {
            String wrong = rows[e] ? outside.wrong(action, e * outside.size()) : null;
            if (wrong != null) {
                throw new IllegalArgumentException(getClass().getSimpleName() + " (vector index " + e + "): " + wrong);
            }
        }
        actions(action, inside, rows);
        inner().step(inside, out);
        for (int e = 0; e < rows.length; e++) {
            rows[e] = autoresetMode() != AutoresetMode.NEXT_STEP || !out.ended(e);
        }
    }
}
