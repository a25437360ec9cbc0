package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rltune.env.Env;
import org.rltune.env.EnvException;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.ResetResult;
import org.rltune.env.StepResult;
import org.rltune.env.VectorEnvs;
import org.rltune.nn.ActionDistribution;
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

/** Environments that fail: their episodes are thrown away, and the batch holds nothing of them. */
class FaultyEpisodesTest {
    private static final String ID = "Fragile-v0";
    private static final int ENVS = 3;
    private static final int LIMIT = 6;
    private static final int STEPS = 20;

    private final Seeds seeds = Seeds.of(1);
    private final ActionDistribution distribution = ActionDistribution.categorical(3);
    private final Mlp network = network();

    /** Which episode of which environment fails in which of its steps, 0 in reset: "env/episode/step". */
    private final List<String> faults = new ArrayList<>();

    private final List<Integer> made = new ArrayList<>();
    private final List<Integer> closed = new ArrayList<>();

    /** Observes (steps, number of the episode), earns the number of the step, and ends after {@link #LIMIT} steps. */
    private final class Fragile implements Env<float[], Integer> {
        private final int index;
        private int steps;
        private int episode;
        private boolean broken;

        Fragile(int index) {
            this.index = index;
            made.add(index);
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
            episode = number(seed);
            breakIfDue();
            return new ResetResult<>(new float[] {0, episode}, Map.of());
        }

        /** The episode of which this is the seed: what the worker promises about seeds is taken at its word here. */
        private int number(@Nullable Long seed) {
            for (int k = 0; k < 300; k++) {
                if (seed != null && seeds.seed("episode", 0, index, k) == seed) {
                    return k;
                }
            }
            throw new AssertionError("a seed of no episode: " + seed);
        }

        private void breakIfDue() {
            assertThat(broken).as("a broken environment is not used again").isFalse();
            String here = index + "/" + episode + "/" + steps;
            if (faults.contains(here) || faults.contains(index + "/*/" + steps)) {
                broken = true;
                throw new IllegalStateException("broke at " + here);
            }
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            steps++;
            breakIfDue();
            return new StepResult<>(new float[] {steps, episode}, steps, steps == LIMIT, false, Map.of());
        }

        @Override
        public void close() {
            closed.add(index);
        }
    }

    @BeforeEach
    void register() {
        Envs.register(EnvSpec.of(ID, context -> new Fragile(context.vectorIndex())));
    }

    @AfterEach
    void unregister() {
        Envs.unregister(ID);
    }

    private static Mlp network() {
        Mlp network = new Mlp(new MlpConfig(2, 3, List.of(8), Activation.TANH, false, false));
        network.initialize(new Pcg64(2), 0);
        return network;
    }

    private RolloutWorker worker(boolean restartFailed) {
        return new RolloutWorker(
                VectorEnvs.ofWorker(ID, Map.of(), ENVS, 0, 0, seeds, restartFailed),
                new Policy(Box.of(0f, 100f, 2), Discrete.of(3), network, new ActionScaling(Discrete.of(3), true)),
                0);
    }

    private Pcg64[] streams(int iteration) {
        Pcg64[] streams = new Pcg64[ENVS];
        Arrays.setAll(streams, e -> seeds.stream("actions", iteration, e));
        return streams;
    }

    private static RolloutBatch batch() {
        RolloutBatch batch = new RolloutBatch(ENVS, 2, 1, 3);
        batch.resize(STEPS);
        return batch;
    }

    private float value(float steps, float episode) {
        Workspace workspace = network.workspace(1);
        network.forward(workspace, new float[] {steps, episode}, 0, 1);
        return workspace.value[0];
    }

    /** Checks every row of an environment against what the whole episodes of these numbers must look like. */
    private void assertRows(RolloutBatch batch, int e, int... episodes) {
        for (int t = 0; t < STEPS; t++) {
            int row = t * ENVS + e;
            int step = t % LIMIT;
            int episode = episodes[t / LIMIT];
            assertThat(List.of(batch.observation[2 * row], batch.observation[2 * row + 1]))
                    .as("env %d, step %d", e, t)
                    .isEqualTo(List.of((float) step, (float) episode));
            assertThat(batch.reward[row]).isEqualTo(step + 1);
            assertThat(batch.terminated[row]).isEqualTo(step == LIMIT - 1);
            assertThat(batch.ended[row]).isEqualTo(step == LIMIT - 1);
            assertThat(batch.value[row]).isEqualTo(value(step, episode));
            assertThat(batch.nextValue[row]).isEqualTo(step == LIMIT - 1 ? 0 : value(step + 1, episode));
        }
    }

