package org.rltune.rollout;

import org.jspecify.annotations.Nullable;
import org.rltune.nn.ActionDistribution;
import org.rltune.nn.ActorCritic;
import org.rltune.nn.Scratch;
import org.rltune.nn.Workspace;
import org.rltune.policy.MeanStdFilter;
import org.rltune.policy.Policy;
import org.rltune.random.Pcg64;

/** One policy at work in a {@link MultiAgentWorker}: acts for all of its agents in one call, and keeps their samples. */
final class AgentActor {
    private final Policy policy;
    private final ActorCritic network;
    private final ActionDistribution distribution;
    private final Workspace workspace;
    private final Scratch scratch;
    private final int size;
    private final float[] input;
    private final float[] finalInput;
    private final float[] envAction;

    final boolean learns;
    final AgentSamples samples;
    final @Nullable MeanStdFilter filter;

    /** Who acts now: {@code rows} agents, in the order of environments, then of agents. */
    int rows;

    final int[] env;
    final int[] agent;
    final Pcg64[] streams;

    AgentActor(Policy policy, boolean learns, int most) {
        this.policy = policy;
        this.learns = learns;
        network = policy.network();
        distribution = policy.distribution();
        workspace = network.workspace(most);
        scratch = distribution.scratch(most);
        size = policy.preprocessor().size();
        input = new float[most * size];
        finalInput = new float[size];
        envAction = new float[most * policy.scaling().envSize()];
        samples = new AgentSamples(size, distribution.actionSize(), distribution.inputs());
        MeanStdFilter shared = policy.filter();
        filter = shared == null ? null : shared.copy();
        env = new int[most];
        agent = new int[most];
        streams = new Pcg64[most];
    }

    /** Before a fragment: drops the samples that were trained on, and hears of what other workers saw. */
    void begin() {
        samples.keepOpen();
        MeanStdFilter shared = policy.filter();
        if (filter != null && shared != null) {
            filter.take(shared);
        }
    }

    void add(int e, int a, float[] flatObservation) {
        env[rows] = e;
        agent[rows] = a;
        policy.preprocessor().apply(flatObservation, 0, 1, input, rows * size);
        rows++;
    }

    /** Filters what was added. */
    void encode(boolean learn) {
        if (filter != null) {
            if (learn && learns) {
                filter.observe(input, 0, rows);
            }
            filter.apply(input, 0, rows, input, 0);
        }
    }

    String maskError(int i) {
        return policy.preprocessor().maskSize() == 0
                ? ""
                : policy.preprocessor().maskError(input, i * size);
    }

    void forward() {
        network.forward(workspace, input, 0, rows);
    }

    /** Draws the actions, and writes what is known before the step; returns the first row. Their slots are still missing. */
    int act(int t) {
        if (!learns) {
            samples.clear();
        }
        forward();
        int first = samples.add(rows);
        int actionSize = distribution.actionSize();
        distribution.sample(
                scratch,
                workspace.policy,
                workspace.capacity,
                rows,
                streams,
                samples.action,
                first * actionSize,
                samples.logProb,
                first);
        int inputs = distribution.inputs();
        System.arraycopy(input, 0, samples.observation, first * size, rows * size);
        System.arraycopy(workspace.value, 0, samples.value, first, rows);
        for (int i = 0; i < rows; i++) {
            int row = first + i;
            for (int j = 0; j < inputs; j++) {
                samples.policyInput[row * inputs + j] = workspace.policy[j * workspace.capacity + i];
            }
            samples.step[row] = t;
            samples.reward[row] = 0;
            samples.nextValue[row] = 0;
            samples.terminated[row] = false;
            samples.ended[row] = false;
            samples.open[row] = learns;
        }
        policy.scaling().toEnv(samples.action, first * actionSize, rows, envAction);
        return first;
    }

    void copyAction(int i, float[] out) {
        System.arraycopy(envAction, i * out.length, out, 0, out.length);
    }

    float value(int i) {
        return workspace.value[i];
    }

    /** The value of what an agent saw when its episode was cut. */
    float finalValue(float[] flatObservation) {
        policy.encode(flatObservation, 0, 1, finalInput, filter);
        network.forward(workspace, finalInput, 0, 1);
        return workspace.value[0];
    }
}
