package org.rltune.env.vector;

import java.util.Arrays;
import org.rltune.check.Check;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorReset;
import org.rltune.env.VectorStep;
import org.rltune.env.wrapper.RunningMeanStd;

/**
 * Divides rewards by the standard deviation of their discounted sums, as Gymnasium's vector wrapper of this name. All
 * environments share the statistics.
 *
 * <p>With g the discounted sum of an environment, kept as float32: {@code g = g * gamma * (1 - terminated) + reward}. The
 * sums of all environments that took a step are taken in as one batch, and the rewards outside are {@code reward /
 * sqrt(v + epsilon)}. In mode NEXT_STEP a step that only resets an environment leaves its g as it is. A reset makes g 0;
 * a truncated episode that is followed by another without one does not.
 *
 * <p>Two things differ from Gymnasium: a reset of some environments leaves the g of the others (there all become 0), and
 * in mode SAME_STEP the first step of an episode counts (there it is taken for a reset).
 */
public final class NormalizeReward extends VectorRewardWrapper {
    private final float gamma;
    private final double epsilon;
    private final RunningMeanStd statistics = RunningMeanStd.float64OfFloats(1);
    private final float[] discounted;
    private final boolean[] rows;
    private boolean updating = true;

    /** Wraps these environments with Gymnasium's discount and epsilon. */
    public NormalizeReward(VectorEnv inner) {
        this(
                inner,
                org.rltune.env.wrapper.NormalizeReward.DEFAULT_GAMMA,
                org.rltune.env.wrapper.NormalizeReward.DEFAULT_EPSILON);
    }

    /**
     * Wraps these environments.
     *
     * @param gamma the discount, from 0 to 1
     * @param epsilon added to the variance under the root, at least 0
     */
    public NormalizeReward(VectorEnv inner, double gamma, double epsilon) {
        super(inner);
        this.gamma = (float) Check.inClosed("gamma", gamma, 0, 1);
        this.epsilon = Check.atLeast("epsilon", epsilon, 0.0);
        this.discounted = new float[inner.numEnvs()];
        this.rows = new boolean[inner.numEnvs()];
    }

    /** Whether rewards still move the statistics; false for evaluation. */
    public void updateRunningMean(boolean flag) {
        updating = flag;
    }

    /** The variance of the discounted sums so far. */
    public double variance() {
        return statistics.variance(0);
    }

    @Override
    public void reset(VectorReset request, VectorStep out) {
        super.reset(request, out);
        for (int e = 0; e < rows.length; e++) {
            discounted[e] = request.chooses(e) ? 0 : discounted[e];
        }
    }

    @Override
    public void restart(long[] episode, float[] observation) {
        super.restart(episode, observation);
        Arrays.fill(discounted, 0);
    }

    @Override
    protected void rewards(VectorStep out) {
        for (int e = 0; e < rows.length; e++) {
            rows[e] = !onlyReset(e);
            if (rows[e]) {
                // NumPy multiplies in float32, adds in float64, and keeps a float32.
                double before = out.terminated[e] ? 0 : discounted[e] * gamma;
                discounted[e] = (float) (before + out.reward[e]);
            }
        }
        if (updating) {
            statistics.update(discounted, rows);
        }
        double deviation = Math.sqrt(statistics.variance(0) + epsilon);
        for (int e = 0; e < rows.length; e++) {
            out.reward[e] /= deviation;
        }
    }
}
