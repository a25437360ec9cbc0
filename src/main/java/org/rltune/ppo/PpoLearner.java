package org.rltune.ppo;

import java.util.Arrays;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.Scratch;
import org.rltune.nn.Workspace;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/**
 * Improves an actor-critic on a batch of experience: passes, minibatches, the loss and its gradient, the Adam step.
 *
 * <p>The loss of a minibatch, to be minimised, is the mean over its samples of
 *
 * <pre>
 *   ratio = exp(logProb - oldLogProb)
 *   loss  = - min(ratio * adv, clip(ratio, 1 - clip_param, 1 + clip_param) * adv)       Schulman et al. 2017, eq. 7
 *           + vf_loss_coeff * valueLoss
 *           - entropy_coeff * entropy
 *           + kl_coeff * KL(old || new)                                                 eq. 8
 *   valueLoss = (value - target)^2, or with vf_clip_param c > 0, as OpenAI baselines:
 *               max((value - target)^2, (oldValue + clip(value - oldValue, -c, c) - target)^2)
 * </pre>
 *
 * <p>Advantages are normalised in each minibatch (mean 0, deviation 1, as Stable-Baselines3 does), samples are shuffled
 * one by one in every pass, and a short last minibatch is trained like the others. A minibatch is worked through in
 * chunks of {@value #CHUNK} rows that stay in the cache; sums run over rows in their order, so the chunk size does not
 * change a bit.
 */
public final class PpoLearner {
    private static final int CHUNK = 64;
    /** Added to the deviation of advantages, as in Stable-Baselines3. */
    private static final double ADVANTAGE_EPSILON = 1e-8;

    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final Adam adam;
    private final Kernels kernels = Kernels.best();
    private final Workspace workspace;
    private final Scratch scratch;

    // One chunk of samples, gathered in shuffled order; columns with stride CHUNK, but for the observations.
    private final float[] observation;
    private final float[] action;
    private final float[] oldInputs;
    private final float[] oldLogProb = new float[CHUNK];
    private final float[] advantage = new float[CHUNK];
    private final float[] oldValue = new float[CHUNK];
    private final float[] target = new float[CHUNK];

    private final float[] logProb = new float[CHUNK];
    private final float[] entropy = new float[CHUNK];
    private final float[] logRatio = new float[CHUNK];
    private final float[] ratio = new float[CHUNK];
    private final float[] surrogate = new float[CHUNK];
    private final float[] clipped = new float[CHUNK];
    private final float[] dLogProb = new float[CHUNK];
    private final float[] kl = new float[CHUNK];
    private final float[] error = new float[CHUNK];
    private final float[] change = new float[CHUNK];
    private final float[] temporary = new float[CHUNK];
    private final float[] zero = new float[CHUNK];
    private int[] order = {};

    /** What the loss and the steps are made with; read from a {@link PpoConfig} once an iteration. */
    record Settings(
            double lr,
            int sgdMinibatchSize,
            int numSgdIter,
            double clipParam,
            double vfClipParam,
            double vfLossCoeff,
            double entropyCoeff,
            double klCoeff,
            double targetKl,
            double gradClip,
            boolean normalizeAdvantage) {}

    /** Makes a learner for a network; the optimiser is its own. */
    PpoLearner(ActorCritic network, ActionDistribution distribution, Adam adam) {
        this.network = network;
        this.distribution = distribution;
        this.adam = adam;
        this.workspace = network.workspace(CHUNK);
        this.scratch = distribution.scratch(CHUNK);
        this.observation = new float[CHUNK * network.observationSize()];
        this.action = new float[CHUNK * distribution.actionSize()];
        this.oldInputs = new float[CHUNK * distribution.inputs()];
    }

    /**
     * Trains on a batch whose advantages are computed.
     *
     * @param shuffle the order of samples, drawn anew for every pass
     * @return means over the samples of the last pass that was begun
     * @throws ArithmeticException if the gradient is not finite: training diverged
     */
    LearnerStats update(RolloutBatch batch, Settings settings, Pcg64 shuffle) {
        int rows = batch.rows();
        order = order.length == rows ? order : new int[rows];
        Arrays.setAll(order, i -> i);
        LearnerStats stats = new LearnerStats();
        for (int pass = 0; pass < settings.numSgdIter; pass++) {
            shuffle(shuffle);
            stats.beginPass();
            for (int from = 0; from < rows; from += settings.sgdMinibatchSize) {
                int to = Math.min(rows, from + settings.sgdMinibatchSize);
                lossGradient(batch, settings, from, to, stats);
                // As Stable-Baselines3: the step that would go on from too large a change is not taken.
                if (settings.targetKl > 0 && stats.minibatchApproxKl() > 1.5 * settings.targetKl) {
                    stats.endMinibatch(norm());
                    stats.stopEarly();
                    return stats;
                }
                stats.endMinibatch(step(settings));
            }
        }
        return stats;
    }

