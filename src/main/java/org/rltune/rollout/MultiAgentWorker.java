package org.rltune.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rltune.env.AgentEpisodes;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;

/**
 * Steps its environments with several policies, each of which acts for some of the agents, and collects samples for those
 * that learn; what {@link RolloutWorker} is to environments with one agent.
 *
 * <p>Which policy acts for which agent is asked at the beginning of each episode. The reward of a sample is the sum of the
 * agent's rewards until it acts again or ends. Workers share the networks, which nobody changes while they collect, and
 * write to memory of their own.
 */
public final class MultiAgentWorker implements AutoCloseable {
    // As in RolloutWorker: reading the clock at every step costs time.
    private static final int TIMED_STEPS = 16;
    private static final int NONE = -1;

    /** Says which policy acts for each agent of an episode. */
    public interface Mapping {
        /**
         * Maps the agents of an episode.
         *
         * @param env number of the environment over all workers
         * @param episode number of its episode, from 0
         * @return for each agent, by its number, the number of a policy
         */
        int[] of(int env, long episode);
    }

    /**
     * An episode that ended while collecting.
     *
     * @param of step, environment, return of all agents together, and length
     * @param policy which policy acted for each agent
     * @param agentReturn what each agent earned
     */
    public record Episode(RolloutWorker.Episode of, int[] policy, double[] agentReturn) {}

    /** Where the worker stands in one environment: its episode, and who acts for whom in it. */
    public record Standing(EpisodeState episode, int[] policy) {}

    private final List<AgentEpisodes> envs;
    private final int firstEnv;
    private final int agents;
    private final Mapping mapping;
    private final int[][] policyOf;
    private final int[][] last; // row of the agent's open sample
    private final float[][][] flat;
    private final List<AgentActor> actors = new ArrayList<>();
    private final List<Episode> episodes = new ArrayList<>();
    private long envNanos;
    private long inferenceNanos;
    private long agentSteps;

    /**
     * Makes a worker and begins the first episodes.
     *
     * @param envs its environments, all with the same agents; closed with the worker
     * @param firstEnv number of its first environment over all workers
     */
    public MultiAgentWorker(List<AgentEpisodes> envs, int firstEnv, Mapping mapping) {
        this.envs = List.copyOf(envs);
        this.firstEnv = firstEnv;
        this.agents = envs.get(0).agents().size();
        this.mapping = mapping;
        this.policyOf = new int[envs.size()][];
        this.last = new int[envs.size()][agents];
        this.flat = new float[envs.size()][agents][];
        for (int e = 0; e < envs.size(); e++) {
            for (int a = 0; a < agents; a++) {
                flat[e][a] = new float[envs.get(e).actionSize(a)];
            }
            begin(e, 0);
        }
    }

    private void begin(int e, long episode) {
        envs.get(e).begin(episode);
        policyOf[e] = mapping.of(firstEnv + e, episode).clone();
        Arrays.fill(last[e], NONE);
    }

    /**
     * Adds a policy; its number is the count of those before.
     *
     * @param learns whether its samples are kept
     */
    public void add(Policy policy, boolean learns) {
        actors.add(new AgentActor(policy, learns, envs.size() * agents));
    }

    /** Forgets all policies from this number on; nothing may be mapped to them any more. */
    public void removeFrom(int policy) {
        actors.subList(policy, actors.size()).clear();
    }

    /**
     * Collects {@code steps} steps of each environment.
     *
     * @param streams for each environment of the worker and each agent what its actions are drawn from
     * @throws EnvException if an environment fails, or forbids every action by its mask
     */
    public void collect(int steps, Pcg64[][] streams) {
        episodes.clear();
        agentSteps = 0;
        envNanos = 0;
        inferenceNanos = 0;
        beginFragment();
        int timed = 0;
        for (int t = 0; t < steps; t++) {
            long start = t % TIMED_STEPS == 0 ? System.nanoTime() : 0;
            act(t, streams);
            long acted = start == 0 ? 0 : System.nanoTime();
            for (int e = 0; e < envs.size(); e++) {
                envs.get(e).step(flat[e]);
            }
            if (start != 0) {
                timed++;
                envNanos += System.nanoTime() - acted;
                inferenceNanos += acted - start;
            }
            for (int e = 0; e < envs.size(); e++) {
                storeOutcome(t, e);
            }
        }
        closeFragment();
        envNanos = Math.round((double) envNanos * steps / timed);
        inferenceNanos = Math.round((double) inferenceNanos * steps / timed);
    }