    @Test
    void theBatchHoldsOnlyWholeEpisodesOfNewEnvironments() {
        // The first fails in the middle of its first episode, twice in the third; the last one in two resets.
        faults.addAll(List.of("0/0/4", "0/3/6", "0/4/2", "2/1/0", "2/2/0"));
        RolloutBatch batch = batch();
        try (RolloutWorker worker = worker(true)) {
            worker.collect(batch, streams(0));
            assertRows(batch, 0, 1, 2, 5, 6);
            assertRows(batch, 1, 0, 1, 2, 3);
            assertRows(batch, 2, 0, 3, 4, 5);
            assertThat(worker.faultyEpisodes()).isEqualTo(5);
            assertThat(worker.episodes())
                    .hasSize(9)
                    .allSatisfy(episode -> assertThat(episode.episodeReturn()).isEqualTo(21))
                    .isSortedAccordingTo((a, b) -> a.step() != b.step() ? a.step() - b.step() : a.env() - b.env());
            worker.collect(batch, streams(1));
            assertThat(worker.faultyEpisodes()).isZero();
        }
        assertThat(made).filteredOn(index -> index == 0).hasSize(4);
        assertThat(closed).hasSameSizeAs(made);
    }

    @Test
    void onlyTheFragmentIsFilledAgainIfTheEpisodeBeganBefore() {
        faults.add("1/3/4"); // 20 = 3 * 6 + 2: the episode runs into the second fragment, where it fails
        RolloutBatch batch = batch();
        try (RolloutWorker worker = worker(true)) {
            worker.collect(batch, streams(0));
            worker.collect(batch, streams(1));
            assertRows(batch, 1, 4, 5, 6, 7);
            assertThat(worker.faultyEpisodes()).isEqualTo(1);
        }
    }

    @Test
    void drawsActionsFromItsOwnStreamOnly() {
        faults.add("0/0/4");
        RolloutBatch bumpy = batch();
        RolloutBatch smooth = batch();
        try (RolloutWorker worker = worker(true)) {
            worker.collect(bumpy, streams(0));
        }
        faults.clear();
        try (RolloutWorker worker = worker(true)) {
            worker.collect(smooth, streams(0));
        }
        for (int row = 0; row < STEPS * ENVS; row++) {
            if (row % ENVS != 0) {
                assertThat(bumpy.action[row]).isEqualTo(smooth.action[row]);
            }
        }
        // Its own goes on: the four actions of the episode that was thrown away were drawn before.
        Pcg64[] own = {streams(0)[0]};
        for (int i = 0; i < 4; i++) {
            own[0].nextDouble();
        }
        assertThat(bumpy.logProb[0]).isLessThanOrEqualTo(0);
        Workspace workspace = network.workspace(1);
        network.forward(workspace, new float[] {0, 1}, 0, 1);
        float[] action = new float[1];
        distribution.sample(
                distribution.scratch(1), workspace.policy, workspace.capacity, 1, own, action, 0, new float[1], 0);
        assertThat(bumpy.action[0]).isEqualTo(action[0]);
    }

    @Test
    void goesOnWithTheSameBitsAfterASave() {
        faults.addAll(List.of("0/2/3", "1/3/1", "2/4/5", "0/5/0"));
        RolloutBatch batch = batch();
        try (RolloutWorker worker = worker(true);
                RolloutWorker restored = worker(true)) {
            worker.collect(batch, streams(0));
            restored.restore(worker.save());
            worker.collect(batch, streams(1));
            long faulty = worker.faultyEpisodes();
            float[] observation = batch.observation.clone();
            float[] action = batch.action.clone();
            float[] nextValue = batch.nextValue.clone();
            restored.collect(batch, streams(1));
            assertThat(batch.observation).isEqualTo(observation);
            assertThat(batch.action).isEqualTo(action);
            assertThat(batch.nextValue).isEqualTo(nextValue);
            assertThat(restored.faultyEpisodes()).isEqualTo(faulty).isPositive();
            assertThat(restored.save()).isEqualTo(worker.save());
        }
    }

    @Test
    void givesUpAnEnvironmentThatNeverEndsAnEpisode() {
        for (String always : Set.of("1/*/0", "1/*/4")) {
            faults.clear();
            faults.add(always);
            assertThatThrownBy(() -> {
                        try (RolloutWorker worker = worker(true)) {
                            worker.collect(batch(), streams(0));
                        }
                    })
                    .as(always)
                    .isInstanceOf(EnvException.class)
                    .hasMessageContaining("100 times in a row");
        }
    }

    @Test
    void withoutTheSettingAFaultNamesPlaceSeedAndRemedy() {
        faults.add("1/2/3");
        try (RolloutWorker worker = worker(false)) {
            assertThatThrownBy(() -> worker.collect(batch(), streams(0)))
                    .isInstanceOf(EnvException.class)
                    .hasMessageStartingWith(ID + " (worker 0, vector index 1), episode 2, step 3: step failed: ")
                    .hasMessageContainingAll(
                            "broke at 1/2/3",
                            "seed is " + seeds.seed("episode", 0, 1, 2),
                            "restart_failed_sub_environments");
        }
    }
}