    private void shuffle(Pcg64 random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private double step(Settings settings) {
        double maxNorm = settings.gradClip > 0 ? settings.gradClip : Double.POSITIVE_INFINITY;
        return adam.step(network.parameters(), workspace.gradient, settings.lr, maxNorm);
    }

    private double norm() {
        return Math.sqrt(kernels.sumOfSquares(workspace.gradient.length, workspace.gradient, 0));
    }

    /** Computes the gradient of the loss over samples {@code order[from, to)} into the workspace. */
    void lossGradient(RolloutBatch batch, Settings settings, int from, int to, LearnerStats stats) {
        Arrays.fill(workspace.gradient, 0f);
        stats.beginMinibatch();
        double mean = 0;
        double scale = 1;
        if (settings.normalizeAdvantage && to - from > 1) {
            mean = meanAdvantage(batch, from, to);
            scale = 1 / (deviation(batch, from, to, mean) + ADVANTAGE_EPSILON);
        }
        for (int start = from; start < to; start += CHUNK) {
            int rows = Math.min(CHUNK, to - start);
            gather(batch, start, rows, mean, scale);
            network.forward(workspace, observation, 0, rows);
            policyLoss(settings, rows, to - from, stats);
            valueLoss(settings, rows, to - from, stats);
            network.backward(workspace, observation, 0, rows);
            stats.addRows(rows);
        }
    }

    /** The clipped surrogate, the entropy bonus and the KL penalty: fills the workspace's policy gradient. */
    private void policyLoss(Settings settings, int n, int samples, LearnerStats stats) {
        Kernels k = kernels;
        distribution.evaluate(k, scratch, workspace.policy, CHUNK, n, action, logProb, entropy);
        k.subtract(n, logProb, 0, oldLogProb, 0, logRatio, 0);
        k.exp(n, logRatio, 0, ratio, 0);
        k.multiply(n, ratio, 0, advantage, 0, surrogate, 0);
        float low = (float) (1 - settings.clipParam);
        float high = (float) (1 + settings.clipParam);
        k.clamp(n, low, high, ratio, 0, temporary, 0);
        k.multiply(n, temporary, 0, advantage, 0, clipped, 0);
        // d/dlogProb of -min(surrogate, clipped): -surrogate where it is the smaller, 0 where the clip is in force.
        k.scale(n, -1f / samples, surrogate, 0, dLogProb, 0);
        k.selectLess(n, clipped, 0, surrogate, 0, zero, 0, dLogProb, 0, dLogProb, 0);
        k.min(n, surrogate, 0, clipped, 0, clipped, 0);

        float klScale = (float) (settings.klCoeff / samples);
        if (settings.klCoeff > 0) {
            distribution.kl(k, scratch, oldInputs, workspace.policy, CHUNK, n, kl);
            stats.kl += k.sum(n, kl, 0);
        }
        distribution.gradient(
                k,
                scratch,
                workspace.policy,
                CHUNK,
                n,
                action,
                dLogProb,
                (float) (-settings.entropyCoeff / samples),
                oldInputs,
                klScale,
                workspace.policyGradient);

        stats.policyLoss -= k.sum(n, clipped, 0);
        stats.entropy += k.sum(n, entropy, 0);
        // Schulman's low-variance estimate of KL(old || new): (ratio - 1) - log ratio.
        k.affine(n, 1f, -1f, ratio, 0, temporary, 0);
        k.subtract(n, temporary, 0, logRatio, 0, temporary, 0);
        stats.addApproxKl(k.sum(n, temporary, 0));
        for (int i = 0; i < n; i++) {
            stats.clipCount += ratio[i] < low || ratio[i] > high ? 1 : 0;
        }
    }

    /** The squared value error: fills the workspace's value gradient. */
    private void valueLoss(Settings settings, int n, int samples, LearnerStats stats) {
        Kernels k = kernels;
        float[] gradient = workspace.valueGradient;
        k.subtract(n, workspace.value, 0, target, 0, error, 0);
        k.multiply(n, error, 0, error, 0, temporary, 0);
        k.scale(n, (float) (2 * settings.vfLossCoeff / samples), error, 0, gradient, 0);
        if (settings.vfClipParam > 0) {
            float c = (float) settings.vfClipParam;
            // near = error + (clip(d) - d) with d = value - oldValue: exactly the error where the clip is not in force.
            k.subtract(n, workspace.value, 0, oldValue, 0, change, 0);
            k.clamp(n, -c, c, change, 0, clipped, 0);
            k.subtract(n, clipped, 0, change, 0, clipped, 0);
            k.add(n, error, 0, clipped, 0, error, 0);
            k.multiply(n, error, 0, error, 0, error, 0);
            // Where the clipped error is the larger one, the value lies outside the clip: no gradient.
            k.selectLess(n, temporary, 0, error, 0, zero, 0, gradient, 0, gradient, 0);
            k.max(n, temporary, 0, error, 0, temporary, 0);
        }
        stats.vfLoss += k.sum(n, temporary, 0);
    }

    private double meanAdvantage(RolloutBatch batch, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += batch.advantage[order[i]];
        }
        return sum / (to - from);
    }

    /** The sample deviation (n - 1), as torch.std. */
    private double deviation(RolloutBatch batch, int from, int to, double mean) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            double difference = batch.advantage[order[i]] - mean;
            squares += difference * difference;
        }
        return Math.sqrt(squares / (to - from - 1));
    }

    private void gather(RolloutBatch batch, int start, int rows, double mean, double scale) {
        int observationSize = batch.observationSize();
        int actionSize = batch.actionSize();
        int inputs = batch.policyInputs();
        for (int i = 0; i < rows; i++) {
            int row = order[start + i];
            System.arraycopy(
                    batch.observation, row * observationSize, observation, i * observationSize, observationSize);
            for (int j = 0; j < actionSize; j++) {
                action[j * CHUNK + i] = batch.action[row * actionSize + j];
            }
            for (int j = 0; j < inputs; j++) {
                oldInputs[j * CHUNK + i] = batch.policyInput[row * inputs + j];
            }
            oldLogProb[i] = batch.logProb[row];
            advantage[i] = (float) ((batch.advantage[row] - mean) * scale);
            oldValue[i] = batch.value[row];
            target[i] = batch.valueTarget[row];
        }
    }

    /** Returns the gradient of the last minibatch, laid out as the parameters. */
    float[] gradient() {
        return workspace.gradient;
    }

    /** Puts the samples in the order of rows, for tests of the loss on a whole batch. */
    void orderByRow(int rows) {
        order = new int[rows];
        Arrays.setAll(order, i -> i);
    }
}