    /** Drops what was trained on; open samples stay, at other rows. */
    private void beginFragment() {
        for (int[] rows : last) {
            Arrays.fill(rows, NONE);
        }
        for (AgentActor actor : actors) {
            actor.begin();
            AgentSamples samples = actor.samples;
            for (int row = 0; row < samples.rows(); row++) {
                int slot = samples.slot[row] - firstEnv * agents;
                last[slot / agents][slot % agents] = row;
            }
        }
    }

    private void act(int t, Pcg64[][] streams) {
        for (int p = 0; p < actors.size(); p++) {
            AgentActor actor = actors.get(p);
            gather(actor, p, false);
            if (actor.rows == 0) {
                continue;
            }
            agentSteps += actor.rows;
            actor.encode(true);
            requireChoices(actor);
            for (int i = 0; i < actor.rows; i++) {
                actor.streams[i] = streams[actor.env[i]][actor.agent[i]];
            }
            int first = actor.act(t);
            for (int i = 0; i < actor.rows; i++) {
                int e = actor.env[i];
                int a = actor.agent[i];
                actor.copyAction(i, flat[e][a]);
                if (actor.learns) {
                    actor.samples.slot[first + i] = slot(e, a);
                    link(actor, i);
                    last[e][a] = first + i;
                }
            }
        }
    }

    private int slot(int e, int a) {
        return (firstEnv + e) * agents + a;
    }

    /** Lists the agents of a policy that have something to act on; all of them, or only those with an open sample. */
    private void gather(AgentActor actor, int policy, boolean openOnly) {
        actor.rows = 0;
        for (int e = 0; e < envs.size(); e++) {
            for (int a = 0; a < agents; a++) {
                if (envs.get(e).acts(a) && policyOf[e][a] == policy && !(openOnly && last[e][a] == NONE)) {
                    actor.add(e, a, envs.get(e).observation(a));
                }
            }
        }
    }

    /** The value just computed is what the agent's sample before has led to. */
    private void link(AgentActor actor, int i) {
        int before = last[actor.env[i]][actor.agent[i]];
        if (before != NONE) {
            actor.samples.nextValue[before] = actor.value(i);
            actor.samples.open[before] = false;
        }
    }

    private void requireChoices(AgentActor actor) {
        for (int i = 0; i < actor.rows; i++) {
            String wrong = actor.maskError(i);
            if (!wrong.isEmpty()) {
                AgentEpisodes env = envs.get(actor.env[i]);
                throw new EnvException(
                        env + ", agent " + env.agents().get(actor.agent[i]) + ", episode " + env.episode() + ", step "
                                + env.steps() + ": the observation's " + wrong,
                        null);
            }
        }
    }

    private void storeOutcome(int t, int e) {
        AgentEpisodes env = envs.get(e);
        for (int a = 0; a < agents; a++) {
            int row = last[e][a];
            if (row == NONE) {
                continue;
            }
            AgentActor actor = actors.get(policyOf[e][a]);
            AgentSamples samples = actor.samples;
            samples.reward[row] += env.reward(a);
            if (env.terminated(a) || env.truncated(a)) {
                samples.terminated[row] = env.terminated(a);
                samples.ended[row] = true;
                samples.nextValue[row] = env.terminated(a) ? 0 : actor.finalValue(env.observation(a));
                samples.open[row] = false;
                last[e][a] = NONE;
            }
        }
        if (env.over()) {
            double[] returns = new double[agents];
            Arrays.setAll(returns, env::agentReturn);
            RolloutWorker.Episode of = new RolloutWorker.Episode(t, firstEnv + e, env.episodeReturn(), env.steps());
            episodes.add(new Episode(of, policyOf[e].clone(), returns));
            begin(e, env.episode() + 1);
        }
    }

