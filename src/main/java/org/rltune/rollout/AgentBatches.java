package org.rltune.rollout;

import java.util.Arrays;
import java.util.List;

/** Puts together what all workers collected for one policy. */
public final class AgentBatches {
    private AgentBatches() {}

    /**
     * Fills a batch with the samples that are complete: in the order of steps, those of earlier fragments first, then of
     * environments, then of agents.
     *
     * @param batch of one environment; gets as many steps as there are samples
     * @return the trajectory of each row, for {@link Gae#compute(RolloutBatch, int[], int, double, double)}
     */
    public static int[] merge(List<MultiAgentWorker> workers, int policy, RolloutBatch batch) {
        int rows = 0;
        int steps = 0;
        for (MultiAgentWorker worker : workers) {
            AgentSamples samples = worker.samples(policy);
            for (int row = 0; row < samples.rows(); row++) {
                rows += samples.open[row] ? 0 : 1;
                steps = Math.max(steps, samples.step[row] + 1);
            }
        }
        batch.resize(rows);
        int[] slot = new int[rows];
        int[] next = new int[workers.size()];
        int at = 0;
        for (int t = AgentSamples.EARLIER; t < steps; t++) {
            for (int w = 0; w < next.length; w++) {
                AgentSamples samples = workers.get(w).samples(policy);
                for (; next[w] < samples.rows() && samples.step[next[w]] == t; next[w]++) {
                    if (!samples.open[next[w]]) {
                        slot[at] = samples.slot[next[w]];
                        samples.copyTo(batch, next[w], at++);
                    }
                }
            }
        }
        return slot;
    }

    /** Returns how many trajectories the workers' environments have. */
    public static int slots(List<MultiAgentWorker> workers) {
        return Arrays.stream(workers.stream().mapToInt(MultiAgentWorker::slots).toArray())
                .max()
                .orElse(0);
    }
}
