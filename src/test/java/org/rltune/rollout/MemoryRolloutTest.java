package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.rltune.env.VectorEnvs;
import org.rltune.nn.ReferenceLstm;
import org.rltune.nn.Workspace;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Dict;
import org.rltune.space.Discrete;
import org.rltune.space.MultiBinary;
import org.rltune.space.Space;

/** A network with memory in a worker: every row is checked against the whole episode, run from its beginning. */
class MemoryRolloutTest {
    private static final String ID = "Remember-v0";
    private static final int ENVS = 3;
    private static final int STEPS = 23;
    private static final int LIMIT = 7;
    private static final int MAX_SEQ_LEN = 5;

    private final Seeds seeds = Seeds.of(1);
    /** In which of its coming steps environment 0 fails; 0 for never. */
    private int failsIn;

    /** Observes (steps / 10, vector index); odd ones terminate after 4 steps, others run into the limit of 7. */
    private final class Remember implements Env<Object, Integer> {
        private final int index;
        private final boolean masked;
        private int steps;

        Remember(int index, boolean masked) {
            this.index = index;
            this.masked = masked;
        }

        private Object seen() {
            float[] numbers = {steps / 10f, index};
            return masked ? Map.of("action_mask", new byte[] {1, (byte) (steps % 2), 1}, "seen", numbers) : numbers;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // one of two types
        public Space<Object> observationSpace() {
            Box box = Box.of(0f, 100f, 2);
            return (Space) (masked ? Dict.of("action_mask", MultiBinary.of(3), "seen", box) : box);
        }

        @Override
        public Space<Integer> actionSpace() {
            return Discrete.of(3);
        }

        @Override
        public ResetResult<Object> reset(@Nullable Long seed, Map<String, Object> options) {
            steps = 0;
            return new ResetResult<>(seen(), Map.of());
        }

        @Override
        public StepResult<Object> step(Integer action) {
            steps++;
            if (index == 0 && failsIn > 0 && --failsIn == 0) {
                throw new IllegalStateException("broke");
            }
            return new StepResult<>(seen(), steps, index % 2 == 1 && steps == 4, false, Map.of());
        }
    }

    @BeforeEach
    void register() {
        Envs.register(EnvSpec.of(ID, context -> new Remember(context.vectorIndex(), context.get("masked", false)))
                .withMaxEpisodeSteps(LIMIT));
    }

    @AfterEach
    void unregister() {
        Envs.unregister(ID);
    }

    private final ReferenceLstm network = new ReferenceLstm(2, List.of(4), 3, 3, new Pcg64(2));

    private Policy policy(boolean masked, @Nullable MeanStdFilter filter) {
        Space<?> observations = Envs.make(ID, Map.of("masked", masked)).observationSpace();
        return new Policy(observations, Discrete.of(3), network, new ActionScaling(Discrete.of(3), true), filter);
    }

    private RolloutWorker worker(Policy policy, boolean masked) {
        RolloutWorker worker = new RolloutWorker(
                VectorEnvs.ofWorker(ID, Map.of("masked", masked), ENVS, 0, 0, seeds, true), policy, 0);
        worker.cutSequences(MAX_SEQ_LEN);
        return worker;
    }

    private static RolloutBatch batch(Policy policy) {
        RolloutBatch batch = new RolloutBatch(ENVS, policy.network().observationSize(), 1, 3);
        batch.resize(STEPS);
        return batch;
    }

    private Pcg64[] streams(int iteration) {
        Pcg64[] streams = new Pcg64[ENVS];
        Arrays.setAll(streams, e -> seeds.stream("actions", iteration, e));
        return streams;
    }

    private static int limit(int e) {
        return e % 2 == 1 ? 4 : LIMIT;
    }

    /** The value after the first {@code steps + 1} observations of an episode of environment {@code e}, and the state before it. */
    private float[] valueAndState(int e, int steps) {
        Workspace w = network.workspace(1);
        float[] state = new float[network.stateSize()];
        float[] row = new float[network.observationSize()];
        for (int s = 0; s <= steps; s++) {
            if (s > 0) {
                state = w.state.clone();
            }
            row[0] = s / 10f;
            row[1] = e;
            System.arraycopy(state, 0, row, 2, state.length);
            network.forward(w, row, 0, 1);
        }
        float[] result = Arrays.copyOf(state, state.length + 1);
        result[state.length] = w.value[0];
        return result;
    }