    /** Bootstraps the samples of all who are about to act; those of agents that wait stay open. */
    private void closeFragment() {
        for (int p = 0; p < actors.size(); p++) {
            AgentActor actor = actors.get(p);
            gather(actor, p, true);
            if (actor.rows > 0) {
                actor.encode(false);
                actor.forward();
                for (int i = 0; i < actor.rows; i++) {
                    link(actor, i);
                }
            }
        }
    }

    AgentSamples samples(int policy) {
        return actors.get(policy).samples;
    }

    /** Returns the trajectories that {@link AgentBatches#merge} tells apart, over all workers up to and with this one. */
    int slots() {
        return (firstEnv + envs.size()) * agents;
    }

    /** Returns this worker's filter of a policy's observations, which knows what it saw in the last fragment; or null. */
    public @Nullable MeanStdFilter filter(int policy) {
        return actors.get(policy).filter;
    }

    /** Returns the episodes that ended in the last {@link #collect}, in the order of steps, then of environments. */
    public List<Episode> episodes() {
        return List.copyOf(episodes);
    }

    /** Returns the actions of all agents in the last {@link #collect}. */
    public long agentSteps() {
        return agentSteps;
    }

    /** Returns the nanoseconds that the last {@link #collect} spent in the environments, as every 16th step tells. */
    public long envNanos() {
        return envNanos;
    }

    /** Returns the nanoseconds that it spent in the networks and in drawing actions, as every 16th step tells. */
    public long inferenceNanos() {
        return inferenceNanos;
    }

    /** Returns where it stands in each environment. */
    public List<Standing> save() {
        List<Standing> standings = new ArrayList<>();
        for (int e = 0; e < envs.size(); e++) {
            standings.add(new Standing(envs.get(e).save(), policyOf[e].clone()));
        }
        return standings;
    }

    /** Returns the samples that wait for their agents' next observation. */
    public List<OpenSample> openSamples() {
        List<OpenSample> open = new ArrayList<>();
        for (int p = 0; p < actors.size(); p++) {
            AgentSamples samples = actors.get(p).samples;
            for (int row = 0; actors.get(p).learns && row < samples.rows(); row++) {
                if (samples.open[row]) {
                    open.add(new OpenSample(p, samples.slot[row], samples.reward[row], samples.pack(row)));
                }
            }
        }
        return open;
    }

    /**
     * Puts each environment back to where it stood.
     *
     * @param open the samples of all workers that were open; those of others are left out
     * @throws IllegalArgumentException if an episode cannot be repeated, or a sample does not fit
     */
    public void restore(List<Standing> standings, List<OpenSample> open) {
        actors.forEach(actor -> actor.samples.clear());
        for (int e = 0; e < envs.size(); e++) {
            envs.get(e).restore(standings.get(e).episode());
            policyOf[e] = standings.get(e).policy().clone();
        }
        Set<Integer> taken = new HashSet<>();
        for (OpenSample sample : open) {
            int slot = sample.slot() - firstEnv * agents;
            if (slot < 0 || slot >= envs.size() * agents) {
                continue;
            }
            AgentActor actor = actors.get(sample.policy());
            AgentSamples samples = actor.samples;
            boolean fits = actor.learns
                    && policyOf[slot / agents][slot % agents] == sample.policy()
                    && envs.get(slot / agents).waits(slot % agents)
                    && sample.numbers().length == samples.packedSize()
                    && taken.add(slot);
            if (!fits) {
                throw new IllegalArgumentException("an open sample of policy " + sample.policy() + " for trajectory "
                        + sample.slot() + " has " + sample.numbers().length
                        + " numbers, but there is none of it in the episodes, or one of another size");
            }
            samples.unpack(sample.numbers(), sample.slot(), sample.reward());
        }
    }

    /** Gives up the running episodes, with the samples that are open, and begins new ones. */
    public void restart() {
        actors.forEach(actor -> actor.samples.clear());
        for (int e = 0; e < envs.size(); e++) {
            begin(e, envs.get(e).episode() + 1);
        }
    }

    /** Closes the environments. */
    @Override
    public void close() {
        envs.forEach(AgentEpisodes::close);
    }
}
