package org.rltune.env;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.check.Suggest;
import org.rltune.random.SeedSeries;
import org.rltune.space.Space;

/**
 * Plays the episodes of one environment with several agents, in flat arrays, and holds it to its contract
 * ({@link MultiAgentEnv}). Agents go by their number, the place in {@link MultiAgentEnv#possibleAgents}.
 *
 * <p>Episode {@code k} begins with the {@code k}-th seed of its series. Seed and actions of the running episode are
 * remembered, so that it can be repeated elsewhere. One thread at a time.
 */
public final class AgentEpisodes implements AutoCloseable {
    private static final int HALF = 16; // bits of a number that a float holds exactly

    private final VectorPlace place;
    private final int index;
    private final MultiAgentEnv env;
    private final SeedSeries seeds;
    private final int limit;
    private final List<String> names;
    private final FlatObservations[] observations;
    private final FlatActions[] actions;

    private final float[][] observation;
    private final boolean[] acts;
    private final boolean[] waits; // has acted, and seen nothing since
    private final boolean[] gone; // has ended
    private final double[] reward;
    private final boolean[] terminated;
    private final boolean[] truncated;
    private final double[] agentReturn;
    private boolean over;
    private long episode;
    private long seed;
    private int steps;
    private float[] log = new float[64];
    private int logged;

    /**
     * Takes an environment and begins nothing.
     *
     * @param id names the environment in errors
     * @param worker the rollout worker, for errors
     * @param index its place among the environments of the worker, for errors
     * @param limit steps after which an episode is truncated, 0 for none
     * @throws IllegalArgumentException for a space without a flat form
     * @throws EnvException for agents that cannot be told apart
     */
    public AgentEpisodes(String id, int worker, int index, MultiAgentEnv env, int limit, SeedSeries seeds) {
        this.place = new VectorPlace(id, worker);
        this.index = index;
        this.env = env;
        this.seeds = seeds;
        this.limit = limit;
        this.names = List.copyOf(env.possibleAgents());
        String wrong = wrongNames(names);
        if (wrong != null) {
            throw new EnvException(id + ": " + wrong, null);
        }
        int n = names.size();
        observations = new FlatObservations[n];
        actions = new FlatActions[n];
        observation = new float[n][];
        for (int a = 0; a < n; a++) {
            observations[a] =
                    FlatObservations.of(id + ", agent " + names.get(a) + ",", env.observationSpace(names.get(a)));
            actions[a] = FlatActions.of(env.actionSpace(names.get(a)));
            observation[a] = new float[observations[a].size()];
        }
        acts = new boolean[n];
        waits = new boolean[n];
        gone = new boolean[n];
        reward = new double[n];
        terminated = new boolean[n];
        truncated = new boolean[n];
        agentReturn = new double[n];
    }

