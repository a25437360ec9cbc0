package org.rltune.rollout;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.rltune.env.EnvException;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.DiagGaussian;
import org.rltune.nn.Scratch;
import org.rltune.nn.StateDependentNoise;
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

    private static final int DEFAULT_MAX_SEQ_LEN = 20;

    /** So many times in a row an environment may fail in one fragment, RLlib's tolerance of consecutive failures. */
    private static final int MOST_FAILURES_IN_A_ROW = 100;

    private final VectorEnv env;
    private final Policy policy;
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final Scratch scratch;
    private final int firstEnv;
    private final Workspace workspace;
    private final VectorStep step;
    /** The present observations as the network sees them: these themselves where nothing comes between. */
    private final float[] seen;
    /** What the network is given: the same, or with the states of the episodes for a network with memory. */
    private final float[] input;

    private final float[] finalSeen;
    private final float[] finalInput;
    private final int inputSize;
    private @Nullable EpisodeMemory memory;
    private final @Nullable MeanStdFilter filter;
    private final @Nullable RewardScaling rewards;
    private @Nullable SmoothNoise noise;
    private @Nullable RolloutRecord record;
    private final float[] envAction;
    private final EndedEpisodes episodes;
    private final float[] oneAction;
    private long envNanos;
    private long inferenceNanos;
    private long faultyBefore;
    private long faulty;
    private volatile boolean abandoned;

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
        workspace.forwardOnly = true;
        this.step = new VectorStep(env.numEnvs(), env.observationSize());
        MeanStdFilter shared = policy.filter();
        this.filter = shared == null ? null : shared.copy();
        this.rewards = rewards;
        boolean asIs = policy.preprocessor().identity() && filter == null;
        int size = policy.preprocessor().size();
        this.seen = asIs ? step.observation : new float[env.numEnvs() * size];
        this.finalSeen = new float[asIs ? 0 : size];
        boolean remembers = network.stateSize() > 0;
        this.inputSize = network.observationSize();
        this.input = remembers ? new float[env.numEnvs() * inputSize] : seen;
        this.finalInput = new float[remembers ? inputSize : 0];
        this.memory = remembers ? new EpisodeMemory(network, env.numEnvs(), DEFAULT_MAX_SEQ_LEN) : null;
        this.envAction = new float[env.numEnvs() * env.actionSize()];
        this.oneAction = new float[env.actionSize()];
        this.episodes = new EndedEpisodes(firstEnv);
        env.restart(new long[env.numEnvs()], step);
        exploreSmoothly(-1);
    }

    /** Has the worker write what is not in a batch, too, from the next {@link #collect} on. */
    public void record(RolloutRecord columns) {
        record = columns;
    }

    /**
     * Says how often the noise functions of a network with state-dependent noise are drawn anew; without effect for others.
     *
     * @param every steps between two drawings; -1 for once a fragment, as at first
     */
    public void exploreSmoothly(int every) {
        if (network instanceof StateDependentNoise states
                && states.noiseSize() > 0
                && distribution instanceof DiagGaussian gaussian) {
            noise = new SmoothNoise(states, gaussian, env.numEnvs(), every);
        }
    }

    /**
     * Says how long the sequences of a network with memory may be, 20 steps at first; without effect for others.
     *
     * @param maxSeqLen steps over which gradients flow at most, at least 1
     */
    public void cutSequences(int maxSeqLen) {
        if (memory != null) {
            memory = new EpisodeMemory(network, env.numEnvs(), maxSeqLen);
        }
    }

    /**
     * Collects {@code batch.steps()} steps of each of the worker's environments.
     *
     * @param actionStreams one stream an environment, in the worker's order; draws its actions
     * @throws EnvException if an environment fails, or forbids every action by its mask
     */
    public void collect(RolloutBatch batch, Pcg64[] actionStreams) {
        episodes.clear();
        workspace.parametersVersion++; // nobody trains while workers collect
        MeanStdFilter shared = policy.filter();
        if (filter != null && shared != null) {
            filter.take(shared);
        }
        envNanos = 0;
        inferenceNanos = 0;
        int timed = 0;
        int envs = env.numEnvs();
        for (int t = 0; t < batch.steps(); t++) {
            if (t % TIMED_STEPS == 0) {
                timed++;
                long start = System.nanoTime();
                act(batch, actionStreams, t, 0, envs);
                long acted = System.nanoTime();
                env.step(envAction, step);
                envNanos += System.nanoTime() - acted;
                inferenceNanos += acted - start;
            } else {
                act(batch, actionStreams, t, 0, envs);
                env.step(envAction, step);
            }
            if (abandoned) {
                throw new CancellationException("The worker was given up.");
            }
            storeOutcome(batch, t, 0, envs);
            if (step.anyFailed()) {
                catchUp(batch, actionStreams, t);
            }
        }
        if (record != null) {
            record.reached(batch.rows() + firstEnv, 0, envs, env, step);
        }
        encode(false, batch.steps(), 0, envs);
        network.forward(workspace, input, 0, envs);
        linkValues(batch, batch.rows() + firstEnv, envs);
        faulty = env.faultyEpisodes() - faultyBefore;
        faultyBefore = env.faultyEpisodes();
        envNanos = Math.round((double) envNanos * batch.steps() / timed);
        inferenceNanos = Math.round((double) inferenceNanos * batch.steps() / timed);
    }

    /**
     * The environments that failed in step {@code t} were made anew and stand at the beginning of an episode. The rows of
     * the episode that is thrown away are filled again, by each of them alone, from its beginning or that of the fragment.
     */
    private void catchUp(RolloutBatch batch, Pcg64[] actionStreams, int t) {
        for (int e = 0; e < env.numEnvs(); e++) {
            if (!step.failed[e]) {
                continue;
            }
            Pcg64[] own = {actionStreams[e]};
            int failures = 1;
            forgetEpisode(e);
            for (int at = episodeBegin(batch, e, t); at <= t; at++) {
                act(batch, own, at, e, 1);
                System.arraycopy(envAction, 0, oneAction, 0, oneAction.length);
                env.stepAgain(e, t - at, oneAction, step);
                if (!step.failed[e]) {
                    storeOutcome(batch, at, e, 1);
                    failures = step.ended(e) ? 0 : failures;
                } else if (++failures > MOST_FAILURES_IN_A_ROW) {
                    throw new EnvException(
                            "Environment " + (firstEnv + e) + " was made anew " + MOST_FAILURES_IN_A_ROW
                                    + " times in a row in one iteration, and ended no episode. Correct the environment;"
                                    + " the log has each failure.",
                            null);
                } else {
                    forgetEpisode(e);
                    at = episodeBegin(batch, e, at) - 1;
                }
            }
        }
    }

    /** Returns the first step of the fragment that belongs to the episode in which environment {@code e} took step {@code t}. */
    private int episodeBegin(RolloutBatch batch, int e, int t) {
        int begin = t;
        while (begin > 0 && !batch.ended[(begin - 1) * batch.envs() + firstEnv + e]) {
            begin--;
        }
        return begin;
    }

    private void forgetEpisode(int e) {
        if (rewards != null) {
            rewards.returns()[e] = 0;
        }
        if (memory != null) {
            memory.forget(e);
        }
    }

    /** Draws the actions of step {@code t} and writes what is known before {@code envs} environments take it. */
    private void act(RolloutBatch batch, Pcg64[] actionStreams, int t, int first, int envs) {
        int row = t * batch.envs() + firstEnv + first;
        encode(true, t, first, envs);
        network.forward(workspace, input, first * inputSize, envs);
        if (memory != null) {
            memory.advance(workspace, first, envs);
        }
        requireChoices(t, first, envs);
        if (noise == null) {
            drawActions(batch, actionStreams, row, envs);
        } else {
            for (int i = 0; i < envs; i++) {
                int e = first + i;
                noise.prepare(t, e, actionStreams[i]);
                int from = first * inputSize;
                int at = (row + i) * batch.actionSize();
                noise.act(workspace, input, from, i, e, batch.action, at, batch.logProb, row + i);
            }
        }
        store(batch, row, first, envs);
        if (t > 0) {
            linkValues(batch, row, envs);
        }
        policy.scaling().toEnv(batch.action, row * batch.actionSize(), envs, envAction);
        if (record != null) {
            record.reached(row, first, envs, env, step);
            record.acted(row, envs, envAction);
        }
    }

    private void drawActions(RolloutBatch batch, Pcg64[] actionStreams, int row, int envs) {
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
    }

    /** Makes {@link #input} of the present observations, before step {@code t} of the fragment. */
    private void encode(boolean learn, int t, int first, int envs) {
        if (seen != step.observation) {
            int at = first * policy.preprocessor().size();
            policy.preprocessor().apply(step.observation, first * env.observationSize(), envs, seen, at);
            if (filter != null) {
                if (learn) {
                    filter.observe(seen, at, envs);
                }
                filter.apply(seen, at, envs, seen, at);
            }
        }
        if (memory != null) {
            int size = policy.preprocessor().size();
            for (int e = first; e < first + envs; e++) {
                memory.join(seen, e * size, e, memory.begins(t, e), input, e * inputSize);
            }
        }
    }

    private void requireChoices(int t, int first, int envs) {
        Preprocessor preprocessor = policy.preprocessor();
        for (int e = first; preprocessor.maskSize() > 0 && e < first + envs; e++) {
            String wrong = preprocessor.maskError(input, e * inputSize);
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
    private void store(RolloutBatch batch, int row, int first, int envs) {
        int inputs = batch.policyInputs();
        System.arraycopy(input, first * inputSize, batch.observation, row * inputSize, envs * inputSize);
        System.arraycopy(workspace.value, 0, batch.value, row, envs);
        for (int j = 0; j < inputs; j++) {
            for (int e = 0; e < envs; e++) {
                batch.policyInput[(row + e) * inputs + j] = workspace.policy[j * workspace.capacity + e];
            }
        }
    }

    /** Writes the values just computed as those reached by the rows before, where the episode went on. */
    private void linkValues(RolloutBatch batch, int row, int envs) {
        for (int e = 0; e < envs; e++) {
            int before = row - batch.envs() + e;
            if (!batch.ended[before]) {
                batch.nextValue[before] = workspace.value[e];
            }
        }
    }

    private void storeOutcome(RolloutBatch batch, int t, int first, int envs) {
        int row = t * batch.envs() + firstEnv;
        if (rewards != null) {
            for (int e = first; e < first + envs; e++) {
                if (!step.failed[e]) {
                    rewards.observe(e, step.reward[e], step.ended(e));
                }
            }
            rewards.refresh();
        }
        for (int e = first; e < first + envs; e++) {
            boolean ended = step.terminated[e] || step.truncated[e];
            batch.reward[row + e] = rewards == null ? (float) step.reward[e] : rewards.scaled(step.reward[e]);
            batch.terminated[row + e] = step.terminated[e];
            batch.ended[row + e] = ended;
            if (ended) {
                batch.nextValue[row + e] = step.terminated[e] ? 0 : finalValue(e);
                episodes.add(t, e, step.episodeReturn[e], step.episodeLength[e]);
                if (memory != null) {
                    memory.forget(e);
                }
            }
        }
        if (record != null) {
            record.stepped(row, first, envs, step);
        }
    }

    private float finalValue(int e) {
        int at = e * env.observationSize();
        float[] last = step.finalObservation;
        if (seen != step.observation) {
            policy.encode(last, at, 1, finalSeen, filter);
            last = finalSeen;
            at = 0;
        }
        if (memory != null) {
            memory.join(last, at, e, true, finalInput, 0);
            last = finalInput;
            at = 0;
        }
        network.forward(workspace, last, at, 1);
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

    /** Returns how many episodes were thrown away in the last {@link #collect}, because their environments failed. */
    public long faultyEpisodes() {
        return faulty;
    }

    /** Returns a number that changes while the environments answer; any thread may ask. */
    public long activity() {
        return env.activity();
    }

    /** Gives the worker up, from another thread: what it collects is thrown away when its environments answer at last. */
    public void abandon() {
        abandoned = true;
    }

    /** Sets the task of every environment, see {@link VectorEnv#setTask}. */
    public void setTask(Object task) {
        env.setTask(task);
    }

    /** Returns where each environment stands. */
    public List<EpisodeState> save() {
        return env.save();
    }

    /** Puts each environment back to where it stood; a network with memory remembers nothing of it. */
    public void restore(List<EpisodeState> states) {
        env.restore(states, step.observation);
        faultyBefore = env.faultyEpisodes();
        forgetAll();
    }

    /**
     * Returns the states that a network with memory has come to in each episode, {@code [e * stateSize + k]}, to be saved
     * beside {@link #save}: they come from the networks of earlier iterations. Empty without memory.
     */
    public float[] memory() {
        return memory == null ? new float[0] : memory.states().clone();
    }

    /** Puts the memory back to where it stood, after {@link #restore}: as many numbers as {@link #memory}, from {@code at}. */
    public void restoreMemory(float[] states, int at) {
        if (memory != null) {
            System.arraycopy(states, at, memory.states(), 0, memory.states().length);
        }
    }

    private void forgetAll() {
        for (int e = 0; memory != null && e < env.numEnvs(); e++) {
            memory.forget(e);
        }
    }

    /** Gives up the running episodes and begins new ones. */
    public void restart() {
        long[] next =
                env.save().stream().mapToLong(state -> state.episode() + 1).toArray();
        env.restart(next, step);
        if (rewards != null) {
            rewards.restart();
        }
        forgetAll();
    }

    /** Closes the environments, but not those of a worker that was given up: they may still be used. */
    @Override
    public void close() {
        if (!abandoned) {
            env.close();
        }
    }
}
