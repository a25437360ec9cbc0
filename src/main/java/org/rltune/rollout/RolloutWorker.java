package org.rltune.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Scratch;
import org.rltune.nn.Workspace;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.policy.Preprocessor;
import org.rltune.random.Pcg64;

/**
 * Steps its environments with the current policy and writes what happens into its part of a {@link RolloutBatch}.
 *
 * <p>Workers share the network (which nobody changes while they collect) and write to different rows, so they may run
 * side by side; each environment draws its actions from its own stream, so the result does not depend on how many
 * threads run them.
 */
public final class RolloutWorker implements AutoCloseable {
    // Reading the clock at every step would take 4 % of the time with 8 small environments.
    private static final int TIMED_STEPS = 16;

    private final VectorEnv env;
    private final Policy policy;
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final Scratch scratch;
    private final int firstEnv;
    private final Workspace workspace;
    private final VectorStep step;
    /** What the network sees of the present observations: these themselves where nothing comes between. */
    private final float[] input;

    private final float[] finalInput;
    private final @Nullable MeanStdFilter filter;
    private final @Nullable RewardScaling rewards;
    private final float[] envAction;
    private final EndedEpisodes episodes;
    private long envNanos;
    private long inferenceNanos;

    /**
     * An episode that ended while collecting.
     *
     * @param step at which step of the fragment it ended
     * @param env number of the environment over all workers
     * @param episodeReturn undiscounted sum of its rewards, from its beginning, which may lie in an earlier fragment
     * @param length its steps
     */
    public record Episode(int step, int env, double episodeReturn, int length) {}

    /** As {@link #RolloutWorker(VectorEnv, Policy, RewardScaling, int)}, with rewards as they are. */
    public RolloutWorker(VectorEnv env, Policy policy, int firstEnv) {
        this(env, policy, null, firstEnv);
    }

    /**
     * Makes a worker and begins the first episodes.
     *
     * @param env the worker's environments; closed with the worker
     * @param policy what acts; if it filters observations, this worker has a filter of its own, see {@link #filter}
     * @param rewards scales the rewards of this worker's environments, or null
     * @param firstEnv number of its first environment over all workers
     */
    public RolloutWorker(VectorEnv env, Policy policy, @Nullable RewardScaling rewards, int firstEnv) {
        this.env = env;
        this.policy = policy;
        this.network = policy.network();
        this.distribution = policy.distribution();
        this.scratch = distribution.scratch(env.numEnvs());
        this.firstEnv = firstEnv;
        this.workspace = network.workspace(env.numEnvs());
        this.step = new VectorStep(env.numEnvs(), env.observationSize());
        MeanStdFilter shared = policy.filter();
        this.filter = shared == null ? null : shared.copy();
        this.rewards = rewards;
        boolean asIs = policy.preprocessor().identity() && filter == null;
        int size = policy.preprocessor().size();
        this.input = asIs ? step.observation : new float[env.numEnvs() * size];
        this.finalInput = new float[asIs ? 0 : size];
        this.envAction = new float[env.numEnvs() * env.actionSize()];
        this.episodes = new EndedEpisodes(firstEnv);
        env.reset(step.observation);
    }

    /**
     * Collects {@code batch.steps()} steps of each of the worker's environments.
     *
     * @param actionStreams one stream an environment, in the worker's order; draws its actions
     * @throws EnvException if an environment fails, or forbids every action by its mask
     */
    public void collect(RolloutBatch batch, Pcg64[] actionStreams) {
        episodes.clear();
        MeanStdFilter shared = policy.filter();
        if (filter != null && shared != null) {
            filter.take(shared);
        }
        envNanos = 0;
        inferenceNanos = 0;
        int timed = 0;
        for (int t = 0; t < batch.steps(); t++) {
            if (t % TIMED_STEPS == 0) {
                timed++;
                long start = System.nanoTime();
                act(batch, actionStreams, t);
                long acted = System.nanoTime();
                env.step(envAction, step);
                envNanos += System.nanoTime() - acted;
                inferenceNanos += acted - start;
            } else {
                act(batch, actionStreams, t);
                env.step(envAction, step);
            }
            storeOutcome(batch, t * batch.envs() + firstEnv, t);
        }
        encode(false);
        network.forward(workspace, input, 0, env.numEnvs());
        linkValues(batch, batch.rows() + firstEnv);
        envNanos = Math.round((double) envNanos * batch.steps() / timed);
        inferenceNanos = Math.round((double) inferenceNanos * batch.steps() / timed);
    }

    /** Draws the actions of step {@code t} and writes what is known before the environments take it. */
    private void act(RolloutBatch batch, Pcg64[] actionStreams, int t) {
        int envs = env.numEnvs();
        int row = t * batch.envs() + firstEnv;
        encode(true);
        network.forward(workspace, input, 0, envs);
        requireChoices(t);
        distribution.sample(
                scratch,
                workspace.policy,
                workspace.capacity,
                envs,
                actionStreams,
                batch.action,
                row * batch.actionSize(),
                batch.logProb,
                row);
        store(batch, row, t);
        policy.scaling().toEnv(batch.action, row * batch.actionSize(), envs, envAction);
    }

