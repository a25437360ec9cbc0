package org.rltune.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rltune.env.AgentEpisodes;
import org.rltune.nn.Adam;
import org.rltune.nn.Kernels;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.rollout.AgentBatches;
import org.rltune.rollout.Gae;
import org.rltune.rollout.MultiAgentWorker;
import org.rltune.rollout.RolloutBatch;

/** The experience of two agents in turns, flattened by hand into one environment each, has the gradient of the merged batch. */
class MultiAgentGradientTest {
    private static final double GAMMA = 0.9;
    private static final double LAMBDA = 0.8;

    @Test
    void theMergedBatchHasTheGradientOfTheBatchFlattenedByHand() {
        PpoConfig config = PpoConfig.of(ToyAgents.RACE).fcnetHiddens(List.of(8)).normalizeAdvantage(true);
        Seeds seeds = Seeds.of(3);
        ToyAgents.Race game = new ToyAgents.Race();
        Policy policy = PpoTrainer.makePolicy(
                config, game.observationSpace("first"), game.actionSpace("first"), seeds.stream("init"));
        AgentEpisodes episodes = new AgentEpisodes("Race-v0", 0, 0, game, 9, seeds.series("episode", 0, 0));
        try (MultiAgentWorker worker = new MultiAgentWorker(List.of(episodes), 0, (env, episode) -> new int[] {0, 0})) {
            worker.add(policy, true);
            worker.collect(41, new Pcg64[][] {{seeds.stream("actions", 0), seeds.stream("actions", 1)}});
            RolloutBatch merged = new RolloutBatch(1, 1, 1, 2);
            int[] slot = AgentBatches.merge(List.of(worker), 0, merged);
            Gae.compute(merged, slot, 2, GAMMA, LAMBDA);
            assertThat(merged.rows()).isBetween(39, 41);

            RolloutBatch byHand = new RolloutBatch(1, 1, 1, 2);
            byHand.resize(merged.rows());
            int at = 0;
            for (int agent = 0; agent < 2; agent++) {
                int which = agent;
                int[] own = java.util.stream.IntStream.range(0, slot.length)
                        .filter(row -> slot[row] == which)
                        .toArray();
                // A batch of this agent alone, through the other way to advantages.
                RolloutBatch alone = new RolloutBatch(1, 1, 1, 2);
                alone.resize(own.length);
                for (int row = 0; row < own.length; row++) {
                    copy(merged, own[row], alone, row);
                }
                Gae.compute(alone, GAMMA, LAMBDA);
                for (int row = 0; row < own.length; row++) {
                    copy(alone, row, byHand, at);
                    byHand.advantage[at] = alone.advantage[row];
                    byHand.valueTarget[at] = alone.valueTarget[row];
                    at++;
                }
            }
            assertThat(at).isEqualTo(merged.rows());
            float[] expected = gradient(policy, config, byHand);
            float[] actual = gradient(policy, config, merged);
            double largest = 0;
            double difference = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
            }
            // The rows stand in another order, so sums are rounded in another order.
            assertThat(largest).isGreaterThan(1e-3);
            assertThat(difference).isLessThan(1e-5 * largest);
        }
    }

    private static void copy(RolloutBatch from, int row, RolloutBatch to, int at) {
        to.observation[at] = from.observation[row];
        to.action[at] = from.action[row];
        to.logProb[at] = from.logProb[row];
        System.arraycopy(from.policyInput, 2 * row, to.policyInput, 2 * at, 2);
        to.reward[at] = from.reward[row];
        to.value[at] = from.value[row];
        to.nextValue[at] = from.nextValue[row];
        to.terminated[at] = from.terminated[row];
        to.ended[at] = from.ended[row];
    }

    private static float[] gradient(Policy policy, PpoConfig config, RolloutBatch batch) {
        int parameters = policy.network().parameters().length;
        PpoLearner learner = new PpoLearner(
                policy.network(), policy.distribution(), new Adam(Kernels.best(), parameters, config.adamEpsilon()));
        learner.loss(batch, PpoSettings.read(config, 0, 0), batch.rows());
        return Arrays.copyOf(learner.gradient(), parameters);
    }
}
