package org.rltune.rollout;

import java.util.List;
import org.rltune.env.EpisodeState;
import org.rltune.env.VectorEnv;
import org.rltune.env.VectorStep;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Workspace;
import org.rltune.policy.ActionScaling;
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
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final ActionScaling scaling;
    private final int firstEnv;
    private final Workspace workspace;
    private final VectorStep step;
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

    /**
     * Makes a worker and begins the first episodes.
     *
     * @param env the worker's environments; closed with the worker
     * @param firstEnv number of its first environment over all workers
     */
    public RolloutWorker(
            VectorEnv env, ActorCritic network, ActionDistribution distribution, ActionScaling scaling, int firstEnv) {
        this.env = env;
        this.network = network;
        this.distribution = distribution;
        this.scaling = scaling;
        this.firstEnv = firstEnv;
        this.workspace = network.workspace(env.numEnvs());
        this.step = new VectorStep(env.numEnvs(), env.observationSize());
        this.envAction = new float[env.numEnvs() * env.actionSize()];
        this.episodes = new EndedEpisodes(firstEnv);
        env.reset(step.observation);
    }

    /**
     * Collects {@code batch.steps()} steps of each of the worker's environments.
     *
     * @param actionStreams one stream an environment, in the worker's order; draws its actions
     */
    public void collect(RolloutBatch batch, Pcg64[] actionStreams) {
        episodes.clear();
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
        network.forward(workspace, step.observation, 0, env.numEnvs());
        linkValues(batch, batch.rows() + firstEnv);
        envNanos = Math.round((double) envNanos * batch.steps() / timed);
        inferenceNanos = Math.round((double) inferenceNanos * batch.steps() / timed);
    }

    /** Draws the actions of step {@code t} and writes what is known before the environments take it. */
    private void act(RolloutBatch batch, Pcg64[] actionStreams, int t) {
        int envs = env.numEnvs();
        int row = t * batch.envs() + firstEnv;
        network.forward(workspace, step.observation, 0, envs);
        distribution.sample(
                workspace.policy,
                workspace.capacity,
                envs,
                actionStreams,
                batch.action,
                row * batch.actionSize(),
                batch.logProb,
                row);
        store(batch, row, t);
        scaling.toEnv(batch.action, row * batch.actionSize(), envs, envAction);
    }

    /** Writes what was known before the step: observations, values, inputs of the distribution. */
    private void store(RolloutBatch batch, int row, int t) {
        int envs = env.numEnvs();
        int inputs = batch.policyInputs();
        float[] observation = step.observation;
        System.arraycopy(observation, 0, batch.observation, row * batch.observationSize(), observation.length);
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
        for (int e = 0; e < env.numEnvs(); e++) {
            boolean ended = step.terminated[e] || step.truncated[e];
            batch.reward[row + e] = (float) step.reward[e];
            batch.terminated[row + e] = step.terminated[e];
            batch.ended[row + e] = ended;
            if (ended) {
                batch.nextValue[row + e] = step.terminated[e] ? 0 : finalValue(e);
                episodes.add(t, e, step.episodeReturn[e], step.episodeLength[e]);
            }
        }
    }

    private float finalValue(int e) {
        network.forward(workspace, step.finalObservation, e * env.observationSize(), 1);
        return workspace.value[0];
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
    }

    @Override
    public void close() {
        env.close();
    }
}