    /** Makes {@link #input} of the present observations. */
    private void encode(boolean learn) {
        if (input == step.observation) {
            return;
        }
        int envs = env.numEnvs();
        policy.preprocessor().apply(step.observation, 0, envs, input, 0);
        if (filter != null) {
            if (learn) {
                filter.observe(input, 0, envs);
            }
            filter.apply(input, 0, envs, input, 0);
        }
    }

    private void requireChoices(int t) {
        Preprocessor preprocessor = policy.preprocessor();
        for (int e = 0; preprocessor.maskSize() > 0 && e < env.numEnvs(); e++) {
            String wrong = preprocessor.maskError(input, e * preprocessor.size());
            if (!wrong.isEmpty()) {
                EpisodeState state = env.save().get(e);
                throw new EnvException(
                        env + ", vector index " + e + ", episode " + state.episode() + ", step "
                                + state.actions().length / env.actionSize() + " (step " + t
                                + " of the fragment): the observation's " + wrong,
                        null);
            }
        }
    }

    /** Writes what was known before the step: observations, values, inputs of the distribution. */
    private void store(RolloutBatch batch, int row, int t) {
        int envs = env.numEnvs();
        int inputs = batch.policyInputs();
        System.arraycopy(input, 0, batch.observation, row * batch.observationSize(), input.length);
        System.arraycopy(workspace.value, 0, batch.value, row, envs);
        for (int j = 0; j < inputs; j++) {
            for (int e = 0; e < envs; e++) {
                batch.policyInput[(row + e) * inputs + j] = workspace.policy[j * workspace.capacity + e];
            }
        }
        if (t > 0) {
            linkValues(batch, row);
        }
    }

    /** Writes the values just computed as those reached by the rows before, where the episode went on. */
    private void linkValues(RolloutBatch batch, int row) {
        for (int e = 0; e < env.numEnvs(); e++) {
            int before = row - batch.envs() + e;
            if (!batch.ended[before]) {
                batch.nextValue[before] = workspace.value[e];
            }
        }
    }

    private void storeOutcome(RolloutBatch batch, int row, int t) {
        if (rewards != null) {
            for (int e = 0; e < env.numEnvs(); e++) {
                rewards.observe(e, step.reward[e], step.ended(e));
            }
            rewards.refresh();
        }
        for (int e = 0; e < env.numEnvs(); e++) {
            boolean ended = step.terminated[e] || step.truncated[e];
            batch.reward[row + e] = rewards == null ? (float) step.reward[e] : rewards.scaled(step.reward[e]);
            batch.terminated[row + e] = step.terminated[e];
            batch.ended[row + e] = ended;
            if (ended) {
                batch.nextValue[row + e] = step.terminated[e] ? 0 : finalValue(e);
                episodes.add(t, e, step.episodeReturn[e], step.episodeLength[e]);
            }
        }
    }

    private float finalValue(int e) {
        int at = e * env.observationSize();
        if (input == step.observation) {
            network.forward(workspace, step.finalObservation, at, 1);
        } else {
            policy.encode(step.finalObservation, at, 1, finalInput, filter);
            network.forward(workspace, finalInput, 0, 1);
        }
        return workspace.value[0];
    }

    /** Returns this worker's filter of observations, which knows what it saw in the last {@link #collect}; or null. */
    public @Nullable MeanStdFilter filter() {
        return filter;
    }

    /** Returns what scales the rewards, or null. */
    public @Nullable RewardScaling rewards() {
        return rewards;
    }

    /** Returns the episodes that ended in the last {@link #collect}, in the order of steps, then of environments. */
    public List<Episode> episodes() {
        return episodes.list();
    }

    /** Returns the nanoseconds that the last {@link #collect} spent in the environments, as every 16th step tells. */
    public long envNanos() {
        return envNanos;
    }

    /** Returns the nanoseconds that it spent in the network and in drawing actions, as every 16th step tells. */
    public long inferenceNanos() {
        return inferenceNanos;
    }

    /** Returns where each environment stands. */
    public List<EpisodeState> save() {
        return env.save();
    }

    /** Puts each environment back to where it stood. */
    public void restore(List<EpisodeState> states) {
        env.restore(states, step.observation);
    }

    /** Gives up the running episodes and begins new ones. */
    public void restart() {
        long[] next =
                env.save().stream().mapToLong(state -> state.episode() + 1).toArray();
        env.restart(next, step.observation);
        if (rewards != null) {
            rewards.restart();
        }
    }

    @Override
    public void close() {
        env.close();
    }
}
