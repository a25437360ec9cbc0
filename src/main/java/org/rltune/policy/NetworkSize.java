package org.rltune.policy;

import org.rltune.check.Check;

/**
 * What the spaces ask of a network.
 *
 * @param features numbers of an observation that it sees, without an action mask
 * @param headOutputs policy outputs that depend on the state
 * @param logStds log standard deviations that do not, which follow them as policy outputs
 */
public record NetworkSize(int features, int headOutputs, int logStds) {
    /** Checks the sizes. */
    public NetworkSize {
        Check.positive("observation_size", features);
        Check.positive("head_outputs", headOutputs);
        Check.inClosed("free_log_std", logStds, 0, headOutputs);
    }

    /** Returns the columns of the policy output. */
    public int policyOutputs() {
        return headOutputs + logStds;
    }
}
