package org.rltune.env.wrapper;

import org.rltune.check.Check;
import org.rltune.env.Env;
import org.rltune.env.StateFields;
import org.rltune.env.StepResult;
import org.rltune.env.Wrapper;

/**
 * Divides rewards by the standard deviation of their discounted sum, as Gymnasium's wrapper of this name.
 *
 * <p>With g the discounted sum: {@code g = g * gamma * (1 - terminated) + reward}, then the running variance v takes g
 * in, and the reward outside is {@code reward / sqrt(v + epsilon)}. As in Gymnasium, g goes on over {@code reset} (only
 * a terminated step clears what came before it), and so do the statistics. An episode therefore depends on those before
 * it: to go on with the same numbers, use a snapshot.
 */
public final class NormalizeReward<O, A> extends Wrapper<O, A> {
    /** Gymnasium's discount. */
    public static final double DEFAULT_GAMMA = 0.99;
    /** Gymnasium's number under the root. */
    public static final double DEFAULT_EPSILON = 1e-8;

    private final double gamma;
    private final double epsilon;
    private final RunningMeanStd moments = RunningMeanStd.float64(1);
    private final double[] discounted = new double[1];
    private boolean updating = true;

    /** Wraps this environment with Gymnasium's discount and epsilon. */
    public NormalizeReward(Env<O, A> inner) {
        this(inner, DEFAULT_GAMMA, DEFAULT_EPSILON);
    }

    /**
     * Wraps this environment.
     *
     * @param gamma the discount, from 0 to 1
     * @param epsilon added to the variance under the root, at least 0
     */
    public NormalizeReward(Env<O, A> inner, double gamma, double epsilon) {
        super(inner);
        this.gamma = Check.inClosed("gamma", gamma, 0, 1);
        this.epsilon = Check.atLeast("epsilon", epsilon, 0.0);
    }

    /** Whether rewards still move the statistics; false for evaluation. */
    public void updateRunningMean(boolean flag) {
        updating = flag;
    }

    /** The variance of the discounted sum so far. */
    public double variance() {
        return moments.variance(0);
    }

    @Override
    public StepResult<O> step(A action) {
        StepResult<O> result = super.step(action);
        double reward = result.reward();
        discounted[0] = discounted[0] * gamma * (result.terminated() ? 0 : 1) + reward;
        if (updating) {
            moments.update(discounted);
        }
        return new StepResult<>(
                result.observation(),
                reward / Math.sqrt(moments.variance(0) + epsilon),
                result.terminated(),
                result.truncated(),
                result.info());
    }

    @Override
    protected void state(StateFields fields) {
        discounted[0] = fields.keep(discounted[0]);
        updating = fields.keep(updating);
        moments.state(fields);
    }
}
