package org.rltune.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rltune.env.AgentEpisodes;
import org.rltune.env.Env;
import org.rltune.env.EnvSpec;
import org.rltune.env.Envs;
import org.rltune.env.MultiAgentEnv;
import org.rltune.env.MultiAgentReset;
import org.rltune.env.MultiAgentStep;
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

class MultiAgentWorkerTest {
    private static final Box SEEN = Box.of(0f, 100f, 2);
    private static final Discrete MOVES = Discrete.of(3);
    private final Seeds seeds = Seeds.of(1);

    private abstract static class Game implements MultiAgentEnv {
        final List<String> names;
        int steps;

        Game(String... names) {
            this.names = List.of(names);
        }

        @Override
        public List<String> possibleAgents() {
            return names;
        }

        @Override
        public Space<?> observationSpace(String agent) {
            return SEEN;
        }

        @Override
        public Space<?> actionSpace(String agent) {
            return MOVES;
        }

        @Override
        public MultiAgentReset reset(@Nullable Long seed, Map<String, Object> options) {
            steps = 0;
            return new MultiAgentReset(seen());
        }

        abstract Map<String, Object> seen();
    }

    /**
     * Three players in turns: at step {@code t} (from 0) acts player {@code t % 3}, and every player {@code p} gets the reward
     * {@code 2^t * (p + 1)}. The game is over for all after 8 steps; player 2 has left after 6.
     */
    private static final class Turns extends Game {
        Turns() {
            super("p0", "p1", "p2");
        }

        private int turn() {
            return steps % 3;
        }

        @Override
        Map<String, Object> seen() {
            return Map.of(names.get(turn()), new float[] {steps, turn()});
        }

        @Override
        public MultiAgentStep step(Map<String, Object> actions) {
            assertThat(actions.keySet()).containsExactly(names.get(turn()));
            Map<String, Double> rewards = new LinkedHashMap<>();
            for (int p = 0; p < (steps < 6 ? 3 : 2); p++) {
                rewards.put(names.get(p), (double) ((1 << steps) * (p + 1)));
            }
            steps++;
            if (steps == 8) {
                return new MultiAgentStep(Map.of(), rewards, Set.of(ALL), Set.of());
            }
            return new MultiAgentStep(seen(), rewards, steps == 6 ? Set.of("p2") : Set.of(), Set.of());
        }
    }

    /** Walkers who act at every step; each sees its step and its number, and earns step times (number + 1). */
    private static final class Walkers extends Game {
        Walkers() {
            super("w0", "w1");
        }

        @Override
        Map<String, Object> seen() {
            return Map.of("w0", new float[] {steps, 0}, "w1", new float[] {steps, 1});
        }

        @Override
        public MultiAgentStep step(Map<String, Object> actions) {
            steps++;
            return new MultiAgentStep(seen(), Map.of("w0", (double) steps, "w1", 2.0 * steps));
        }

        @Override
        public Optional<Object> observe(String agent) {
            throw new AssertionError("everybody has an observation");
        }
    }

    /** One walker as an environment of its own. */
    private static final class Alone implements Env<float[], Integer> {
        private final int number;
        private int steps;

        Alone(int number) {
            this.number = number;
        }

        @Override
        public Space<float[]> observationSpace() {
            return SEEN;
        }

        @Override
        public Space<Integer> actionSpace() {
            return MOVES;
        }

        @Override
        public ResetResult<float[]> reset(@Nullable Long seed, Map<String, Object> options) {
            steps = 0;
            return new ResetResult<>(new float[] {0, number});
        }

        @Override
        public StepResult<float[]> step(Integer action) {
            steps++;
            return new StepResult<>(new float[] {steps, number}, steps * (number + 1.0), false, false);
        }
    }

    private static Policy policy(long seed) {
        Mlp network = new Mlp(new MlpConfig(2, 3, List.of(8), Activation.TANH, false, false));
        network.initialize(new Pcg64(seed), 0);
        return new Policy(SEEN, MOVES, network, new ActionScaling(MOVES, true));
    }

    private static float value(Policy policy, float... observation) {
        Workspace workspace = policy.network().workspace(1);
        policy.network().forward(workspace, observation, 0, 1);
        return workspace.value[0];
    }

    private static RolloutBatch batch() {
        return new RolloutBatch(1, 2, 1, 3);
    }

    private Pcg64[][] streams(int iteration, int envs, int agents) {
        Pcg64[][] streams = new Pcg64[envs][agents];
        for (int e = 0; e < envs; e++) {
            int env = e;
            Arrays.setAll(streams[e], a -> seeds.stream("actions", iteration, env, a));
        }
        return streams;
    }

    private MultiAgentWorker worker(
            int envs, int firstEnv, int limit, MultiAgentWorker.Mapping mapping, boolean turns) {
        List<AgentEpisodes> all = new ArrayList<>();
        for (int e = 0; e < envs; e++) {
            all.add(new AgentEpisodes(
                    "Game-v0", 0, e, turns ? new Turns() : new Walkers(), limit, seeds.series("episode", 0, e)));
        }
        return new MultiAgentWorker(all, firstEnv, mapping);
    }