    /** Checks the rows of an environment whose episode had come to {@code before} steps when the fragment began. */
    private void assertRows(RolloutBatch batch, int e, int before, int maskSize) {
        int size = batch.observationSize();
        int stateSize = network.stateSize();
        int steps = before;
        for (int t = 0; t < STEPS; t++) {
            int row = t * ENVS + e;
            String where = "env " + e + ", step " + t;
            float[] expected = valueAndState(e, steps);
            int state = row * size + 2 + maskSize;
            assertThat(batch.observation[row * size]).as(where).isEqualTo(steps / 10f);
            assertThat(Arrays.copyOfRange(batch.observation, state, state + stateSize))
                    .as(where)
                    .isEqualTo(Arrays.copyOf(expected, stateSize));
            assertThat(batch.observation[state + stateSize] != 0)
                    .as(where)
                    .isEqualTo(steps == 0 || t % MAX_SEQ_LEN == 0);
            assertThat(batch.value[row]).as(where).isEqualTo(expected[stateSize]);
            steps++;
            float next = valueAndState(e, steps)[stateSize];
            boolean ended = steps == limit(e);
            assertThat(batch.ended[row]).as(where).isEqualTo(ended);
            assertThat(batch.nextValue[row]).as(where).isEqualTo(ended && e % 2 == 1 ? 0 : next);
            steps = ended ? 0 : steps;
        }
    }

    @Test
    void everyRowHasTheStateThatItsEpisodeHasComeTo() {
        Policy policy = policy(false, null);
        RolloutBatch batch = batch(policy);
        try (RolloutWorker worker = worker(policy, false)) {
            for (int iteration = 0; iteration < 3; iteration++) {
                worker.collect(batch, streams(iteration));
                for (int e = 0; e < ENVS; e++) {
                    assertRows(batch, e, iteration * STEPS % limit(e), 0);
                }
            }
        }
    }

    @Test
    void masksGoTogetherWithMemory() {
        Policy policy = policy(true, null);
        RolloutBatch batch = batch(policy);
        try (RolloutWorker worker = worker(policy, true)) {
            worker.collect(batch, streams(0));
            worker.collect(batch, streams(1));
            for (int e = 0; e < ENVS; e++) {
                assertRows(batch, e, STEPS % limit(e), 3);
            }
            for (int row = 0; row < batch.rows(); row++) {
                boolean forbidden = batch.observation[row * batch.observationSize() + 3] == 0;
                assertThat(forbidden && batch.action[row] == 1).isFalse();
            }
        }
    }

    @Test
    void theFilterLeavesStatesAlone() {
        MeanStdFilter filter = new MeanStdFilter(new boolean[] {true, true}, 10);
        Policy policy = policy(false, filter);
        RolloutBatch batch = batch(policy);
        try (RolloutWorker worker = worker(policy, false)) {
            worker.collect(batch, streams(0));
            assertThat(worker.filter().count()).isEqualTo(ENVS * STEPS);
        }
        Workspace w = network.workspace(1);
        int size = batch.observationSize();
        for (int row = 0; row + ENVS < batch.rows(); row++) {
            network.forward(w, batch.observation, row * size, 1);
            int state = (row + ENVS) * size + 2;
            assertThat(Arrays.copyOfRange(batch.observation, state, state + w.state.length))
                    .isEqualTo(batch.ended[row] ? new float[w.state.length] : w.state);
        }
    }

    @Test
    void anEpisodeThatIsThrownAwayIsForgotten() {
        failsIn = LIMIT + 4;
        Policy policy = policy(false, null);
        RolloutBatch batch = batch(policy);
        try (RolloutWorker worker = worker(policy, false)) {
            worker.collect(batch, streams(0));
            assertThat(worker.faultyEpisodes()).isEqualTo(1);
            for (int e = 0; e < ENVS; e++) {
                assertRows(batch, e, 0, 0);
            }
            // The episode that runs over the end of the fragment fails: a new one takes its place from the beginning
            // on.
            failsIn = 3;
            worker.collect(batch, streams(1));
            assertThat(worker.faultyEpisodes()).isEqualTo(1);
            assertRows(batch, 0, 0, 0);
            assertRows(batch, 1, STEPS % 4, 0);
        }
    }

    @Test
    void aRestoredWorkerGoesOnWithTheSameBitsAndOthersWithNoMemory() {
        Policy policy = policy(false, null);
        RolloutBatch batch = batch(policy);
        try (RolloutWorker worker = worker(policy, false);
                RolloutWorker other = worker(policy, false)) {
            worker.collect(batch, streams(0));
            other.collect(batch, streams(5));
            // The weights change after a fragment, so no repetition of the episode would come to the same state.
            network.parameters()[0] += 0.5f;
            float[] padded = new float[worker.memory().length + 2];
            System.arraycopy(worker.memory(), 0, padded, 2, padded.length - 2);
            other.restore(worker.save());
            other.restoreMemory(padded, 2);
            worker.collect(batch, streams(1));
            float[] observation = batch.observation.clone();
            float[] value = batch.value.clone();
            other.collect(batch, streams(1));
            assertThat(batch.observation).isEqualTo(observation);
            assertThat(batch.value).isEqualTo(value);
            assertThat(other.memory()).isEqualTo(worker.memory());
            assertThat(worker.memory()).isNotEqualTo(new float[worker.memory().length]);
            worker.restart();
            assertThat(worker.memory()).isEqualTo(new float[worker.memory().length]);
            other.restore(other.save());
            assertThat(other.memory()).isEqualTo(new float[worker.memory().length]);
        }
    }
}
