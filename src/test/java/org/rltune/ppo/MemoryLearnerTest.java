package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.nn.ReferenceLstm;
import org.rltune.random.Pcg64;
import org.rltune.rollout.RolloutBatch;

/** The learner on a network with memory: sequences of two environments, interleaved in the batch. */
class MemoryLearnerTest {
    private static final int ENVS = 2;
    private static final int STEPS = 30;
    private static final int FEATURES = 2;
    private static final long SEED = 71;

    private final Pcg64 random = new Pcg64(SEED);
    private final ReferenceLstm network = new ReferenceLstm(FEATURES, List.of(4), 3, 2, random);
    private final int size = network.observationSize();
    private final PpoLearner learner = new PpoLearner(
            network, ActionDistribution.categorical(2), new Adam(Kernels.best(), network.parameters().length, 1e-5));

    private static PpoLearner.Settings valueLoss(int minibatch, int passes, double lr) {
        return new PpoLearner.Settings(lr, minibatch, passes, 0.2, 0, 1, 0, 0, 0, 0, false);
    }

    /** Episodes of six steps; the target of each row is the first number that its episode began with. */
    private RolloutBatch batch(boolean recall) {
        RolloutBatch batch = new RolloutBatch(ENVS, size, 1, 2);
        batch.resize(STEPS);
        for (int e = 0; e < ENVS; e++) {
            float first = 0;
            for (int t = 0; t < STEPS; t++) {
                int row = t * ENVS + e;
                int at = row * size;
                boolean begins = t % 6 == 0;
                first = begins ? random.nextInt(2) * 2 - 1 : first;
                batch.observation[at] = begins || !recall ? first : 0;
                batch.observation[at + 1] = recall ? 1 : (float) random.standardNormal();
                for (int k = 0; k < network.stateSize(); k++) {
                    // What is stored inside a sequence must not matter.
                    batch.observation[at + FEATURES + k] = begins ? 0 : 9;
                }
                batch.observation[at + size - 1] = begins ? 1 : 0;
                batch.valueTarget[row] = recall ? first : (float) random.standardNormal();
                batch.action[row] = random.nextInt(2);
                batch.logProb[row] = -0.7f;
            }
        }
        return batch;
    }

    /** The mean squared error of the values, environment by environment, by the reference in double precision. */
    private double expectedLoss(RolloutBatch batch, double[] weights) {
        double sum = 0;
        for (int e = 0; e < ENVS; e++) {
            float[] rows = new float[STEPS * size];
            for (int t = 0; t < STEPS; t++) {
                System.arraycopy(batch.observation, (t * ENVS + e) * size, rows, t * size, size);
            }
            double[][] outputs = network.outputs(weights, rows, STEPS, true);
            for (int t = 0; t < STEPS; t++) {
                double error = outputs[t][2] - batch.valueTarget[t * ENVS + e];
                sum += error * error;
            }
        }
        return sum / (ENVS * STEPS);
    }

    @Test
    void lossAndGradientAreThoseOfTheSequencesThroughTime() {
        RolloutBatch batch = batch(false);
        PpoLearner.Settings settings = valueLoss(ENVS * STEPS, 1, 0);
        LearnerStats stats = learner.loss(batch, settings, ENVS * STEPS);
        double[] weights = new double[network.parameters().length];
        Arrays.setAll(weights, p -> network.parameters()[p]);
        assertThat((double) stats.metrics(settings).get("vf_loss"))
                .isCloseTo(expectedLoss(batch, weights), within(1e-6));
        double largest = 0;
        for (int p = 0; p < weights.length; p++) {
            double kept = weights[p];
            weights[p] = kept + 1e-5;
            double up = expectedLoss(batch, weights);
            weights[p] = kept - 1e-5;
            double down = expectedLoss(batch, weights);
            weights[p] = kept;
            double slope = (up - down) / 2e-5;
            largest = Math.max(largest, Math.abs(slope));
            // The surrogate of advantage 0 has no gradient.
            assertThat((double) learner.gradient()[p])
                    .as("parameter %d, seed %d", p, SEED)
                    .isCloseTo(slope, within(1e-6));
        }
        assertThat(largest).isGreaterThan(0.01);
    }

    /** Minibatches of 16 rows cut sequences of six; what is left whole is enough to learn to remember. */
    @Test
    void learnsWhatMustBeRemembered() {
        RolloutBatch batch = batch(true);
        LearnerStats stats = new LearnerStats();
        PpoLearner.Settings settings = valueLoss(16, 10, 0.02);
        for (int i = 0; i < 30; i++) {
            stats = learner.update(batch, settings, new Pcg64(i));
        }
        // One row of six tells the target; a network without memory is left with an error of 5/6.
        assertThat((double) stats.metrics(settings).get("vf_loss")).isLessThan(0.3);
        double[] weights = new double[network.parameters().length];
        Arrays.setAll(weights, p -> network.parameters()[p]);
        assertThat(expectedLoss(batch, weights)).isLessThan(0.1);
    }
}
