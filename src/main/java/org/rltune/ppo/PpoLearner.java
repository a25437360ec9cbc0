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
 * one by one in every pass, and a short last minibatch is trained like the others. For a network with memory whole
 * sequences are shuffled and laid one after the other; where a minibatch, or a call of the network, cuts one, the rest
 * begins with the state that was stored with its first sample.
 *
 * <p>A minibatch is cut into at most {@value #MAX_SHARDS} shards whose borders depend on its size alone. Each shard sums
 * up a gradient of its own, in chunks of {@link ActorCritic#rowsPerCall} rows, and these are added in the order of
 * shards. So the shards may be worked on by any number of threads, and no bit depends on it.
 */
public final class PpoLearner {
    /** Rows of a chunk at least, however small a minibatch is, so that lanes are seldom made anew. */
    private static final int SMALLEST_CHUNK = 64;

    private static final int MAX_SHARDS = 8;
    /** Parameters times rows of a shard from which on a helper is worth its while, some 50 us of work. */
    private static final long WORTH_HELP = 2_000_000;
    /** Updates without helpers after they had to be waited for, at most. */
    private static final int LONGEST_ALONE = 64;
    /** Added to the deviation of advantages, as in Stable-Baselines3. */
    private static final double ADVANTAGE_EPSILON = 1e-8;

    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final Adam adam;
    private final Kernels kernels = Kernels.best();
    private final LossSums[] sums = new LossSums[MAX_SHARDS];
    private final LossSums total = new LossSums();
    /** The gradient of each shard, that of the minibatch in the first; a single thread needs only two of them. */
    private final float[][] gradients = new float[MAX_SHARDS][];

    private Lane[] lanes;
    private SampleRecords samples = new SampleRecords(false);
    private final SampleOrder sampleOrder;
    private int[] order = {};
    private int alone; // updates to go without helpers
    private int nextAlone = 1;
    private final Minibatch minibatch = new Minibatch();

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

    /** Samples {@code order[from, to)}; one object serves for all of them. */
    private static final class Minibatch {
        /** Rows of one call of the network at most. */
        int chunk;

        int from;
        int to;
        /** Advantages are trained on as {@code (advantage - mean) * scale}. */
        double mean;

        double scale;
        /** Whether the loss itself is asked for, not only its gradient. */
        boolean report;
        /** Counts minibatches: the parameters stay as they are during one, and nobody knows whether longer. */
        long number;

        int rows() {
            return to - from;
        }

        /**
         * Rows of every shard but the last: whole chunks. To write and add the gradient of a wide network takes as long as
         * ten rows, so a shard has four chunks if that leaves two shards.
         */
        int shardRows() {
            int chunks = (rows() + chunk - 1) / chunk;
            int least = chunks < 4 ? 1 : chunks < 8 ? 2 : 4;
            return Math.max(least, (chunks + MAX_SHARDS - 1) / MAX_SHARDS) * chunk;
        }

        int shards() {
            return (rows() + shardRows() - 1) / shardRows();
        }
    }

    /** Makes a learner for a network; the optimiser is its own. */
    PpoLearner(ActorCritic network, ActionDistribution distribution, Adam adam) {
        this.network = network;
        this.distribution = distribution;
        this.adam = adam;
        this.sampleOrder = new SampleOrder(network.stateSize() > 0);
        this.lanes = new Lane[0];
        Arrays.setAll(sums, i -> new LossSums());
        gradients[0] = new float[network.parameters().length];
    }

    /**
     * Trains on a batch whose advantages are computed. Idle threads of the pool that this runs in help.
     *
     * @param shuffle the order of samples, drawn anew for every pass
     * @return means over the samples of the last pass that was begun
     * @throws ArithmeticException if the gradient is not finite: training diverged
     */
    LearnerStats update(RolloutBatch batch, Settings settings, Pcg64 shuffle) {
        int rows = batch.rows();
        read(batch, settings);
        order = sampleOrder.rows();
        LearnerStats stats = new LearnerStats();
        fit(settings.sgdMinibatchSize);
        minibatch.from = 0;
        minibatch.to = Math.min(rows, settings.sgdMinibatchSize);
        try (Team team = team(threads(), settings)) {
            for (int pass = 0; pass < settings.numSgdIter; pass++) {
                sampleOrder.shuffle(batch, shuffle);
                stats.beginPass();
                // Only the last pass is reported on; where a pass may turn out to be the last one, every pass.
                minibatch.report = settings.targetKl > 0 || pass == settings.numSgdIter - 1;
                for (int from = 0; from < rows; from += settings.sgdMinibatchSize) {
                    begin(settings, from, Math.min(rows, from + settings.sgdMinibatchSize));
                    lossGradient(team, settings);
                    stats.add(total);
                    // As Stable-Baselines3: the step that would go on from too large a change is not taken.
                    if (settings.targetKl > 0 && stats.minibatchApproxKl() > 1.5 * settings.targetKl) {
                        stats.endMinibatch(norm());
                        stats.stopEarly();
                        return stats;
                    }
                    stats.endMinibatch(step(settings));
                }
            }
            // A busy machine may become idle again: try after 1, 2, 4, ... updates.
            if (team.gaveUp()) {
                alone = nextAlone;
                nextAlone = Math.min(LONGEST_ALONE, 2 * nextAlone);
            } else if (team.lanes() > 1) {
                nextAlone = 1;
            } else if (alone > 0) {
                alone--;
            }
        }
        return stats;
    }

    private int threads() {
        long work = (long) gradient().length * Math.min(minibatch.rows(), minibatch.shardRows());
        return alone > 0 || work < WORTH_HELP ? 1 : Math.min(minibatch.shards(), Team.threads());
    }

    private void read(RolloutBatch batch, Settings settings) {
        boolean withInputs = settings.klCoeff > 0;
        if (samples.withInputs() != withInputs) {
            samples = new SampleRecords(withInputs);
        }
        samples.fill(batch);
        sampleOrder.take(batch);
    }

    /** Chooses the chunk for minibatches of at most so many rows. */
    private void fit(int rows) {
        int chunk = Math.min(network.rowsPerCall(), Math.max(rows, SMALLEST_CHUNK));
        if (minibatch.chunk != chunk) {
            minibatch.chunk = chunk;
            lanes = new Lane[0];
        }
    }

    private Team team(int threads, Settings settings) {
        while (lanes.length < threads) {
            lanes = Arrays.copyOf(lanes, lanes.length + 1);
            lanes[lanes.length - 1] = new Lane(minibatch.chunk);
        }
        return new Team(threads, (lane, shard) -> lanes[lane].run(settings, shard, gradient(shard)));
    }

    private float[] gradient(int index) {
        float[] gradient = gradients[index];
        if (gradient == null) {
            gradient = new float[network.parameters().length];
            gradients[index] = gradient;
        }
        return gradient;
    }

    private double step(Settings settings) {
        double maxNorm = settings.gradClip > 0 ? settings.gradClip : Double.POSITIVE_INFINITY;
        return adam.step(network.parameters(), gradient(), settings.lr, maxNorm);
    }

    private double norm() {
        return Math.sqrt(kernels.sumOfSquares(gradient().length, gradient(), 0));
    }

    private void begin(Settings settings, int from, int to) {
        minibatch.from = from;
        minibatch.to = to;
        minibatch.mean = 0;
        minibatch.scale = 1;
        minibatch.number++;
        if (settings.normalizeAdvantage && to - from > 1) {
            minibatch.mean = meanAdvantage(from, to);
            minibatch.scale = 1 / (deviation(from, to, minibatch.mean) + ADVANTAGE_EPSILON);
        }
    }

    private double meanAdvantage(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples.advantage(order[i]);
        }
        return sum / (to - from);
    }

    /** The sample deviation (n - 1), as torch.std. */
    private double deviation(int from, int to, double mean) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            double difference = samples.advantage(order[i]) - mean;
            squares += difference * difference;
        }
        return Math.sqrt(squares / (to - from - 1));
    }

    /** Computes the gradient of the loss of the minibatch into {@link #gradient()}, and its sums. */
    private void lossGradient(Team team, Settings settings) {
        int shards = minibatch.shards();
        total.clear();
        if (team.lanes() > 1 && shards > 1) {
            team.run(shards);
            for (int shard = 0; shard < shards; shard++) {
                addShard(shard, gradient(shard));
            }
            return;
        }
        for (int shard = 0; shard < shards; shard++) {
            float[] own = gradient(Math.min(shard, 1));
            lanes[0].run(settings, shard, own);
            addShard(shard, own);
        }
    }

    private void addShard(int shard, float[] gradient) {
        total.add(sums[shard]);
        if (shard > 0) {
            kernels.addScaled(gradient.length, 1f, gradient, 0, gradients[0], 0);
        }
    }

    /** Returns the gradient of the last minibatch, laid out as the parameters. */
    float[] gradient() {
        return gradients[0];
    }

    /** Computes the loss of the first {@code rows} rows of a batch as one minibatch, with its gradient; for tests. */
    LearnerStats loss(RolloutBatch batch, Settings settings, int rows) {
        read(batch, settings);
        order = sampleOrder.rows();
        minibatch.report = true;
        fit(rows);
        begin(settings, 0, rows);
        LearnerStats stats = new LearnerStats();
        stats.beginPass();
        try (Team team = team(Team.threads(), settings)) {
            lossGradient(team, settings);
        }
        stats.add(total);
        stats.endMinibatch(norm());
        return stats;
    }

    /** The loss and its gradient over one shard, by one thread, with all memory for it. */
    private final class Lane {
        private final int chunk;
        private final Workspace workspace;
        private final Scratch scratch;
        private final SampleColumns sample;
        private final float[] logProb;
        private final float[] entropy;
        private final float[] logRatio;
        private final float[] ratio;
        private final float[] surrogate;
        private final float[] clipped;
        private final float[] dLogProb;
        private final float[] kl;
        private final float[] error;
        private final float[] change;
        private final float[] temporary;
        private final float[] zero;

        Lane(int chunk) {
            this.chunk = chunk;
            workspace = network.workspace(chunk);
            workspace.sequences = true;
            scratch = distribution.scratch(chunk);
            sample = new SampleColumns(
                    chunk, network.observationSize(), distribution.actionSize(), distribution.inputs());
            logProb = new float[chunk];
            entropy = new float[chunk];
            logRatio = new float[chunk];
            ratio = new float[chunk];
            surrogate = new float[chunk];
            clipped = new float[chunk];
            dLogProb = new float[chunk];
            kl = new float[chunk];
            error = new float[chunk];
            change = new float[chunk];
            temporary = new float[chunk];
            zero = new float[chunk];
        }

        void run(Settings settings, int shard, float[] gradient) {
            Minibatch all = minibatch;
            LossSums sum = sums[shard];
            sum.clear();
            workspace.gradient = gradient;
            workspace.parametersVersion = all.number;
            int first = all.from + shard * all.shardRows();
            int end = Math.min(all.to, first + all.shardRows());
            for (int start = first; start < end; start += chunk) {
                int rows = Math.min(chunk, end - start);
                samples.gather(order, start, rows, all.mean, all.scale, sample);
                network.forward(workspace, sample.observation, 0, rows);
                policyLoss(settings, rows, all, sum);
                valueLoss(settings, rows, all, sum);
                workspace.beginsGradient = start == first;
                network.backward(workspace, sample.observation, 0, rows);
                sum.rows += rows;
            }
        }

        /** The clipped surrogate, the entropy bonus and the KL penalty: fills the workspace's policy gradient. */
        private void policyLoss(Settings settings, int n, Minibatch all, LossSums sum) {
            Kernels k = kernels;
            int count = all.rows();
            distribution.evaluate(k, scratch, workspace.policy, chunk, n, sample.action, logProb, entropy);
            k.subtract(n, logProb, 0, sample.oldLogProb, 0, logRatio, 0);
            k.exp(n, logRatio, 0, ratio, 0);
            k.multiply(n, ratio, 0, sample.advantage, 0, surrogate, 0);
            float low = (float) (1 - settings.clipParam);
            float high = (float) (1 + settings.clipParam);
            k.clamp(n, low, high, ratio, 0, temporary, 0);
            k.multiply(n, temporary, 0, sample.advantage, 0, clipped, 0);
            // d/dlogProb of -min(surrogate, clipped): -surrogate where it is the smaller, 0 where the clip is in force.
            k.scale(n, -1f / count, surrogate, 0, dLogProb, 0);
            k.selectLess(n, clipped, 0, surrogate, 0, zero, 0, dLogProb, 0, dLogProb, 0);
            distribution.gradient(
                    k,
                    scratch,
                    workspace.policy,
                    chunk,
                    n,
                    sample.action,
                    dLogProb,
                    (float) (-settings.entropyCoeff / count),
                    sample.oldInputs,
                    (float) (settings.klCoeff / count),
                    workspace.policyGradient);
            if (!all.report) {
                return;
            }
            if (settings.klCoeff > 0) {
                distribution.kl(k, scratch, sample.oldInputs, workspace.policy, chunk, n, kl);
                sum.kl += k.sum(n, kl, 0);
            }
            k.min(n, surrogate, 0, clipped, 0, clipped, 0);
            sum.policyLoss -= k.sum(n, clipped, 0);
            sum.entropy += k.sum(n, entropy, 0);
            // Schulman's low-variance estimate of KL(old || new): (ratio - 1) - log ratio.
            k.affine(n, 1f, -1f, ratio, 0, temporary, 0);
            k.subtract(n, temporary, 0, logRatio, 0, temporary, 0);
            sum.approxKl += k.sum(n, temporary, 0);
            for (int i = 0; i < n; i++) {
                sum.clipCount += ratio[i] < low || ratio[i] > high ? 1 : 0;
            }
        }

        /** The squared value error: fills the workspace's value gradient. */
        private void valueLoss(Settings settings, int n, Minibatch all, LossSums sum) {
            Kernels k = kernels;
            float[] gradient = workspace.valueGradient;
            k.subtract(n, workspace.value, 0, sample.target, 0, error, 0);
            k.scale(n, (float) (2 * settings.vfLossCoeff / all.rows()), error, 0, gradient, 0);
            boolean clip = settings.vfClipParam > 0;
            if (clip || all.report) {
                k.multiply(n, error, 0, error, 0, temporary, 0);
            }
            if (clip) {
                float c = (float) settings.vfClipParam;
                // near = error + (clip(d) - d) with d = value - oldValue: exactly the error where the clip is not in
                // force.
                k.subtract(n, workspace.value, 0, sample.oldValue, 0, change, 0);
                k.clamp(n, -c, c, change, 0, clipped, 0);
                k.subtract(n, clipped, 0, change, 0, clipped, 0);
                k.add(n, error, 0, clipped, 0, error, 0);
                k.multiply(n, error, 0, error, 0, error, 0);
                // Where the clipped error is the larger one, the value lies outside the clip: no gradient.
                k.selectLess(n, temporary, 0, error, 0, zero, 0, gradient, 0, gradient, 0);
                k.max(n, temporary, 0, error, 0, temporary, 0);
            }
            if (all.report) {
                sum.vfLoss += k.sum(n, temporary, 0);
            }
        }
    }
}
