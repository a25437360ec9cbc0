package org.rltune.env.vector;

import java.util.Arrays;
import java.util.List;
import org.rltune.env.AutoresetMode;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;

/**
 * A vector environment around another one with other rewards, as Gymnasium's {@code VectorRewardWrapper}. {@link
 * VectorStep#episodeReturn} is the sum of the rewards outside.
 *
 * <p>As in Gymnasium, the reward 0 of a step that only resets an environment (in mode NEXT_STEP) is transformed, too; it
 * counts for no episode.
 */
public abstract class VectorRewardWrapper extends VectorWrapper {
    private final double[] episodeReturn; // so far
    private final boolean[] resets; // with the next step

    /** Wraps these environments. */
    protected VectorRewardWrapper(VectorEnv inner) {
        super(inner);
        episodeReturn = new double[inner.numEnvs()];
        resets = new boolean[inner.numEnvs()];
    }

    /** Makes the rewards outside in {@code out.reward}, in place of those inside; called once for each step. */
    protected abstract void rewards(VectorStep out);

    /** While {@link #rewards} is called: whether the step only reset environment {@code e}. */
    protected final boolean onlyReset(int e) {
        return resets[e];
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        for (int e = 0; e < resets.length; e++) {
            if (request.chooses(e)) {
                begin(e);
            }
        }
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        super.restart(episode, observation);
        Arrays.fill(episodeReturn, 0);
        Arrays.fill(resets, false);
    }

    @Override
    public void step(float[] action, VectorStep out) {
        super.step(action, out);
        rewards(out);
        for (int e = 0; e < resets.length; e++) {
            double reward = out.reward[e];
            if (!(Math.abs(reward) <= Double.MAX_VALUE)) {
                throw new EnvException(
                        getClass().getSimpleName() + " (vector index " + e + ") made the reward " + reward
                                + "; it must be a finite number. Correct the transformation",
                        null);
            }
            if (resets[e]) {
                begin(e);
                continue;
            }
            episodeReturn[e] += reward;
            if (out.ended(e)) {
                out.episodeReturn[e] = episodeReturn[e];
                begin(e);
                resets[e] = autoresetMode() == AutoresetMode.NEXT_STEP;
            }
        }
    }

    private void begin(int e) {
        episodeReturn[e] = 0;
        resets[e] = false;
    }

    /** Not possible: the sum of the rewards so far is no part of an {@link EpisodeState}. */
    @Override
    public List<EpisodeState> save() {
        throw stateful("save", "the sums of the rewards outside");
    }

    /** Not possible, see {@link #save}. */
    @Override
    public void restore(List<EpisodeState> states, float[] observation) {
        throw stateful("restore", "the sums of the rewards outside");
    }
}