    /** The sum of 2^t over the steps from {@code from} to {@code to - 1}. */
    private static double powers(int from, int to) {
        return (1 << to) - (1 << from);
    }

    /**
     * The closed form: what player p's action at step t earned is (p + 1) times the sum of 2^s over the steps s from t to its
     * next turn, however the steps are cut into fragments.
     */
    @Test
    void rewardsBetweenTwoTurnsAddUpToTheEarlierAction() {
        for (int fragment : new int[] {1, 2, 3, 5, 8, 16}) {
            Policy policy = policy(2);
            List<String> rows = new ArrayList<>();
            try (MultiAgentWorker worker = worker(1, 0, 0, (env, episode) -> new int[] {0, 0, 0}, true)) {
                worker.add(policy, true);
                for (int done = 0, i = 0; done < 40; done += fragment, i++) {
                    worker.collect(fragment, streams(i, 1, 3));
                    RolloutBatch batch = batch();
                    int[] slot = AgentBatches.merge(List.of(worker), 0, batch);
                    for (int row = 0; row < batch.rows(); row++) {
                        int step = (int) batch.observation[2 * row];
                        assertThat(slot[row]).isEqualTo((int) batch.observation[2 * row + 1]);
                        assertThat(batch.value[row]).isEqualTo(value(policy, step, slot[row]));
                        rows.add(slot[row] + "@" + step + "=" + batch.reward[row] + (batch.ended[row] ? "." : "")
                                + (batch.terminated[row] ? "!" : ""));
                        if (batch.ended[row]) {
                            assertThat(batch.nextValue[row]).isZero();
                        } else {
                            assertThat(batch.nextValue[row]).isEqualTo(value(policy, step + 3, slot[row]));
                        }
                    }
                }
            }
            List<String> episode = List.of(
                    "0@0=" + powers(0, 3),
                    "1@1=" + 2 * powers(1, 4),
                    "2@2=" + 3 * powers(2, 5),
                    "0@3=" + powers(3, 6),
                    "1@4=" + 2 * powers(4, 7),
                    "2@5=" + 3 * powers(5, 6) + ".!",
                    "0@6=" + powers(6, 8) + ".!",
                    "1@7=" + 2 * powers(7, 8) + ".!");
            // Samples that end late come late where fragments are short; none is missing, and none comes twice.
            List<String> expected = new ArrayList<>();
            for (int k = 0; k < 4; k++) {
                expected.addAll(episode);
            }
            assertThat(rows.stream().limit(30).toList()).hasSize(30);
            for (String row : episode) {
                assertThat(rows.stream().filter(row::equals).count())
                        .as("%s in fragments of %d", row, fragment)
                        .isBetween(4L, 6L);
            }
            assertThat(Set.copyOf(rows)).isEqualTo(Set.copyOf(expected));
        }
    }

    /** Advantages by their definition, trajectory by trajectory, from the rows of the batch. */
    @Test
    void advantagesFlowNeitherOverAnEndNorFromOneAgentToAnother() {
        Policy policy = policy(2);
        double gamma = 0.9;
        double lambda = 0.8;
        try (MultiAgentWorker worker = worker(2, 3, 0, (env, episode) -> new int[] {0, 0, 0}, true)) {
            worker.add(policy, true);
            worker.collect(19, streams(0, 2, 3));
            RolloutBatch batch = batch();
            int[] slot = AgentBatches.merge(List.of(worker), 0, batch);
            int slots = AgentBatches.slots(List.of(worker));
            assertThat(slots).isEqualTo(15);
            Gae.compute(batch, slot, slots, gamma, lambda);
            for (int s = 9; s < 15; s++) {
                int which = s;
                int[] own = java.util.stream.IntStream.range(0, batch.rows())
                        .filter(row -> slot[row] == which)
                        .toArray();
                assertThat(own.length).isGreaterThan(3);
                for (int i = 0; i < own.length; i++) {
                    double sum = 0;
                    double weight = 1;
                    for (int j = i; j < own.length; j++) {
                        int row = own[j];
                        sum += weight * (batch.reward[row] + gamma * batch.nextValue[row] - batch.value[row]);
                        weight *= gamma * lambda;
                        if (batch.ended[row]) {
                            break;
                        }
                    }
                    assertThat((double) batch.advantage[own[i]]).isCloseTo(sum, within(1e-5 * (1 + Math.abs(sum))));
                }
            }
        }
    }