    /** What is wrong with the names of agents, or null. */
    static @Nullable String wrongNames(List<String> names) {
        if (names.isEmpty()) {
            return "possibleAgents() is empty, but somebody must act. Name at least one agent";
        }
        for (String name : names) {
            if (name.isBlank() || name.equals(MultiAgentEnv.ALL)) {
                return "possibleAgents() has the name '" + name + "', but a name is not blank and not '"
                        + MultiAgentEnv.ALL + "', which stands for all. Choose another name";
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            return "possibleAgents() is " + names + ", but every agent has a name of its own. Number them";
        }
        return null;
    }

    /** The agents' names, in the order of their numbers. */
    public List<String> agents() {
        return names;
    }

    /** The space of an agent's observations. */
    public Space<?> observationSpace(int agent) {
        return observations[agent].space();
    }

    /** The space of an agent's actions. */
    public Space<?> actionSpace(int agent) {
        return actions[agent].space();
    }

    /** Floats of an agent's flat action, see {@link FlatActions}. */
    public int actionSize(int agent) {
        return actions[agent].size();
    }

    /**
     * Begins an episode, whatever was before.
     *
     * @param number its number, at least 0; the next one after {@link #over} is {@code episode() + 1}
     */
    public void begin(long number) {
        begin(number, seeds.seed(number));
    }

    /** Begins an episode from a seed of at least 0 that is not of the series. */
    public void begin(long number, long itsSeed) {
        episode = number;
        seed = itsSeed;
        steps = 0;
        logged = 0;
        over = false;
        Arrays.fill(waits, false);
        Arrays.fill(gone, false);
        Arrays.fill(agentReturn, 0);
        clearOutcome();
        MultiAgentReset first;
        try {
            first = env.reset(itsSeed, Map.of());
        } catch (RuntimeException e) {
            throw fault("reset failed: " + e, e);
        }
        if (first == null) {
            throw fault("reset returned null; it must return a MultiAgentReset", null);
        }
        take(first.observations());
    }

    private void clearOutcome() {
        Arrays.fill(reward, 0);
        Arrays.fill(terminated, false);
        Arrays.fill(truncated, false);
        Arrays.fill(acts, false);
    }

    /**
     * Takes a step.
     *
     * @param flat for each agent a flat action; only those of agents who act are read
     * @throws EnvException if the environment fails or breaks its contract
     */
    public void step(float[][] flat) {
        if (over) {
            throw new ResetNeededException(where() + "the episode is over. Begin the next one first: begin(episode)");
        }
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (int a = 0; a < acts.length; a++) {
            if (acts[a]) {
                String wrong = actions[a].wrong(flat[a], 0);
                if (wrong != null) {
                    throw new IllegalArgumentException(where() + "agent " + names.get(a) + ": " + wrong);
                }
                chosen.put(names.get(a), actions[a].decode(flat[a], 0));
                remember(flat[a], actions[a].size());
                waits[a] = true;
            }
        }
        steps++;
        MultiAgentStep result;
        try {
            result = env.step(chosen);
        } catch (RuntimeException e) {
            throw fault("step failed: " + e, e);
        }
        if (result == null) {
            throw fault("step returned null; it must return a MultiAgentStep", null);
        }
        clearOutcome();
        takeRewards(result.rewards());
        boolean cut = takeEnds(result);
        take(result.observations());
        for (int a = 0; a < acts.length; a++) {
            if (truncated[a] && waits[a]) {
                observeLast(a, cut);
            }
            gone[a] |= terminated[a] || truncated[a];
            acts[a] &= !gone[a];
        }
    }

    private void remember(float[] action, int size) {
        if (logged + size > log.length) {
            log = Arrays.copyOf(log, Math.max(2 * log.length, logged + size));
        }
        System.arraycopy(action, 0, log, logged, size);
        logged += size;
    }

    private void takeRewards(Map<String, Double> rewards) {
        requireKnown("a reward", rewards.keySet());
        for (int a = 0; a < reward.length; a++) {
            Double given = rewards.get(names.get(a));
            if (given == null && !rewards.containsKey(names.get(a))) {
                continue;
            }
            if (given == null || !(Math.abs(given) <= Float.MAX_VALUE)) {
                throw fault("the reward of agent " + names.get(a) + " is " + given + ", but must be finite", null);
            }
            reward[a] = given;
            agentReturn[a] += given;
        }
    }

    /** Notes who has ended; returns whether it was the limit of steps that cut the episode. */
    private boolean takeEnds(MultiAgentStep result) {
        requireEnding(result.terminated(), "terminated");
        requireEnding(result.truncated(), "truncated");
        boolean allTerminated = result.terminated().contains(MultiAgentEnv.ALL);
        boolean allTruncated = result.truncated().contains(MultiAgentEnv.ALL);
        over = allTerminated || allTruncated;
        boolean left = false;
        for (int a = 0; a < gone.length; a++) {
            terminated[a] = !gone[a] && (allTerminated || result.terminated().contains(names.get(a)));
            truncated[a] = !gone[a]
                    && !terminated[a]
                    && (allTruncated || result.truncated().contains(names.get(a)));
            left |= !(gone[a] || terminated[a] || truncated[a]);
        }
        over |= !left;
        boolean cut = !over && limit > 0 && steps >= limit;
        for (int a = 0; cut && a < gone.length; a++) {
            truncated[a] |= !gone[a] && !terminated[a];
        }
        over |= cut;
        return cut;
    }

    private void requireEnding(Set<String> ended, String word) {
        for (String name : ended) {
            if (!name.equals(MultiAgentEnv.ALL)) {
                requireKnown("'" + word + "'", Set.of(name));
            }
        }
    }

    private void requireKnown(String what, Set<String> given) {
        for (String name : given) {
            int a = names.indexOf(name);
            if (a < 0) {
                throw fault(
                        "there is " + what + " for '" + name + "', but possibleAgents() is " + names + "."
                                + Suggest.nearest(name, names),
                        null);
            }
            if (gone[a]) {
                throw fault(
                        "there is " + what + " for agent " + name
                                + ", who has ended before. Leave it out until the next reset",
                        null);
            }
        }
    }

    private void take(Map<String, Object> given) {
        requireKnown("an observation", given.keySet());
        for (int a = 0; a < acts.length; a++) {
            if (given.containsKey(names.get(a))) {
                copy(a, given.get(names.get(a)));
                acts[a] = true;
                waits[a] = waits[a] && (terminated[a] || truncated[a]);
            }
        }
    }

    private void copy(int a, @Nullable Object value) {
        String wrong = observations[a].copy(value, observation[a], 0);
        if (wrong != null) {
            throw fault("agent " + names.get(a) + ": " + wrong, null);
        }
    }

    /** An agent whose episode is cut after it acted is worth what it would see now. */
    private void observeLast(int a, boolean cut) {
        if (acts[a]) {
            return;
        }
        Optional<Object> now;
        try {
            now = env.observe(names.get(a));
        } catch (RuntimeException e) {
            throw fault("observe(\"" + names.get(a) + "\") failed: " + e, e);
        }
        if (now.isEmpty()) {
            throw fault(
                    "agent " + names.get(a) + " is truncated"
                            + (cut ? " by the limit of " + limit + " steps" : "")
                            + " after it acted, but there is no observation that its future could be judged by. Return one"
                            + " with the step, or override observe(agent)",
                    null);
        }
        copy(a, now.get());
    }

    /** Whether an agent has an observation to act on. */
    public boolean acts(int agent) {
        return acts[agent];
    }

    /** Whether an agent has acted, and neither seen anything since nor ended. */
    public boolean waits(int agent) {
        return waits[agent] && !gone[agent];
    }

    /** The agent's latest flat observation: the one to act on, or where the last step truncated it, its final one. */
    public float[] observation(int agent) {
        return observation[agent];
    }

    /** The agent's reward in the last step. */
    public double reward(int agent) {
        return reward[agent];
    }

    /** Whether the last step ended the agent by the task's own rules. */
    public boolean terminated(int agent) {
        return terminated[agent];
    }

    /** Whether the last step cut the agent's episode by a limit; never together with {@link #terminated}. */
    public boolean truncated(int agent) {
        return truncated[agent];
    }

    /** Whether the episode is over for all. */
    public boolean over() {
        return over;
    }

    /** The sum of the agent's rewards in this episode. */
    public double agentReturn(int agent) {
        return agentReturn[agent];
    }

    /** The sum of all agents' rewards in this episode, in the order of agents. */
    public double episodeReturn() {
        double sum = agentReturn[0];
        for (int a = 1; a < agentReturn.length; a++) {
            sum += agentReturn[a];
        }
        return sum;
    }

    /** The number of the episode. */
    public long episode() {
        return episode;
    }

    /** Steps of the environment in this episode. */
    public int steps() {
        return steps;
    }

    /**
     * Where the environment stands: the episode, and the actions of all who acted, in the order of steps, then of agents, with
     * the number of steps, in two floats, after them.
     */
    public EpisodeState save() {
        float[] saved = Arrays.copyOf(log, logged + 2);
        saved[logged] = steps >>> HALF;
        saved[logged + 1] = steps & ((1 << HALF) - 1);
        return new EpisodeState(episode, saved);
    }

    /**
     * Brings the environment to where one made alike stood, by repeating its episode.
     *
     * @throws IllegalArgumentException if the state is not that of a running episode of this environment
     */
    public void restore(EpisodeState state) {
        begin(state.episode());
        float[] saved = state.actions();
        int end = saved.length - 2;
        if (end < 0) {
            throw notRepeatable("has no number of steps");
        }
        int wanted = ((int) saved[end] << HALF) + (int) saved[end + 1];
        float[][] flat = new float[names.size()][];
        int at = 0;
        while (steps < wanted && !over) {
            for (int a = 0; a < flat.length; a++) {
                if (acts[a]) {
                    int next = at + actions[a].size();
                    if (next > end) {
                        throw notRepeatable("has too few actions");
                    }
                    flat[a] = Arrays.copyOfRange(saved, at, next);
                    at = next;
                }
            }
            step(flat);
        }
        if (over || at != end) {
            throw notRepeatable(over ? "has come to its end" : "has " + (end - at) + " numbers too many");
        }
    }

    private IllegalArgumentException notRepeatable(String why) {
        return new IllegalArgumentException(
                where() + "the saved episode cannot be repeated: it " + why + ", but was under way when it was saved");
    }

    private EnvException fault(String what, @Nullable Throwable cause) {
        return new EnvException(where() + what + ". The episode's seed is " + seed, cause);
    }

    private String where() {
        return place.of(index, episode, steps);
    }

    /** Names of agents for errors and tests. */
    @Override
    public String toString() {
        return place.of(index) + " with the agents " + names;
    }

    @Override
    public void close() {
        env.close();
    }
}
