package org.rltune.rollout;

/**
 * Generalised advantage estimation, Schulman et al. 2016 (arXiv:1506.02438), section 3.
 *
 * <pre>
 *   delta[t]  = reward[t] + gamma * (terminated[t] ? 0 : nextValue[t]) - value[t]
 *   adv[t]    = delta[t] + gamma * lambda * (ended[t] ? 0 : adv[t + 1])
 *   target[t] = adv[t] + value[t]
 * </pre>
 *
 * <p>{@code PpoLearner} trains on both columns. Termination is not truncation: a truncated step is bootstrapped from the value of the observation that was reached
 * before the reset, a terminated one from nothing; over neither flows an advantage of the next episode. The last row of
 * an environment is bootstrapped from the value of the observation that comes after it.
 */
public final class Gae {
    private Gae() {}

    /**
     * Fills {@code advantage} and {@code valueTarget} of the batch.
     *
     * @param gamma discount, in [0, 1]
     * @param lambda weight of longer estimates, in [0, 1]; 0 is one-step, 1 is Monte Carlo with a baseline
     */
    public static void compute(RolloutBatch batch, double gamma, double lambda) {
        int envs = batch.envs();
        int last = batch.rows() - envs;
        // Sums run in double precision: the recursion is as long as the batch, and it is a thousandth of the work.
        for (int env = 0; env < envs; env++) {
            double advantage = 0;
            for (int row = last + env; row >= 0; row -= envs) {
                advantage = row(batch, row, advantage, gamma, lambda);
            }
        }
    }

    /**
     * As {@link #compute(RolloutBatch, double, double)}, for trajectories of unequal length that are mixed in one batch. Rows
     * are in the order of time, and no advantage flows from one trajectory to another.
     *
     * @param slot the trajectory of each row, from 0
     * @param slots how many trajectories there are
     */
    public static void compute(RolloutBatch batch, int[] slot, int slots, double gamma, double lambda) {
        double[] advantage = new double[slots];
        for (int row = batch.rows() - 1; row >= 0; row--) {
            advantage[slot[row]] = row(batch, row, advantage[slot[row]], gamma, lambda);
        }
    }

    /** Fills a row and returns its advantage, given that of the next row of its trajectory. */
    private static double row(RolloutBatch batch, int row, double nextAdvantage, double gamma, double lambda) {
        double next = batch.terminated[row] ? 0 : batch.nextValue[row];
        double delta = batch.reward[row] + gamma * next - batch.value[row];
        double advantage = delta + (batch.ended[row] ? 0 : gamma * lambda * nextAdvantage);
        batch.advantage[row] = (float) advantage;
        batch.valueTarget[row] = (float) (advantage + batch.value[row]);
        return advantage;
    }
}
