package org.rltune.rollout;

import java.util.Arrays;
import org.rltune.policy.RunningMoments;

/**
 * Divides rewards by the running deviation of the discounted return, as Stable-Baselines3's {@code VecNormalize} does
 * ({@code norm_reward}); the mean is left alone.
 *
 * <pre>
 *   R[e]   = gamma * R[e] + reward[e], 0 after an episode's end
 *   scaled = clip(reward / sqrt(variance of all R so far + 1e-8), -clip_reward, clip_reward)
 * </pre>
 *
 * <p>Each rollout worker has one of its own that goes on learning while it collects, and hears of the others after each
 * iteration, in the order of workers, as an observation filter does.
 */
public final class RewardScaling {
    private static final double EPSILON = 1e-8;

    private final double clip;
    private final RunningMoments total = new RunningMoments(1);
    private final RunningMoments latest = new RunningMoments(1);
    private final double[] returns;
    private double gamma = 1;
    private double scale = 1;

    /**
     * Makes one that has seen nothing.
     *
     * @param envs number of environments
     * @param clip greatest magnitude of a scaled reward; 0 for none
     */
    public RewardScaling(int envs, double clip) {
        this.returns = new double[envs];
        this.clip = clip;
    }

    /** Sets the discount of the returns from now on. */
    public void gamma(double discount) {
        gamma = discount;
    }

    /** Takes in the reward of environment {@code e}; call it for all of them, then {@link #refresh}. */
    void observe(int e, double reward, boolean ended) {
        double discounted = Math.fma(gamma, returns[e], reward);
        total.add(discounted);
        latest.add(discounted);
        returns[e] = ended ? 0 : discounted;
    }

    /** Makes what was taken in count. */
    void refresh() {
        scale = 1 / Math.sqrt(total.variance(0) + EPSILON);
    }

    /** Returns the scaled reward. */
    float scaled(double reward) {
        double limit = clip > 0 ? clip : Float.MAX_VALUE;
        return (float) Math.max(-limit, Math.min(limit, reward * scale));
    }

    /** Takes over the moments that another one knows. */
    public void take(RewardScaling other) {
        takeMoments(other.total);
    }

    /** Takes over moments. */
    public void takeMoments(RunningMoments moments) {
        total.set(moments);
        latest.clear();
        refresh();
    }

    /** Returns the moments of all returns that this one has seen or heard of. */
    public RunningMoments total() {
        return total;
    }

    /** Returns the moments of the returns that it has seen since it took over others. */
    public RunningMoments latest() {
        return latest;
    }

    /** Forgets the returns of the running episodes. */
    public void restart() {
        Arrays.fill(returns, 0);
    }

    /** Returns the discounted returns of the running episodes, live. */
    public double[] returns() {
        return returns;
    }
}
