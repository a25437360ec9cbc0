package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.SyncVectorEnv;
import org.rltune.nn.Activation;
import org.rltune.nn.Mlp;
import org.rltune.nn.MlpConfig;
import org.rltune.nn.Workspace;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Discrete;
import org.rltune.space.Space;

class RolloutWorkerTest {
    /** Counts its steps; the observation is (steps, vector index), the reward the number of the step. */
    private static final class Counter implements Env<float[], Integer> {
        private final int index;
        private int steps;

        Counter(int index) {
            this.index = index;
        }

        @Override
        public Space<float[]> observationSpace() {
            return Box.of(0f, 100f, 2);
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(3);
        }

        @Override
        public ResetResult<float[]> reset(@Nullable Long seed, Map<String, Object> options) {
            steps = 0;
            return new ResetResult<>(new float[] {0, index}, Map.of());
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            steps++;
            // Environments with an odd index terminate after 3 steps; the others run into the limit of 5.
            return new StepResult<>(new float[] {steps, index}, steps, index % 2 == 1 && steps == 3, false, Map.of());
        }
    }

    @BeforeEach
    void register() {
        Envs.register(EnvSpec.of("Counter-v0", context -> new Counter(context.vectorIndex()))
                .withMaxEpisodeSteps(5));
    }

    @AfterEach
    void unregister() {
        Envs.unregister("Counter-v0");
    }

    private final Seeds seeds = Seeds.of(1);

    private Mlp network() {
        Mlp network = new Mlp(new MlpConfig(2, 3, List.of(8), Activation.TANH, false, false));
        network.initialize(new Pcg64(2), 0);
        return network;
    }

    private RolloutWorker worker(Mlp network, int envs, int firstEnv) {
        return new RolloutWorker(
                new SyncVectorEnv("Counter-v0", Map.of(), envs, 0, 0, seeds),
                new Policy(Box.of(0f, 100f, 2), Discrete.of(3), network, new ActionScaling(Discrete.of(3), true)),
                firstEnv);
    }

    private Pcg64[] streams(int envs) {
        Pcg64[] streams = new Pcg64[envs];
        Arrays.setAll(streams, e -> seeds.stream("actions", 0, e));
        return streams;
    }

    private static float value(Mlp network, float... observation) {
        Workspace workspace = network.workspace(1);
        network.forward(workspace, observation, 0, 1);
        return workspace.value[0];
    }

    @Test
    void writesWhatHappenedIntoItsRowsAndBootstrapsTruncationOnly() {
        Mlp network = network();
        RolloutBatch batch = new RolloutBatch(2, 2, 1, 3);
        batch.resize(7);
        try (RolloutWorker worker = worker(network, 2, 0)) {
            worker.collect(batch, streams(2));
            for (int t = 0; t < 7; t++) {
                int limited = t % 5; // steps of environment 0 before this one, limit 5
                int dying = t % 3; // steps of environment 1, terminated at 3
                assertThat(batch.observation[t * 4]).isEqualTo(limited);
                assertThat(batch.observation[t * 4 + 1]).isEqualTo(0);
                assertThat(batch.observation[t * 4 + 2]).isEqualTo(dying);
                assertThat(batch.observation[t * 4 + 3]).isEqualTo(1);
                assertThat(batch.reward[t * 2]).isEqualTo(limited + 1);
                assertThat(batch.terminated[t * 2]).isFalse();
                assertThat(batch.ended[t * 2]).isEqualTo(limited == 4);
                assertThat(batch.terminated[t * 2 + 1]).isEqualTo(dying == 2);
                assertThat(batch.value[t * 2]).isEqualTo(value(network, limited, 0));
                // The value reached: that of the observation after the step, also at the limit and at the very end ...
                assertThat(batch.nextValue[t * 2]).isEqualTo(value(network, limited + 1, 0));
                // ... but nothing after the task itself has ended.
                assertThat(batch.nextValue[t * 2 + 1]).isEqualTo(dying == 2 ? 0 : value(network, dying + 1, 1));
            }
            assertThat(worker.episodes())
                    .containsExactly(
                            new RolloutWorker.Episode(2, 1, 6, 3),
                            new RolloutWorker.Episode(4, 0, 15, 5),
                            new RolloutWorker.Episode(5, 1, 6, 3));
        }
    }

    @Test
    void goesOnInTheNextFragmentWhereTheLastOneEnded() {
        Mlp network = network();
        RolloutBatch batch = new RolloutBatch(2, 2, 1, 3);
        List<Float> observed = new ArrayList<>();
        try (RolloutWorker worker = worker(network, 2, 0)) {
            for (int fragment = 0; fragment < 3; fragment++) {
                batch.resize(4);
                worker.collect(batch, streams(2));
                for (int t = 0; t < 4; t++) {
                    observed.add(batch.observation[t * 4]);
                }
            }
        }
        assertThat(observed).containsExactly(0f, 1f, 2f, 3f, 4f, 0f, 1f, 2f, 3f, 4f, 0f, 1f);
    }

    @Test
    void theSplitOverWorkersLeavesEachEnvironmentItsRows() {
        Mlp network = network();
        RolloutBatch together = new RolloutBatch(4, 2, 1, 3);
        together.resize(6);
        try (RolloutWorker first = worker(network, 2, 0);
                RolloutWorker second = worker(network, 2, 2)) {
            first.collect(together, streams(2));
            second.collect(together, streams(2));
        }
        RolloutBatch alone = new RolloutBatch(2, 2, 1, 3);
        alone.resize(6);
        try (RolloutWorker worker = worker(network, 2, 0)) {
            worker.collect(alone, streams(2));
        }
        for (int t = 0; t < 6; t++) {
            for (int e = 0; e < 2; e++) {
                for (int half = 0; half < 2; half++) {
                    assertThat(together.action[t * 4 + 2 * half + e]).isEqualTo(alone.action[t * 2 + e]);
                    assertThat(together.logProb[t * 4 + 2 * half + e]).isEqualTo(alone.logProb[t * 2 + e]);
                }
            }
        }
    }

    @Test
    void aRestoredWorkerCollectsTheSame() {
        Mlp network = network();
        RolloutBatch batch = new RolloutBatch(2, 2, 1, 3);
        batch.resize(4);
        try (RolloutWorker worker = worker(network, 2, 0);
                RolloutWorker other = worker(network, 2, 0)) {
            worker.collect(batch, streams(2));
            other.restore(worker.save());
            worker.collect(batch, streams(2));
            float[] observed = batch.observation.clone();
            float[] actions = batch.action.clone();
            other.collect(batch, streams(2));
            assertThat(batch.observation).isEqualTo(observed);
            assertThat(batch.action).isEqualTo(actions);
        }
    }
}
