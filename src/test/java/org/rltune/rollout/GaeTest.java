package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rltune.random.Pcg64;

class GaeTest {
    /** A batch of one environment whose values are linked row by row, with a last value behind it. */
    private static RolloutBatch batch(float[] reward, float[] value, float lastValue) {
        RolloutBatch batch = new RolloutBatch(1, 1, 1, 1);
        batch.resize(reward.length);
        System.arraycopy(reward, 0, batch.reward, 0, reward.length);
        System.arraycopy(value, 0, batch.value, 0, value.length);
        System.arraycopy(value, 1, batch.nextValue, 0, value.length - 1);
        batch.nextValue[value.length - 1] = lastValue;
        return batch;
    }

    private static float[] constant(float value, int n) {
        float[] all = new float[n];
        Arrays.fill(all, value);
        return all;
    }

    /** The golden vector of the reference: gamma .99, lambda .95, V = [.5, .4, .3, .2], V(s4) = .9, reward 1. */
    @Test
    void givesTheGoldenVectorOfATerminatedEpisode() {
        RolloutBatch batch = batch(constant(1, 4), new float[] {.5f, .4f, .3f, .2f}, .9f);
        batch.terminated[3] = true;
        batch.ended[3] = true;
        Gae.compute(batch, 0.99, 0.95);
        assertAdvantages(batch, 3.1994737286, 2.4492012, 1.6504, .8);
    }

    @Test
    void givesTheGoldenVectorOfATruncatedEpisode() {
        RolloutBatch batch = batch(constant(1, 4), new float[] {.5f, .4f, .3f, .2f}, .9f);
        batch.ended[3] = true;
        Gae.compute(batch, 0.99, 0.95);
        assertAdvantages(batch, 3.9407056323, 3.2373265627, 2.4883855, 1.691);
    }

    private static void assertAdvantages(RolloutBatch batch, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) batch.advantage[i]).isCloseTo(expected[i], within(1e-6));
            assertThat(batch.valueTarget[i])
                    .isEqualTo((float) ((double) batch.advantage[i] + batch.value[i]), within(1e-6f));
        }
    }

    @Test
    void aTruncatedStepKeepsItsFutureAndATerminatedOneLosesIt() {
        // Reward 1 for ever is worth 1 / (1 - 0.9) = 10; with exact values every delta is 1 + 0.9 * 10 - 10 = 0.
        RolloutBatch cut = batch(constant(1, 50), constant(10, 50), 10);
        for (int i = 9; i < 50; i += 10) {
            cut.ended[i] = true; // a time limit every ten steps
        }
        Gae.compute(cut, 0.9, 0.95);
        assertThat(cut.advantage).containsOnly(constant(0, 1), within(1e-5f));

        RolloutBatch dead = batch(constant(1, 50), constant(10, 50), 10);
        dead.terminated[49] = true;
        dead.ended[49] = true;
        Gae.compute(dead, 0.9, 0.95);
        // At a real end the future is worth nothing: 1 + 0 - 10 = -9.
        assertThat(dead.advantage[49]).isEqualTo(-9f, within(1e-5f));
        assertThat(dead.advantage[48]).isEqualTo((float) (0.9 * 0.95 * -9), within(1e-5f));
    }

    /** With lambda 1 the advantage is the discounted return minus the value; with lambda 0 it is one delta. */
    @Test
    void hasMonteCarloAndOneStepAsItsEnds() {
        long seed = 91;
        Pcg64 random = new Pcg64(seed);
        int envs = 3;
        int steps = 20;
        RolloutBatch batch = new RolloutBatch(envs, 1, 1, 1);
        batch.resize(steps);
        for (int row = 0; row < batch.rows(); row++) {
            batch.reward[row] = (float) random.standardNormal();
            batch.value[row] = (float) random.standardNormal();
            batch.nextValue[row] = (float) random.standardNormal();
            batch.ended[row] = random.nextDouble() < 0.2;
            batch.terminated[row] = batch.ended[row] && random.nextDouble() < 0.5;
        }
        Gae.compute(batch, 0.9, 0);
        for (int row = 0; row < batch.rows(); row++) {
            double next = batch.terminated[row] ? 0 : batch.nextValue[row];
            assertThat((double) batch.advantage[row])
                    .as("seed %d row %d", seed, row)
                    .isCloseTo(batch.reward[row] + 0.9 * next - batch.value[row], within(1e-5));
        }
        for (int t = 1; t < steps; t++) { // values that agree with one another
            for (int e = 0; e < envs; e++) {
                batch.nextValue[(t - 1) * envs + e] = batch.value[t * envs + e];
            }
        }
        Gae.compute(batch, 0.9, 1);
        for (int e = 0; e < envs; e++) {
            for (int t = 0; t < steps; t++) {
                double expected = 0;
                double discount = 1;
                int row = t * envs + e;
                for (int u = t; u < steps; u++) {
                    int at = u * envs + e;
                    expected += discount * batch.reward[at];
                    discount *= 0.9;
                    if (batch.ended[at] || u == steps - 1) {
                        expected += batch.terminated[at] ? 0 : discount * batch.nextValue[at];
                        break;
                    }
                }
                assertThat((double) batch.advantage[row])
                        .as("seed %d env %d step %d", seed, e, t)
                        .isCloseTo(expected - batch.value[row], within(1e-5));
            }
        }
    }
}
