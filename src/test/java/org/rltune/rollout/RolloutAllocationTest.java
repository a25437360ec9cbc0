package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.SeededBatch;
import org.rltune.env.VectorEnvs;
import org.rltune.env.VectorStep;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Workspace;
import org.rltune.policy.ActionScaling;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;
import org.rltune.random.Seeds;
import org.rltune.space.Box;
import org.rltune.space.Discrete;

/** Counts bytes by the JVM's own counter of this thread; that networks allocate nothing is shown where they are. */
class RolloutAllocationTest {
    private static final String ID = "test/Countdown-v0";
    private static final int ENVS = 8;
    private static final int STEPS = 500;

    /** Ends after a number of steps that the generator draws; truncated by the limit at times. */
    private static final class Countdown extends SeededBatch {
        private final long[] left = new long[ENVS];

        Countdown() {
            super(ENVS, Box.of(0, 100, 1), Discrete.of(3));
        }

        @Override
        protected void start(int e, Pcg64 random, Map<String, Object> options, float[] observation) {
            left[e] = random.integers(1, 30);
            observation[e] = left[e];
        }

        @Override
        public void step(int from, int to, float[] action, VectorStep out) {
            for (int e = from; e < to; e++) {
                left[e]--;
                out.observation[e] = left[e];
                out.reward[e] = action[e];
                out.terminated[e] = left[e] == 0;
                out.truncated[e] = false;
            }
        }
    }

    /** Two multiplications. */
    private static final class Line implements ActorCritic {
        @Override
        public int observationSize() {
            return 1;
        }

        @Override
        public int policyOutputs() {
            return 3;
        }

        @Override
        public float[] parameters() {
            return new float[0];
        }

        @Override
        public Map<String, Object> describe() {
            return Map.of();
        }

        @Override
        public Workspace workspace(int maxRows) {
            return new Workspace(maxRows, 3, 0) {};
        }

        @Override
        public void forward(Workspace w, float[] observations, int offset, int rows) {
            for (int i = 0; i < rows; i++) {
                w.value[i] = observations[offset + i] * 0.5f;
                w.policy[i] = observations[offset + i] * 0.01f;
            }
        }

        @Override
        public void backward(Workspace w, float[] observations, int offset, int rows) {
            throw new UnsupportedOperationException("not used while collecting");
        }
    }

    @Test
    void collectingAllocatesNothingPerStepNorPerEpisode() {
        assertThat(leastBytes(false))
                .as("bytes of 4000 environment steps; a few come from the counter")
                .isLessThan(500);
    }

    @Test
    void norDoesItWithAFilterAndScaledRewards() {
        assertThat(leastBytes(true))
                .as("bytes of 4000 environment steps; a few come from the counter")
                .isLessThan(500);
    }

    private static long leastBytes(boolean running) {
        Envs.replace(EnvSpec.of(ID, context -> {
                    throw new IllegalStateException("the vector entry point is taken");
                })
                .withMaxEpisodeSteps(20)
                .withVectorEntryPoint((context, numEnvs) -> new Countdown()));
        RolloutBatch batch = new RolloutBatch(ENVS, 1, 1, 3);
        batch.resize(STEPS);
        Pcg64[] streams = new Pcg64[ENVS];
        Arrays.setAll(streams, Pcg64::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        Policy policy = new Policy(
                Box.of(0, 100, 1),
                Discrete.of(3),
                new Line(),
                new ActionScaling(Discrete.of(3), true),
                running ? new MeanStdFilter(new boolean[] {true}, 10) : null);
        try (RolloutWorker worker = new RolloutWorker(
                VectorEnvs.ofWorker(ID, Map.of(), ENVS, 0, 0, Seeds.of(1)),
                policy,
                running ? new RewardScaling(ENVS, 10) : null,
                0)) {
            for (int attempt = 0; attempt < 3; attempt++) { // the first ones make room
                long before = threads.getThreadAllocatedBytes(thread);
                worker.collect(batch, streams);
                least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
            }
            assertThat(worker.episodes()).hasSizeGreaterThan(100);
        } finally {
            Envs.unregister(ID);
        }
        return least;
    }
}