    /** Two agents who act side by side are two environments: flattened by hand, they give the same batch. */
    @Test
    void agentsSideBySideGiveTheBatchOfAsManyEnvironments() {
        Envs.register(EnvSpec.of("Alone-v0", context -> new Alone(context.vectorIndex()))
                .withMaxEpisodeSteps(5));
        try {
            RolloutBatch expected = new RolloutBatch(2, 2, 1, 3);
            expected.resize(13);
            RolloutBatch actual = batch();
            Policy policy = policy(4);
            try (RolloutWorker single =
                            new RolloutWorker(new SyncVectorEnv("Alone-v0", Map.of(), 2, 0, 0, seeds), policy, 0);
                    MultiAgentWorker several = worker(1, 0, 5, (env, episode) -> new int[] {0, 0}, false)) {
                several.add(policy, true);
                for (int i = 0; i < 3; i++) {
                    single.collect(expected, streams(i, 1, 2)[0]);
                    several.collect(13, streams(i, 1, 2));
                    int[] slot = AgentBatches.merge(List.of(several), 0, actual);
                    Gae.compute(expected, 0.9, 0.8);
                    Gae.compute(actual, slot, 2, 0.9, 0.8);
                    assertThat(actual.rows()).isEqualTo(26);
                    assertThat(Arrays.copyOf(actual.observation, 52)).isEqualTo(expected.observation);
                    assertThat(Arrays.copyOf(actual.action, 26)).isEqualTo(expected.action);
                    assertThat(Arrays.copyOf(actual.logProb, 26)).isEqualTo(expected.logProb);
                    assertThat(Arrays.copyOf(actual.policyInput, 78)).isEqualTo(expected.policyInput);
                    assertThat(Arrays.copyOf(actual.value, 26)).isEqualTo(expected.value);
                    assertThat(Arrays.copyOf(actual.nextValue, 26)).isEqualTo(expected.nextValue);
                    assertThat(Arrays.copyOf(actual.reward, 26)).isEqualTo(expected.reward);
                    assertThat(Arrays.copyOf(actual.ended, 26)).isEqualTo(expected.ended);
                    assertThat(Arrays.copyOf(actual.terminated, 26)).isEqualTo(expected.terminated);
                    assertThat(Arrays.copyOf(actual.advantage, 26)).isEqualTo(expected.advantage);
                    assertThat(Arrays.copyOf(actual.valueTarget, 26)).isEqualTo(expected.valueTarget);
                }
            }
        } finally {
            Envs.unregister("Alone-v0");
        }
    }

    @Test
    void eachPolicyGetsTheSamplesOfItsAgentsAndThoseThatDoNotLearnNone() {
        MultiAgentWorker.Mapping mapping = (env, episode) -> episode % 2 == 0 ? new int[] {0, 1} : new int[] {1, 0};
        try (MultiAgentWorker worker = worker(2, 0, 4, mapping, false)) {
            worker.add(policy(1), true);
            worker.add(policy(2), false);
            worker.collect(8, streams(0, 2, 2));
            RolloutBatch batch = batch();
            int[] slot = AgentBatches.merge(List.of(worker), 0, batch);
            // Agent 0 of both environments in the first episode, agent 1 in the second.
            assertThat(slot).containsExactly(0, 2, 0, 2, 0, 2, 0, 2, 1, 3, 1, 3, 1, 3, 1, 3);
            assertThat(worker.agentSteps()).isEqualTo(32);
            assertThat(worker.openSamples()).isEmpty();
            assertThat(worker.episodes()).hasSize(4);
            MultiAgentWorker.Episode last = worker.episodes().get(3);
            assertThat(last.of()).isEqualTo(new RolloutWorker.Episode(7, 1, 30, 4));
            assertThat(last.policy()).containsExactly(1, 0);
            assertThat(last.agentReturn()).containsExactly(10, 20);
        }
    }

    @Test
    void samplesThatWaitAreSavedAndGoOnElsewhere() {
        Policy policy = policy(2);
        MultiAgentWorker.Mapping mapping = (env, episode) -> new int[] {0, 0, 0};
        try (MultiAgentWorker one = worker(2, 0, 0, mapping, true);
                MultiAgentWorker other = worker(2, 0, 0, mapping, true)) {
            one.add(policy, true);
            other.add(policy, true);
            one.collect(4, streams(0, 2, 3));
            // Player 0 has acted at step 3, players 1 and 2 before; player 1 is to act.
            assertThat(one.openSamples()).extracting(OpenSample::slot).containsExactly(2, 5, 0, 3);
            other.restore(one.save(), one.openSamples());
            for (int i = 1; i < 4; i++) {
                one.collect(3, streams(i, 2, 3));
                other.collect(3, streams(i, 2, 3));
                RolloutBatch expected = batch();
                RolloutBatch actual = batch();
                assertThat(AgentBatches.merge(List.of(other), 0, actual))
                        .isEqualTo(AgentBatches.merge(List.of(one), 0, expected));
                assertThat(actual.reward).isEqualTo(expected.reward);
                assertThat(actual.observation).isEqualTo(expected.observation);
                assertThat(actual.nextValue).isEqualTo(expected.nextValue);
            }
            other.restart();
            assertThat(other.openSamples()).isEmpty();
        }
    }
}
